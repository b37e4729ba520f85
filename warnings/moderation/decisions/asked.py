"""What a decision asked the author of a report."""

from moderation.models import Decision
from reports.models import Message


def question_of(decision: Decision) -> Message | None:
    """Return the message with what the author was asked; None if nothing was, or if it is gone."""
    key = decision.moved.get("question")
    if key is None or decision.report is None:
        return None
    return decision.report.messages.filter(pk=key).first()

"""The extract of a case for law enforcement: its text, and nothing that identifies an unnamed author."""

from typing import Any

from common.urls import absolute_url
from moderation.models import Case


def extract_of(case: Case) -> str:
    """Return the content of a case as plain text, with its URL and the time it was opened."""
    subject = case.subject
    lines = [
        f"Case: {case.title}",
        f"Kind: {case.get_kind_display()}",
        f"Came in: {case.opened_at:%Y-%m-%d %H:%M} UTC",
        f"Address: {absolute_url(_address(subject))}",
    ]
    author = getattr(subject, "author", None)
    if author is not None and getattr(subject, "author_unnamed", False):
        lines.append("Account: there is one, whose handle is left out; who runs the site finds it by this address.")
    elif author is not None and not author.erased_at:
        lines.append(f"Account: {author.handle}, since {author.joined_at:%Y-%m-%d}")
    return "\n".join([*lines, "", _text(case, subject)]).strip()


def _text(case: Case, subject: Any) -> str:
    if case.kind == "notice":
        return str(case.notice.explanation)
    if case.kind == "appeal":
        return str(case.appeal.text)
    return "\n\n".join(text for name in ("summary", "body") if (text := getattr(subject, name, "")))


def _address(subject: Any) -> str:
    found = getattr(subject, "get_absolute_url", None)
    return str(found()) if found is not None else "/"

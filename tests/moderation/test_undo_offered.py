"""A page offers to undo a decision only to those whom the action lets undo it."""

from collections.abc import Callable

import pytest

from accounts.models import User
from directory.models import Connection
from moderation.actions.appeals import appeal
from moderation.actions.decisions import decide, undo
from moderation.actions.flags import flag
from moderation.choices import Act, FlagReason
from moderation.decisions.input import DecisionInput
from moderation.errors import ConflictOfInterestError
from moderation.models import Decision
from reports.models import Warning
from tests.factories import ToolFactory
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.moderation.test_desk import protected
from tests.pages_under_test import states, targets

pytestmark = pytest.mark.django_db


def offers(moderator: User, decision: Decision) -> bool:
    """Whether the page of a decision offers to undo it; if not, it says why."""
    page = protected(moderator).get(decision.get_absolute_url())
    offered = f"{decision.get_absolute_url()}undo/" in targets(page)
    assert offered is not ("irreversible" in states(page))
    return offered


def connected(moderator: User, warning: Warning) -> None:
    tool = ToolFactory(name="Chatto")
    warning.tools.add(tool)
    Connection.objects.create(user=moderator, tool=tool, words="Seller")


def flagger(moderator: User, warning: Warning) -> None:
    flag(target=warning, flagger=moderator, reason=FlagReason.UNTRUE, detail="Not so.")


def author(moderator: User, warning: Warning) -> None:
    Warning.objects.filter(pk=warning.pk).update(author=moderator)


@pytest.mark.parametrize("becomes", [connected, flagger, author])
def test_who_has_a_conflict_of_interest_is_told_so_instead_of_asked_why(
    becomes: Callable[[User, Warning], None], warning: Warning, mona: User, max_: User
) -> None:
    locked = decide(actor=mona, case=flagged(warning), choice=DecisionInput(Act.LOCK, reason=reason("heated")))
    becomes(max_, Warning.objects.get(pk=warning.pk))
    with pytest.raises(ConflictOfInterestError):
        undo(actor=max_, decision=locked, note="It cooled down.")
    assert not offers(max_, locked)
    assert offers(mona, locked)


@pytest.mark.parametrize("act", [Act.UPHOLD, Act.OVERTURN])
def test_a_decision_on_an_appeal_is_never_offered(act: Act, alice: User, mona: User, max_: User) -> None:
    choice = DecisionInput(Act.DECLINE, reason=reason("unclear"))
    declined = decide(actor=mona, case=case_of(waiting_report(author=alice)), choice=choice)
    case = appeal(decision=declined, text="It is clear.", by=alice).case
    final = decide(actor=max_, case=case, choice=DecisionInput(act, public_reason="We read it again."))
    assert not offers(max_, final)
    assert not offers(mona, final)


def test_who_decided_wrongly_by_an_appeal_does_not_undo_the_next_decision(
    alice: User, mona: User, max_: User
) -> None:
    choice = DecisionInput(Act.DECLINE, reason=reason("unclear"))
    case = case_of(waiting_report(author=alice))
    declined = decide(actor=mona, case=case, choice=choice)
    second = appeal(decision=declined, text="It is clear.", by=alice).case
    decide(actor=max_, case=second, choice=DecisionInput(Act.OVERTURN))
    published = decide(actor=max_, case=case, choice=DecisionInput(Act.PUBLISH))
    assert not offers(mona, published)
    assert offers(max_, published)

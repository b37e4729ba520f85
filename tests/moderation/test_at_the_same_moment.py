"""What somebody else did a moment ago: the action says so or uses what is there, and nothing is doubled."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.choices import TrustLevel
from accounts.models import User
from directory.actions import create_entry
from directory.choices import ToolKind
from moderation.actions import decisions, invitations, proposed_tools
from moderation.actions.appeals import appeal
from moderation.actions.cases import open_case
from moderation.actions.decisions import decide
from moderation.actions.flags import flag
from moderation.choices import Act, CaseKind, FlagReason
from moderation.decisions.input import DecisionInput
from moderation.decisions.locks import lock_for_decision
from moderation.errors import ActionRefusedError
from moderation.models import Case, Flag, SpamWeights
from moderation.querysets import CaseQuerySet, FlagQuerySet, InvitationQuerySet
from tests.factories import ToolFactory, WarningFactory
from tests.moderation.making import case_of, reason
from tests.pages_under_test import refuses

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def nothing(*_: Any) -> None:
    """A read that came before the other person's row."""


def test_a_case_that_somebody_else_opened_is_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    warning = WarningFactory()
    theirs = open_case(kind=CaseKind.FLAGS, target=warning)
    monkeypatch.setattr(CaseQuerySet, "first", nothing)
    assert open_case(kind=CaseKind.FLAGS, target=warning) == theirs
    assert Case.objects.open().count() == 1


def test_the_first_decision_locks_spam_weights_that_exist() -> None:
    # A row that does not exist cannot be locked: two first decisions then wait for each other, one for the weights
    # and the other for the audit log.
    case = open_case(kind=CaseKind.FLAGS, target=WarningFactory())
    with transaction.atomic():
        lock_for_decision(case, DecisionInput(Act.NO_ACTION))
    assert SpamWeights.objects.count() == 1


def test_a_flag_that_was_sent_twice_at_once_is_one(bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    warning = WarningFactory()
    given: dict[str, Any] = {
        "target": warning,
        "flagger": bob,
        "reason": FlagReason.UNTRUE,
        "detail": "It was another tool.",
    }
    first = flag(**given)
    monkeypatch.setattr(FlagQuerySet, "first", nothing)
    assert flag(**given) == first
    assert Flag.objects.count() == 1


def test_an_invitation_of_somebody_who_administers_no_more_is_over(ada: User, bob: User) -> None:
    _, token = invitations.invite(actor=ada)
    User.objects.filter(pk=ada.pk).update(trust_level=TrustLevel.MODERATOR)
    with pytest.raises(invitations.InvitationExpiredError):
        invitations.accept(actor=bob, token=token)


def test_an_invitation_is_over_when_its_maker_stops_administering_meanwhile(
    ada: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = invitations.invite(actor=ada)
    User.objects.filter(pk=ada.pk).update(trust_level=TrustLevel.MODERATOR)
    monkeypatch.setattr(InvitationQuerySet, "open", lambda rows, _: rows)
    with pytest.raises(invitations.InvitationExpiredError):
        invitations.accept(actor=bob, token=token)


def test_an_invitation_is_used_once(ada: User, bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _, token = invitations.invite(actor=ada)
    monkeypatch.setattr(InvitationQuerySet, "open", lambda rows, _: rows)
    monkeypatch.setattr(InvitationQuerySet, "untouched", lambda rows: rows.none())
    with pytest.raises(invitations.InvitationExpiredError):
        invitations.accept(actor=bob, token=token)


def test_a_tool_that_somebody_else_added_is_not_added_again(mona: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def beaten(**_: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(create_entry, "add_tool", beaten)
    content = {"summary": "x", "website": "", "names": [], "domains": []}
    with refuses(proposed_tools.ProposalError, "tool-added"):
        proposed_tools.add(
            actor=mona, name="Foochat", kind=ToolKind.MESSENGER, content=content, proposed="Foochat", today=TODAY
        )


def test_a_name_that_is_gone_needs_no_forgetting(mona: User) -> None:
    tool = ToolFactory()
    done = proposed_tools.link(actor=mona, name="Foochat", tool=tool, remember=True, today=TODAY)
    tool.names.filter(text="Foochat").delete()
    proposed_tools.undo_proposal(actor=mona, proposal=done, today=TODAY)
    assert not tool.names.filter(text="Foochat").exists()


def test_an_appeal_about_an_account_is_refused_where_the_decision_cannot_be_undone(
    alice: User, mona: User, max_: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = open_case(kind=CaseKind.ACCOUNT, target=alice)
    choice = DecisionInput(Act.SUSPEND, reason=reason("advertising"), days=3)
    row = appeal(decision=decide(actor=mona, case=case, choice=choice), text="Look again.", by=alice, role="author")

    def impossible(**_: Any) -> None:
        raise ActionRefusedError("Gone.", "gone")

    monkeypatch.setattr(decisions, "undo", impossible)
    with refuses(ActionRefusedError, "gone"):
        decide(actor=max_, case=case_of(row), choice=DecisionInput(Act.OVERTURN, public_reason="You were right."))

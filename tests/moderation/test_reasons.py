"""The list of reasons: administrators change it, nobody is left without one, and what was told stays told."""

import html
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import User
from audit.models import Entry
from moderation.actions import reasons as reason_actions
from moderation.actions.decisions import decide
from moderation.choices import Act
from moderation.decisions.available import REASONED
from moderation.decisions.input import DecisionInput
from moderation.models import Reason
from moderation.policies.reasons import acts_without, digest_of
from tests.moderation.making import case_of, reason, waiting_report
from tests.pages_under_test import codes, elements, fields, message_codes, states
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db

TEXT = "It has been published in a newspaper already; please name that as a source."


def protected(user: User) -> Client:
    """The browser of somebody with a second factor."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return signed_in(user)


@pytest.fixture
def office(ada: User) -> Client:
    """Ada's browser."""
    return protected(ada)


def filled(**changes: Any) -> dict[str, Any]:
    fields = {"label": "Was in a newspaper", "text": TEXT, "rule": "Guidelines", "acts": ["decline"], "position": "5"}
    return fields | changes


def test_a_reason_is_limited_to_kinds_of_cases_and_never_the_last_one_of_an_act(office: Client) -> None:
    office.post("/moderation/reasons/", filled(kinds=["comment", "statement"]))
    made = Reason.objects.get(slug="was-in-a-newspaper")
    assert made.kinds == ["comment", "statement"]
    assert codes(office.post("/moderation/reasons/", filled(label="More", kinds=["x"])).context["form"]) == {
        "kinds": ["invalid_choice"]
    }
    for act in (Act.DECLINE, Act.UPHOLD):
        general = [row for row in Reason.objects.offered() if act in row.acts and not row.kinds]
        for row in general[1:]:
            Reason.objects.filter(pk=row.pk).update(kinds=["comment"])
        last = Reason.objects.get(pk=general[0].pk)
        assert act not in acts_without(last, acts=last.acts)
        assert act in acts_without(last, acts=last.acts, kinds=["comment"])
        assert act in acts_without(last)


def test_an_administrator_adds_a_reason_and_moderators_choose_it(office: Client, mona: User, alice: User) -> None:
    answer = office.post("/moderation/reasons/", filled(), follow=True)
    assert message_codes(answer) == ["added"]
    made = Reason.objects.get(slug="was-in-a-newspaper")
    assert (made.acts, made.position, made.rule) == (["decline"], 5, "Guidelines")
    entry = Entry.objects.get(verb="reason.add")
    assert (entry.who, entry.target, entry.after["text"]) == ("Ada", "reason was-in-a-newspaper", TEXT)
    decision = decide(
        actor=mona, case=case_of(waiting_report(author=alice)), choice=DecisionInput(Act.DECLINE, reason=made)
    )
    assert decision.public_reason == TEXT
    rows = office.get("/moderation/reasons/").context["rows"]
    assert [row.given for row, _ in rows if row == made] == [1]


def test_what_was_told_stays_when_the_reason_says_something_else(office: Client, mona: User, alice: User) -> None:
    unclear = reason("unclear")
    public_reason = unclear.text
    case = case_of(waiting_report(author=alice))
    decision = decide(actor=mona, case=case, choice=DecisionInput(Act.DECLINE, reason=unclear))
    page = office.get("/moderation/reasons/unclear/").context["form"].initial
    office.post("/moderation/reasons/unclear/", page | {"text": TEXT})
    unclear.refresh_from_db()
    decision.refresh_from_db()
    assert (unclear.text, decision.public_reason) == (TEXT, public_reason)
    assert public_reason in signed_in(alice).get(decision.get_absolute_url()).content.decode()
    assert Entry.objects.get(verb="reason.change").before["text"] == public_reason


def test_two_administrators_overwrite_nothing_silently(office: Client) -> None:
    before = office.get("/moderation/reasons/unclear/").context["form"].initial
    office.post("/moderation/reasons/unclear/", before | {"text": TEXT})
    answer = office.post("/moderation/reasons/unclear/", before | {"text": "My words are quite different ones."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert TEXT in page
    assert "My words are quite different ones." in page
    again = answer.context["form"].initial
    assert office.post("/moderation/reasons/unclear/", again).status_code == 302
    assert reason("unclear").text == "My words are quite different ones."


def test_a_retired_reason_is_offered_no_more_until_it_is_brought_back(office: Client) -> None:
    office.post("/moderation/reasons/unclear/", {"act": "retire"})
    assert not Reason.objects.offered().filter(slug="unclear").exists()
    assert states(office.get("/moderation/reasons/")) == ["retired"]
    page = office.get("/moderation/reasons/unclear/").context["form"].initial
    assert office.post("/moderation/reasons/unclear/", page | {"text": TEXT}).status_code == 302
    office.post("/moderation/reasons/unclear/", {"act": "bring-back"})
    assert Reason.objects.offered().filter(slug="unclear").exists()
    assert [*Entry.objects.filter(target="reason unclear").values_list("verb", flat=True)] == [
        "reason.retire",
        "reason.change",
        "reason.bring-back",
    ]


def test_the_last_reason_for_a_decision_stays(office: Client, ada: User) -> None:
    for row in Reason.objects.all():
        row.acts = [act for act in row.acts if act != Act.VOID_VOTES] + (
            [Act.VOID_VOTES] if row.slug == "unclear" else []
        )
        row.save()
    answer = office.post("/moderation/reasons/unclear/", {"act": "retire"}, follow=True)
    assert message_codes(answer) == ["last-reason"]
    assert Act.VOID_VOTES.label in elements(answer, data_message="last-reason")[0].text
    page = office.get("/moderation/reasons/unclear/").context["form"].initial
    answer = office.post("/moderation/reasons/unclear/", page | {"acts": ["decline"]})
    assert answer.status_code == 422
    assert codes(answer.context["form"]) == {"__all__": ["last-reason"]}
    assert answer.context["form"].non_field_errors()[0] in answer.content.decode()
    assert Act.VOID_VOTES in reason("unclear").acts


def test_every_restriction_has_a_reason_from_the_beginning() -> None:
    assert {act for row in Reason.objects.offered() for act in row.acts} >= set(REASONED)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"label": ""}, "required"),
        ({"label": "x" * 121}, "max_length"),
        ({"label": "UNCLEAR, or cannot be  checked"}, "name-taken"),
        ({"text": "Too short."}, "min_length"),
        ({"text": "x" * 1_001}, "max_length"),
        ({"acts": []}, "required"),
        ({"acts": ["publish"]}, "invalid_choice"),
        ({"position": "-1"}, "min_value"),
        ({"position": "x"}, "invalid"),
    ],
)
def test_what_cannot_be_a_reason_is_said_at_its_field(office: Client, changes: dict[str, Any], code: str) -> None:
    Reason.objects.filter(slug="unclear").update(label="Unclear, or cannot be checked")
    count = Reason.objects.count()
    answer = office.post("/moderation/reasons/", filled(**changes))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert codes(form) == {name: [code] for name in changes}
    for name in changes:
        assert html.escape(form.errors[name][0]) in answer.content.decode()
    assert Reason.objects.count() == count


def test_names_in_any_script_and_alike_ones_get_addresses_of_their_own(ada: User) -> None:
    fields = {"text": TEXT, "rule": "", "acts": ["decline"], "position": 1}
    slugs = [
        reason_actions.add(actor=ada, fields=fields | {"label": label}).slug
        for label in ("报纸", "新闻", "A c", "A, c!?d")
    ]
    assert slugs == ["reason", "reason-2", "a-c", "a-cd"]
    Reason.objects.filter(slug="a-c").update(retired=True)
    again = reason_actions.add(actor=ada, fields=fields | {"label": "A c"})
    assert again.slug == "a-c-2"
    with pytest.raises(reason_actions.ReasonError):
        reason_actions.bring_back(actor=ada, reason=Reason.objects.get(slug="a-c"))


def test_moderators_read_the_list_and_change_nothing(mona: User) -> None:
    browser = protected(mona)
    page = browser.get("/moderation/reasons/")
    assert reason("unclear").text in page.content.decode()
    assert "label" not in fields(page)
    assert browser.get("/moderation/reasons/unclear/").status_code == 404
    assert browser.post("/moderation/reasons/unclear/", {"act": "retire"}).status_code == 404
    row = reason("unclear")
    for attempt in (
        lambda: reason_actions.add(actor=mona, fields={}),
        lambda: reason_actions.retire(actor=mona, reason=row),
        lambda: reason_actions.bring_back(actor=mona, reason=row),
        lambda: reason_actions.change(actor=mona, reason=row, seen=digest_of(row), fields={}),
    ):
        with pytest.raises(PermissionDenied):
            attempt()

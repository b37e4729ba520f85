"""Passages that are removed are found nowhere any more: texts, versions, answers, index, feeds, notices, decisions."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import Notification, User
from common.text.folding import fold_words
from directory.models import Connection
from moderation.actions.cases import open_case
from moderation.actions.decisions import decide, throw_away_sealed, tidy, undo
from moderation.actions.flags import flag
from moderation.actions.legal_notices import send_notice
from moderation.choices import Act, CaseKind, FlagReason
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError
from moderation.forms.cases import DecisionForm
from moderation.models import Case, Decision
from reports.actions.moderation import REMOVED
from reports.actions.revisions import edit
from reports.actions.warnings import rendered, save_first_version
from reports.choices import Status
from reports.models import Comment, Report, Revision, Warning
from reports.passages import passages_in, without
from reports.version_text import fields_now
from tests.factories import CommentFactory, ReportFactory, ToolFactory, WarningFactory
from tests.moderation.making import flagged, reason
from tests.pages_under_test import codes, message_codes, refuses
from tests.reports.conftest import signed_in

NAME = "Quirinus Markerson"


@given(st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_nothing_is_left_of_what_is_removed_unless_the_mark_itself_holds_it(text: str, typed: list[str]) -> None:
    passages = passages_in("\n".join(typed))
    left = without(text, passages).replace("[removed]", "")
    assert without(without(text, passages), passages).replace("[removed]", "") == left or any(
        passage.casefold() in "[removed]" for passage in passages
    )


def test_the_longest_passage_goes_first_and_case_does_not_matter() -> None:
    assert passages_in("Ann\n\n  Ann Smith \nAnn") == ["Ann Smith", "Ann"]
    assert without({"a": ["ANN SMITH and ann"]}, ["Ann Smith", "Ann"]) == {"a": ["[removed] and [removed]"]}


def everywhere(marker: str) -> list[str]:
    """The columns of the whole database that hold a marker, shadow tables of the index among them."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description or ()]
            for row in cursor.fetchall():
                found += [
                    f"{table}.{name}"
                    for name, value in zip(names, row, strict=True)
                    if marker.casefold() in str(value).casefold()
                ]
    return sorted(set(found))


def case_of_kind(target: Warning, kind: CaseKind) -> Case:
    """The open case of a kind about a warning."""
    return Case.objects.open().get(warning=target, kind=kind)


@pytest.fixture
def exposed(warning: Warning, alice: User, bob: User) -> Warning:
    """A warning with a name in every text of it and below it."""
    warning.title = f"{NAME} wanted my screen"
    warning.summary, warning.what_to_do = f"A buyer called {NAME}.", [f"Refuse {NAME}."]
    for field, value in rendered(f"**{NAME}** wrote to me.", Warning).items():
        setattr(warning, field, value)
    warning.slug = "quirinus-markerson-wanted-my-screen"
    warning.version = 1
    warning.save()
    save_first_version(warning=warning)
    fields = fields_now(warning) | {"summary": f"A buyer called {NAME}, twice."}
    edit(actor=bob, warning=warning, fields=fields, based_on=1, comment=f"Names {NAME}")
    report = ReportFactory(warning=warning, author=alice, **rendered(f"{NAME.upper()} asked for it.", Report))
    report.messages.create(by_moderators=False, body=f"It was {NAME}.")
    CommentFactory(warning=warning, author=bob, text=f"I met {NAME} too.")
    notifications.notify(
        recipients=[bob], kind=NotificationKind.WATCHED, key="x", text=f"News on “{warning.title}”", address="/"
    )
    return warning


@pytest.mark.django_db
def test_after_a_redaction_the_passage_is_nowhere_and_undoing_brings_it_back(exposed: Warning, mona: User) -> None:
    assert len(everywhere(NAME)) >= 8
    before = {
        name: list(model._default_manager.order_by("pk").values_list("body", flat=True))
        for name, model in (("r", Report), ("c", Comment), ("v", Revision))
    }
    case = flagged(exposed)
    choice = DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=(NAME,))
    decision = decide(actor=mona, case=case, choice=choice)
    assert everywhere(NAME) == []
    exposed.refresh_from_db()
    assert exposed.title == "[removed] wanted my screen"
    assert "quirinus" not in exposed.slug
    address = exposed.get_absolute_url()
    for page in (address, f"{address}history/", "/feeds/warnings.atom", "/feeds/warnings.json"):
        assert NAME not in Client().get(page).content.decode(), page
    assert address not in Client().get("/search/", {"q": NAME}).content.decode()
    assert REMOVED in Client().get(f"{address}history/").content.decode()
    assert NAME not in Notification.objects.get(key="x").text

    undo(actor=mona, decision=decision, note="it is the name of a company")
    exposed.refresh_from_db()
    assert exposed.title == f"{NAME} wanted my screen"
    assert exposed.slug == "quirinus-markerson-wanted-my-screen"
    after = {
        name: list(model._default_manager.order_by("pk").values_list("body", flat=True))
        for name, model in (("r", Report), ("c", Comment), ("v", Revision))
    }
    assert after["r"] == before["r"]
    assert after["c"] == before["c"]
    assert set(before["v"]) <= set(after["v"])


@pytest.mark.django_db
def test_what_was_removed_is_thrown_away_after_seven_days_or_at_once(exposed: Warning, mona: User) -> None:
    choice = DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=(NAME,))
    decision = decide(actor=mona, case=flagged(exposed), choice=choice)
    assert tidy(now=timezone.now() + timedelta(days=6)) == 0
    assert tidy(now=timezone.now() + timedelta(days=8)) == 1
    decision.refresh_from_db()
    with refuses(ActionRefusedError, "thrown-away"):
        undo(actor=mona, decision=decision, note="")
    Decision.objects.filter(pk=decision.pk).update(sealed="x")
    throw_away_sealed(actor=mona, decision=decision)
    decision.refresh_from_db()
    assert decision.sealed == ""


@pytest.mark.django_db
def test_who_has_to_do_with_it_does_not_end_the_way_back(exposed: Warning, mona: User, max_: User) -> None:
    choice = DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=(NAME,))
    decision = decide(actor=mona, case=flagged(exposed), choice=choice)
    exposed.tools.add(ToolFactory(slug="own-tool"))
    Connection.objects.create(user=max_, tool=exposed.tools.get(slug="own-tool"), words="Seller")
    Authenticator.objects.create(user=max_, type=Authenticator.Type.TOTP, data={"secret": "x"})
    answer = signed_in(max_).post(f"{decision.get_absolute_url()}throw-away/", follow=True)
    assert message_codes(answer) == ["connected"]
    decision.refresh_from_db()
    assert decision.sealed


@pytest.mark.django_db
def test_what_the_key_cannot_open_any_more_stays_removed(exposed: Warning, mona: User, settings: Any) -> None:
    choice = DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=(NAME,))
    decision = decide(actor=mona, case=flagged(exposed), choice=choice)
    settings.SECRET_KEY = "another key than before"
    with refuses(ActionRefusedError, "key-changed"):
        undo(actor=mona, decision=decision, note="")


@pytest.mark.django_db
def test_a_text_written_anew_since_keeps_what_was_written(exposed: Warning, mona: User, bob: User) -> None:
    choice = DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=(NAME,))
    decision = decide(actor=mona, case=flagged(exposed), choice=choice)
    comment = Comment.objects.get(author=bob)
    comment.body = "Something else."
    comment.save()
    undo(actor=mona, decision=decision, note="")
    exposed.refresh_from_db()
    comment.refresh_from_db()
    assert NAME in exposed.title
    assert comment.body == "Something else."


@pytest.mark.django_db
def test_what_stands_nowhere_cannot_be_removed(warning: Warning, mona: User) -> None:
    choice = DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=("Nobody at all",))
    with refuses(ActionRefusedError, "not-found"):
        decide(actor=mona, case=flagged(warning), choice=choice)
    with refuses(ActionRefusedError, "passages-missing"):
        decide(actor=mona, case=flagged(warning), choice=DecisionInput(Act.REDACT, reason=reason("personal-data")))
    form = DecisionForm(flagged(warning), {"act": "redact", "reason": "personal-data", "passages": " \n\n"})
    assert form.is_valid()
    assert form.choice().passages == ()


@pytest.mark.django_db
def test_it_goes_from_flags_notices_decisions_and_what_was_merged_in_and_comes_back_there(
    exposed: Warning, alice: User, bob: User, mona: User
) -> None:
    other = WarningFactory(author=bob, title=f"Beware of {NAME}", slug="beware-of-quirinus-markerson")
    decide(
        actor=mona,
        case=flagged(other),
        choice=DecisionInput(
            Act.MERGE, reason=reason("same-as-another"), into=exposed, public_reason=f"As with {NAME}."
        ),
    )
    flag(target=exposed, flagger=None, reason=FlagReason.PERSONAL, detail=f"It names {NAME}")
    fields = {"url": exposed.get_absolute_url(), "ground": "defamation", "explanation": f"It names {NAME}. " * 5}
    send_notice(submission_key="x", fields=fields | {"law": "", "name": "Ella", "email": "ella@example.org"})
    notifications.notify(
        recipients=[bob], kind=NotificationKind.WATCHED, key="z", text="News", address=exposed.get_absolute_url()
    )
    hidden = DecisionInput(Act.DISPUTE, public_reason=f"We check what it says about {NAME}")
    decide(actor=mona, case=case_of_kind(exposed, CaseKind.FLAGS), choice=hidden)
    stood = everywhere(NAME) + everywhere("quirinus-markerson")
    choice = DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=(NAME,))
    decision = decide(actor=mona, case=case_of_kind(exposed, CaseKind.FLAGS), choice=choice)
    assert everywhere(NAME) + everywhere("quirinus-markerson") == []
    undo(actor=mona, decision=decision, note="It is a company.")
    assert set(stood) <= {*everywhere(NAME), *everywhere("quirinus-markerson")}


@pytest.mark.django_db
def test_what_is_said_elsewhere_with_the_same_words_is_not_touched(warning: Warning, bob: User, mona: User) -> None:
    other = WarningFactory(author=bob, title="Fiverr asked me")
    choice = DecisionInput(Act.HIDE, reason=reason("checked-while-hidden"), public_reason="Fiverr, published")
    hidden = decide(actor=mona, case=flagged(other), choice=choice)
    notifications.notify(
        recipients=[bob], kind=NotificationKind.WATCHED, key="x", text="Fiverr changed a rule", address="/"
    )
    warning.summary = "Fiverr published a thing"
    warning.save()
    passages = ("Fiverr", "published")
    decide(
        actor=mona,
        case=flagged(warning),
        choice=DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=passages),
    )
    hidden.refresh_from_db()
    assert (hidden.title, hidden.public_reason) == ("Fiverr asked me", "Fiverr, published")
    assert Notification.objects.get(key="x").text == "Fiverr changed a rule"
    undo(actor=mona, decision=hidden, note="")
    other.refresh_from_db()
    assert other.status == Status.PUBLISHED


@pytest.mark.parametrize(
    "written", ["**Quirinus** Markerson", "Quirinus\nMarkerson", "QUIRINUS\u200b _markerson", NAME]
)
def test_a_passage_is_found_however_it_is_spaced_and_emphasised(written: str) -> None:
    assert "markerson" not in without(f"It was {written}.", (NAME,)).casefold()


@pytest.mark.django_db
def test_a_passage_of_one_character_is_refused(warning: Warning) -> None:
    form = DecisionForm(flagged(warning), {"act": "redact", "reason": "personal-data", "passages": "a"})
    assert codes(form) == {"passages": ["too-short"]}


@pytest.mark.django_db
def test_no_words_of_anybody_go_into_the_memory(warning: Warning, alice: User, mona: User) -> None:
    long = f"{NAME} " * 100
    hidden = decide(
        actor=mona,
        case=flagged(warning),
        choice=DecisionInput(Act.HIDE, reason=reason("checked-while-hidden"), public_reason=long),
    )
    undo(actor=mona, decision=hidden, note=long)
    person = open_case(kind=CaseKind.ACCOUNT, target=alice)
    suspended = DecisionInput(Act.SUSPEND, reason=reason("attacks-people"), public_reason=long, days=3)
    undo(actor=mona, decision=decide(actor=mona, case=person, choice=suspended), note=long)
    assert [column for column in everywhere(NAME) if column.startswith("audit_")] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spelled",
    ["Mu\u0308ller", "M&uuml;ller", "Mül\u00adler", "**Mül**ler", "ＭÜＬＬＥＲ", "[Mül](http://x.example)ler"],
)
def test_another_spelling_goes_too_from_pages_feeds_and_search(warning: Warning, mona: User, spelled: str) -> None:
    warning.title, warning.slug, warning.version = "Müller’s agency never pays", "mullers-agency-never-pays", 1
    warning.summary = f"Of {spelled}."
    for field, value in rendered(f"It was {spelled} again.", Warning).items():
        setattr(warning, field, value)
    warning.save()
    save_first_version(warning=warning)
    before = warning.body
    decision = decide(
        actor=mona,
        case=flagged(warning),
        choice=DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=("Müller",)),
    )
    warning.refresh_from_db()
    assert warning.body == "It was [removed] again."
    address = warning.get_absolute_url()
    assert "muller" not in address
    for marker in ("Müller", "muller", spelled):
        assert everywhere(marker) == []
    for page in (address, f"{address}history/", "/feeds/warnings.atom"):
        assert "muller" not in fold_words_of(Client().get(page).content.decode())
    undo(actor=mona, decision=decision, note="it is the name of a company")
    warning.refresh_from_db()
    assert (warning.body, warning.slug) == (before, "mullers-agency-never-pays")


def fold_words_of(page: str) -> str:
    """The folded words of a page, as one text."""
    return " ".join(fold_words(unescape(page)))


@pytest.mark.django_db
def test_a_spelling_that_cannot_be_taken_out_is_refused_with_its_place(
    warning: Warning, mona: User, bob: User
) -> None:
    """An address with a bracket in its title ends later than it seems to, so that the word is not seen as one."""
    comment = CommentFactory(warning=warning, author=bob, text='Quir[in](http://x.example "a) b")us and Quirinus')
    case = flagged(warning)
    choice = DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=("Quirinus",))
    with pytest.raises(ActionRefusedError) as refused:
        decide(actor=mona, case=case, choice=choice)
    assert refused.value.code == "still-shown"
    assert "a comment (body)" in refused.value.sentence
    comment.refresh_from_db()
    assert comment.body.endswith("Quirinus")

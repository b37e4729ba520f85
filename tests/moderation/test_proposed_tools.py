"""Tools that reports name and the directory does not know: added, linked, set aside, and each of it taken back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from directory.actions import create_entry
from directory.choices import ToolKind
from directory.models import Connection, EntryRevision, Tool
from moderation.actions import proposed_tools
from moderation.actions.proposed_tools import ProposalError
from moderation.models import Proposal
from reports.actions.moderation import redact
from reports.choices import Status
from reports.models import Report, Warning
from search.query import parse
from search.service import find
from tests.factories import FactFactory, ReportFactory, WarningFactory
from tests.moderation.making import waiting_report
from tests.pages_under_test import codes, elements, fields, message_codes, part, refuses, states
from tests.prepared import TODAY
from tests.services.processes import in_turn

TEXTS = {"summary": "A messenger for teams.", "website": "https://chatto.example", "names": [], "domains": []}


def naming(name: str, **more: Any) -> Report:
    """A report that proposes a name, on a warning that began with it."""
    report = waiting_report(title=f"About {name}", **more)
    report.proposed_tool = name
    report.save()
    return report


def shown(name: str) -> Report:
    """The same, published."""
    warning = WarningFactory(title=f"Shown about {name}")
    report: Report = ReportFactory(warning=warning, proposed_tool=name)
    return report


def added(actor: User, name: str = "Chatto", proposed: str = "Chatto") -> Proposal:
    return proposed_tools.add(
        actor=actor, name=name, kind=ToolKind.MESSENGER, content=TEXTS, proposed=proposed, today=TODAY
    )


@pytest.mark.django_db
def test_a_name_becomes_a_tool_that_is_found_has_a_history_and_the_reports(mona: User, visitor: Client) -> None:
    one, two, other = naming("Chatto"), shown("CHATTO"), naming("Another app")
    tool = added(mona).tool
    assert tool is not None
    assert (tool.slug, tool.grade, tool.kind) == ("chatto", "", "messenger")
    assert [match.tool for match in find(parse("chatto"), limit=5).tools] == [tool]
    for report in (one, two):
        report.refresh_from_db()
        assert report.proposed_tool == ""
        assert [*report.tools.all()] == [*report.warning.tools.all()] == [tool]
    other.refresh_from_db()
    assert other.proposed_tool == "Another app"
    [first] = EntryRevision.objects.filter(key="chatto")
    assert (first.number, first.author, first.after["summary"]) == (1, mona, "A messenger for teams.")
    # What was published has a new version, by whoever said which tool it is about.
    assert [row.author for row in two.warning.revisions.applied().order_by("number")][-1] == mona
    page = visitor.get("/tools/chatto/")
    assert "Shown about CHATTO" in page.content.decode()
    assert elements(page, class_="grade", data_grade="")
    assert "A messenger for teams." in visitor.get("/tools/chatto/history/?from=0&to=1").content.decode()


@pytest.mark.django_db
def test_taken_back_the_tool_is_gone_and_the_name_is_proposed_again(mona: User, visitor: Client) -> None:
    one, two = naming("Chatto"), shown("Chatto")
    row = added(mona)
    proposed_tools.undo_proposal(actor=mona, proposal=row, today=TODAY)
    assert not Tool.objects.filter(slug="chatto").exists()
    assert not find(parse("chatto"), limit=5).tools
    for report in (one, two):
        report.refresh_from_db()
        assert report.proposed_tool == "Chatto"
        assert not report.warning.tools.exists()
    assert visitor.get("/tools/chatto/").status_code == 404
    with pytest.raises(ProposalError):
        proposed_tools.undo_proposal(actor=mona, proposal=row, today=TODAY)
    again = added(mona)
    assert again.tool is not None
    assert [*EntryRevision.objects.filter(key="chatto").values_list("number", flat=True)] == [2, 1]


@pytest.mark.django_db
def test_another_spelling_is_linked_and_found_from_now_on_until_that_is_taken_back(mona: User) -> None:
    dingtalk = Tool.objects.get(slug="dingtalk")
    report = naming("Dingaling Talker, Other")
    row = proposed_tools.link(actor=mona, name="Dingaling Talker", tool=dingtalk, remember=True, today=TODAY)
    report.refresh_from_db()
    assert (report.proposed_tool, [*report.tools.all()]) == ("Other", [dingtalk])
    assert dingtalk.names.filter(text="Dingaling Talker").exists()
    proposed_tools.undo_proposal(actor=mona, proposal=row, today=TODAY)
    report.refresh_from_db()
    assert (report.proposed_tool, [*report.tools.all()]) == ("Other, Dingaling Talker", [])
    assert not dingtalk.names.filter(text="Dingaling Talker").exists()


@pytest.mark.django_db
def test_a_name_that_the_tool_had_before_stays_when_the_link_is_taken_back(mona: User) -> None:
    dingtalk = Tool.objects.get(slug="dingtalk")
    naming("ding talk")
    row = proposed_tools.link(actor=mona, name="ding talk", tool=dingtalk, remember=True, today=TODAY)
    before = dingtalk.names.count()
    proposed_tools.undo_proposal(actor=mona, proposal=row, today=TODAY)
    assert dingtalk.names.count() == before


@pytest.mark.django_db
def test_a_report_that_only_joined_a_warning_does_not_change_what_that_is_about(mona: User, warning: Warning) -> None:
    ReportFactory(warning=warning)
    joined = ReportFactory(warning=warning, proposed_tool="Chatto")
    tool = added(mona).tool
    assert [*joined.tools.all()] == [tool]
    assert tool not in warning.tools.all()


@pytest.mark.django_db
def test_what_was_declined_or_taken_back_proposes_nothing(mona: User, desk: Client) -> None:
    for status in (Status.DECLINED, Status.WITHDRAWN):
        Report.objects.filter(pk=naming(f"Gone {status}").pk).update(status=status)
    assert elements(desk.get("/moderation/proposals/"), class_="empty")


@pytest.mark.django_db
def test_set_aside_a_name_is_listed_no_more_until_that_is_taken_back(desk: Client) -> None:
    naming("my boss")
    page = desk.get("/moderation/proposals/").content.decode()
    assert "my boss" in page
    desk.post("/moderation/proposals/", {"name": "my boss", "act": "aside"})
    row = Proposal.objects.get()
    after = desk.get("/moderation/proposals/")
    assert elements(after, class_="empty")
    assert states(after) == ["aside"]
    assert message_codes(after) == ["set-aside"]
    desk.post(f"/moderation/proposals/{row.pk}/take-back/")
    again = desk.get("/moderation/proposals/")
    assert not elements(again, class_="empty")
    assert "tool" in fields(again)


@pytest.mark.django_db
def test_the_whole_way_at_the_desk(desk: Client) -> None:
    naming("Chatto")
    naming("chatto ")
    page = desk.get("/moderation/proposals/")
    assert part(page, "places").startswith("2 ")
    address = f"{reverse('add_tool')}?name=Chatto"
    assert address in page.content.decode()
    form = desk.get(address).context["form"]
    assert form.initial == {"name": "Chatto", "proposed": "Chatto"}
    sent = {"name": "Chatto", "kind": "messenger", "summary": "", "proposed": "Chatto"}
    refused = desk.post(reverse("add_tool"), sent | {"website": "javascript:alert(1)"})
    assert refused.status_code == 422
    assert {"summary", "website"} <= set(refused.context["form"].errors)
    answer = desk.post(reverse("add_tool"), sent | {"summary": "For teams."}, follow=True)
    assert answer.redirect_chain[-1][0] == "/tools/chatto/facts/"
    assert message_codes(answer) == ["added"]
    assert "Chatto" in elements(answer, "h1")[0].text
    assert states(desk.get("/moderation/proposals/")) == ["added"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"name": "Chatto", "tool": ""}, "tool-missing"),
        ({"name": "Chatto", "tool": "Nowhere"}, "no-tool"),
        ({"name": "!!!", "tool": "DingTalk"}, ""),
    ],
)
def test_what_cannot_be_is_said(desk: Client, sent: dict[str, str], code: str) -> None:
    naming("Chatto")
    answer = desk.post("/moderation/proposals/", sent)
    assert answer.status_code == 422
    assert sent["name"] in answer.content.decode()
    if code:
        [(_, form)] = answer.context["rows"]
        assert codes(form) == {"tool": [code]}
        assert form.errors["tool"][0] in answer.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.django_db
def test_more_names_need_no_more_queries(desk: Client, mona: User, django_assert_max_num_queries: Any) -> None:
    def grow(start: int, stop: int) -> None:
        for number in range(start, stop):
            naming(f"Chatto {number}")
            proposed_tools.set_aside(actor=mona, name=f"Aside {number}")

    grow(0, 3)
    with CaptureQueriesContext(connection) as few:
        desk.get("/moderation/proposals/")
    grow(3, 25)
    with django_assert_max_num_queries(len(few)):
        desk.get("/moderation/proposals/")


@pytest.mark.django_db
def test_linking_by_hand_at_the_desk(desk: Client) -> None:
    report = naming("Dingaling")
    answer = desk.post("/moderation/proposals/", {"name": "Dingaling", "tool": "钉钉", "remember": "on"}, follow=True)
    assert message_codes(answer) == ["linked"]
    assert elements(answer, data_message="linked")[0].text.startswith("1 ")
    assert report.tools.get().slug == "dingtalk"


@pytest.mark.django_db
def test_a_name_of_another_tool_is_refused_and_nothing_has_happened(mona: User) -> None:
    naming("Ding Talk Pro")
    zoom = Tool.objects.get(slug="zoom")
    with pytest.raises(ProposalError, match="DingTalk"):
        added(mona, name="Ding-Talk")
    with pytest.raises(ProposalError, match="DingTalk"):
        proposed_tools.link(actor=mona, name="dingtalk", tool=zoom, remember=True, today=TODAY)
    assert not Proposal.objects.exists()


@pytest.mark.django_db
def test_two_who_mean_different_tools_are_told(mona: User, max_: User) -> None:
    naming("Chatto")
    zoom, dingtalk = Tool.objects.get(slug="zoom"), Tool.objects.get(slug="dingtalk")
    proposed_tools.link(actor=mona, name="Chatto", tool=zoom, remember=False, today=TODAY)
    with pytest.raises(ProposalError, match="meanwhile"):
        proposed_tools.link(actor=max_, name="chatto", tool=dingtalk, remember=False, today=TODAY)
    # What is reported later under the name goes the same way, and back with the rest.
    later = naming("Chatto")
    row = proposed_tools.link(actor=max_, name="Chatto", tool=zoom, remember=False, today=TODAY)
    assert later.pk in row.reports
    assert len(row.reports) == 2


@pytest.mark.django_db
def test_a_tool_of_which_something_is_known_by_now_stays(mona: User) -> None:
    naming("Chatto")
    row = added(mona)
    assert row.tool is not None
    Report.objects.filter(pk=naming("x").pk).get().tools.add(row.tool)
    with pytest.raises(ProposalError, match="stays"):
        proposed_tools.undo_proposal(actor=mona, proposal=row, today=TODAY)
    assert Proposal.objects.filter(pk=row.pk).exists()
    assert Tool.objects.filter(slug="chatto").exists()


@pytest.mark.django_db
def test_only_moderators_and_nobody_with_a_connection(mona: User, alice: User) -> None:
    naming("Chatto")
    zoom = Tool.objects.get(slug="zoom")
    Connection.objects.create(user=mona, tool=zoom, words="A job")
    for actor, refusal in ((mona, ProposalError), (alice, PermissionDenied)):
        with pytest.raises(refusal):
            proposed_tools.link(actor=actor, name="Chatto", tool=zoom, remember=False, today=TODAY)
    with pytest.raises(PermissionDenied):
        added(alice)
    with pytest.raises(PermissionDenied):
        proposed_tools.set_aside(actor=alice, name="Chatto")


@pytest.mark.django_db
def test_names_in_other_scripts_get_an_address_that_can_be_typed(mona: User) -> None:
    for name, slug in (("聊聊", "liaoliao"), ("Чат Ж", "chat-zh"), ("Chatto!", "chatto"), ("Chatto 2", "chatto-2")):
        tool = added(mona, name=name, proposed=name).tool
        assert tool is not None
        assert tool.slug.startswith(slug), name


@pytest.mark.django_db
def test_once_a_fact_is_recorded_the_tool_stays(mona: User) -> None:
    naming("Chatto")
    row = added(mona)
    FactFactory(tool=row.tool)
    with refuses(ProposalError, "in-use"):
        proposed_tools.undo_proposal(actor=mona, proposal=row, today=TODAY)


@pytest.mark.django_db
def test_a_warning_that_is_about_the_tool_already_gets_no_new_version(mona: User) -> None:
    zoom = Tool.objects.get(slug="zoom")
    report = shown("Zum")
    report.warning.tools.add(zoom)
    row = proposed_tools.link(actor=mona, name="Zum", tool=zoom, remember=False, today=TODAY)
    assert (row.reports, row.warnings) == ([report.pk], [])
    assert not report.warning.revisions.exists()
    proposed_tools.undo_proposal(actor=mona, proposal=row, today=TODAY)
    assert zoom in report.warning.tools.all()


@pytest.mark.django_db
def test_the_directory_itself_turns_everybody_else_away(alice: User, mona: User) -> None:
    with pytest.raises(PermissionDenied):
        create_entry.add_tool(actor=alice, name="Chatto", kind=ToolKind.VOIP, content=TEXTS, comment="x", today=TODAY)
    with pytest.raises(PermissionDenied):
        create_entry.remove_tool(actor=alice, tool=Tool.objects.get(slug="zoom"))
    with pytest.raises(create_entry.ToolInUseError):
        create_entry.remove_tool(actor=mona, tool=Tool.objects.get(slug="zoom"))


@pytest.mark.django_db
def test_what_is_refused_is_said_at_the_field_and_the_text_is_kept(desk: Client, mona: User) -> None:
    naming("Chatto")
    sent = {"kind": "messenger", "summary": "Kept words.", "proposed": "Chatto"}
    for name, code in (("ding talk", "name-taken"), ("!!!", "nothing-to-look-for")):
        answer = desk.post(reverse("add_tool"), sent | {"name": name})
        assert answer.status_code == 422
        assert codes(answer.context["form"]) == {"name": [code]}
        assert elements(answer, "input", id="id_name", aria_invalid="true")
        assert "Kept words." in answer.content.decode()
    Connection.objects.create(user=mona, tool=Tool.objects.get(slug="zoom"), words="A job")
    answer = desk.post("/moderation/proposals/", {"name": "Chatto", "tool": "Zoom"})
    assert answer.status_code == 422
    [(_, form)] = answer.context["rows"]
    assert codes(form) == {"tool": ["connected"]}
    assert form.errors["tool"][0] in answer.content.decode()


@pytest.mark.django_db
def test_a_name_that_has_to_go_goes_from_what_moderators_made_of_it(mona: User) -> None:
    report = naming("John Smith")
    row = proposed_tools.set_aside(actor=mona, name="John Smith")
    redact(actor="Mona", warning=report.warning, passages=["John Smith"])
    row.refresh_from_db()
    report.refresh_from_db()
    for text in (row.name, row.folded, report.proposed_tool):
        assert "smith" not in text.lower()


PREPARE = """
from accounts.models import User
for number in range(6):
    User.objects.create(handle=f"m{number}", handle_folded=f"m{number}", trust_level="moderator")
"""
ADD = """
import datetime, sys
from accounts.models import User
from moderation.actions import proposed_tools
me = User.objects.get(handle=sys.argv[1])
ready_and_wait()
try:
    texts = {"summary": "x", "website": "", "names": [], "domains": []}
    given = {"kind": "messenger", "content": texts, "today": datetime.date(2026, 11, 23)}
    proposed_tools.add(actor=me, name=sys.argv[2], proposed=sys.argv[2], **given)
    print("added")
except proposed_tools.ProposalError:
    print("refused")
"""
LOOK = """
from directory.models import Tool, ToolName
from moderation.models import Proposal
print(Tool.objects.count(), ToolName.objects.filter(folded="foochat").count(), Proposal.objects.count())
"""


def test_several_moderators_who_add_one_tool_at_once_add_one(bare_site: dict[str, str]) -> None:
    # It takes seconds: each moderator is a process.
    names = ("FooChat", "Foo Chat", "foo-chat", "FooChat", "FOO CHAT", "Foo_Chat")
    adding = [(ADD, f"m{number}", name) for number, name in enumerate(names)]
    _, said, [counts] = in_turn(bare_site, [(PREPARE,)], adding, [(LOOK,)])
    assert sorted(said) == ["added\n", *["refused\n"] * 5]
    assert counts == "1 1 1\n"

"""check_integrity finds what does not agree, survives any damage, and says nothing wrong of a whole site."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace as Site
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from accounts.choices import TrustLevel
from accounts.models import Session, User
from common.db.row_checks import all_checks, dangling_references, no_progress, problems_of
from common.images.clean import CleanPicture, clean
from common.text.markdown import RENDERER_VERSION
from directory.choices import EntryKind, RevisionState
from directory.models import EntryRevision, Marketplace, TacticName, Tool, ToolName
from moderation.actions.appeals import appeal as lodge_appeal
from moderation.actions.decisions import decide
from moderation.actions.statements import begin_statement, verify_statement
from moderation.choices import Act
from moderation.decisions.input import DecisionInput
from moderation.models import Case, Proposal
from reports import evidence_store
from reports.actions.revisions import edit
from reports.actions.status import change_status
from reports.actions.votes import cast_vote
from reports.actions.warnings import recount, recount_votes, rendered, save_first_version
from reports.choices import CountKind, Status
from reports.draft_room import size_of
from reports.models import (
    Comment,
    Draft,
    Evidence,
    ImageRedaction,
    PublishedCount,
    Report,
    Tag,
    TaggedWarning,
    TagMerge,
    TagSynonym,
    Vote,
    Warning,
)
from reports.models.text import rendered_models
from reports.tag_names import fold_tag
from reports.version_text import fields_now
from search.kinds import Kind
from search.models import IndexedDocument, IndexState
from tests.factories import CommentFactory, ReportFactory, TagFactory, WarningFactory, announce
from tests.found_by_checks import found
from tests.moderation.making import case_of, reason, waiting_report

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def picture_folder(tmp_path: Path, settings: Any) -> Path:
    """Pictures go into a folder of the test's own."""
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"evidence": {"BACKEND": backend, "OPTIONS": {"location": tmp_path}}}
    return tmp_path


@pytest.fixture
def site() -> Site:
    """A site with at least one row of everything that is stored twice."""
    alice, bob, mona = (User.objects.create_user(name, password=None) for name in ("Alice", "Bob", "Mona"))
    User.objects.update(trust_level=TrustLevel.MEMBER)
    User.objects.filter(pk=mona.pk).update(trust_level=TrustLevel.MODERATOR)
    alice, bob, mona = User.objects.order_by("pk")
    EmailAddress.objects.create(user=alice, email="alice@example.org", primary=True, verified=True)
    User.objects.filter(pk=alice.pk).update(email="alice@example.org")
    Client().force_login(alice)
    cases = _posts_and_cases(alice, bob, mona)
    return Site(alice=alice, bob=bob, mona=mona, warnings=_warnings(alice, mona, bob), **cases)


def _warnings(alice: User, mona: User, bob: User) -> list[Warning]:
    made = []
    for number in range(4):
        row: Warning = WarningFactory(author=alice, title=f"Number {number}", body="", status=Status.PENDING)
        change_status(actor="mona", post=row, status=Status.PUBLISHED, reason="test")
        save_first_version(warning=row)
        fields = fields_now(row) | {
            "title": f"Heading {number}",
            "body": "# Words\n\n<b>not bold</b>",
            "tags": ["heron"],
        }
        edit(actor=mona, warning=row, fields=fields, based_on=row.version, comment="clearer")
        made.append(Warning.objects.get(pk=row.pk))
    comment: Comment = CommentFactory(warning=made[0], author=bob)
    CommentFactory(warning=made[0], parent=comment, level=1, author=mona)
    report = ReportFactory(warning=made[0], author=bob, status=Status.PENDING, published_at=None)
    report.steps.create(status=Status.PENDING)
    for post in (report, Comment.objects.get(pk=comment.pk)):
        if post.status == Status.PENDING:
            change_status(actor="mona", post=post, status=Status.PUBLISHED, reason="test")
    hidden = CommentFactory(warning=made[0], author=bob)
    change_status(actor="mona", post=hidden, status=Status.HIDDEN, reason="test")
    cast_vote(actor=bob, post=made[1])
    tag = TagFactory(name="C++", slug="c-plus-plus")
    for model in (TagSynonym, TagMerge):
        model._default_manager.create(tag=tag, name="Cpp!", slug="cpp", folded=fold_tag("Cpp!"))
    for row in Warning.objects.filter(pk__in=[row.pk for row in made]):
        recount(warning=row)
    for comment in made[0].comments.all():
        recount_votes(post=comment)
    return list(Warning.objects.filter(pk__in=[row.pk for row in made]).order_by("pk"))


def _posts_and_cases(alice: User, bob: User, mona: User) -> dict[str, Any]:
    fields = {"title": ["Zürich 钉钉"]}
    draft = Draft.objects.create(owner=alice, fields=fields, size=size_of(fields))
    pictures = [_picture(draft, number) for number in range(2)]
    original = _stored(30)
    state = {"sha256": original[1].sha256}
    redaction = ImageRedaction.objects.create(
        picture=pictures[0], areas=[], before=state, after={"sha256": pictures[0].sha256}, stored_name=original[0]
    )
    report, declined = waiting_report(author=alice), waiting_report(author=bob, title="Not this")
    Report.objects.filter(pk__in=[report.pk, declined.pk]).update(**rendered(report.body, Report))
    decision = decide(actor=mona, case=case_of(declined), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    appeal = lodge_appeal(by=bob, decision=decision, text="Why?")
    about = {"speaker": "Ding", "domain": "dingtalk.com", "email": "a@dingtalk.com", "body": "We *disagree*."}
    statement = begin_statement(tool=Tool.objects.get(slug="dingtalk"), fields=about)
    entry = {"kind": EntryKind.TOOL, "key": "zoom", "before": {}, "after": {}, "comment": "x"}
    version = EntryRevision.objects.create(**entry, number=1, state=RevisionState.APPLIED)
    return {
        **{"draft": draft, "pictures": pictures, "redaction": redaction, "waiting": report, "decision": decision},
        "declined": declined,
        **{
            "appeal": appeal,
            "statement": statement,
            "statement_case": verify_statement(statement=statement, proof="mail"),
        },
        **{"version": version, "proposal": Proposal.objects.create(folded="uptrack", name="Up Track")},
    }


def _stored(size: int) -> tuple[str, CleanPicture]:
    file = io.BytesIO()
    Image.new("RGB", (size, 20), "red").save(file, "PNG")
    [drawn] = clean(file.getvalue())
    return evidence_store.put(drawn), drawn


def _picture(draft: Draft, number: int) -> Evidence:
    name, drawn = _stored(40 + number)
    about = {"media_type": drawn.media_type, "size": len(drawn.data), "sha256": drawn.sha256}
    row: Evidence = Evidence.objects.create(
        draft=draft, stored_name=name, width=drawn.width, height=drawn.height, position=number, **about
    )
    return row


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status of the command, what it says, and the problems."""
    capsys.readouterr()
    try:
        call_command("check_integrity", *arguments)
    except SystemExit as end:
        status = int(str(end.code))
    else:
        status = 0
    said = capsys.readouterr()
    return status, said.out, said.err


def own(row: models.Model, **values: Any) -> tuple[models.Model, dict[str, Any]]:
    return row, values


def damage(site: Site) -> Iterator[tuple[models.Model, dict[str, Any]]]:
    """Rows and what is written into them, past all actions: one value of every kind."""
    one, two, three, four = site.warnings
    reply, comment = one.comments.get(level=1), one.comments.get(answers__isnull=False)
    yield own(site.alice, handle_folded="alicia", email="eve@example.org")
    yield own(site.bob, handle_skeleton="eve")
    yield own(site.mona, is_staff=True, is_superuser=True)
    yield own(Session.objects.get(), user=site.bob)
    yield own(ToolName.objects.filter(kind="official").earliest("pk"), folded="x", script="Han", text="Another")
    yield own(TacticName.objects.earliest("pk"), folded="x")
    yield own(Marketplace.objects.earliest("pk"), name_folded="x")
    first, second = Tool.objects.order_by("pk")[:2]
    yield own(first, grade="A" if first.grade != "A" else "B", coverage=0.123)
    yield own(second, risk=1.5, provisional=not second.provisional, assessment_expires_on="2031-01-01")
    yield own(site.version, number=7)
    yield own(one, report_count=70, comment_count=70, recent_reporters=70, vote_count=70, standing_votes=70)
    yield own(
        two, version=9, participants=70, helpfulness=70.5, body_html="<script>", body_renderer=RENDERER_VERSION + 1
    )
    yield own(three, title="T", summary="S", body="B", what_to_do=["D"], status=Status.UNPUBLISHED, published_at=None)
    yield own(four, status=Status.DECLINED)
    yield own(PublishedCount.objects.filter(kind=CountKind.TAG).latest("pk"), number=70)
    yield own(comment, vote_count=70, standing_votes=70, participants=70, body_html="<script>", body_renderer=0)
    yield own(one.comments.get(status=Status.HIDDEN), status=Status.UNPUBLISHED, helpfulness=70.5, published_at=None)
    yield own(reply, warning=two, body_renderer=9_999)
    yield own(one.reports.get(), status=Status.DECLINED)
    yield own(site.waiting, body_html="<script>", body_renderer=9_999)
    yield own(site.statement, body_html="<script>", body_renderer=9_999, published_at=timezone.now())
    yield own(Vote.objects.get(), standing=False)
    yield own(one.revisions.get(number=2), author=site.bob)
    yield own(four.revisions.get(number=2), number=None, state="declined")
    for model in (Tag, TagSynonym, TagMerge):
        yield own(model._default_manager.latest("pk"), folded="y")
    yield own(site.draft, size=1)
    yield own(Warning.objects.filter(founding=True).earliest("pk"), founding=False)
    yield own(site.declined, published_at=timezone.now())
    yield own(site.pictures[0], size=1, sha256="0" * 64, width=1, height=1, media_type="image/webp")
    yield own(site.pictures[1], stored_name="gone.png", published=True)
    yield own(site.redaction, before={"sha256": "1"}, after={"sha256": "1"})
    yield own(Case.objects.get(report=site.waiting), title="T", key="k")
    yield own(site.appeal.case, title="T")
    yield own(site.statement_case, title="T")
    yield own(site.proposal, folded="x")
    yield own(site.decision, act=Act.PUBLISH)
    documents = IndexedDocument.objects.filter(kind=Kind.TACTIC).order_by("pk")[:4]
    yield own(documents[0], head="h", parent=7, tier=1)
    yield own(documents[1], place=12_345)
    yield own(documents[2], digest="d")
    yield own(documents[3], key=987_654)
    yield own(IndexState.objects.get(), version=99)


# What is said of a row in other words than its model, its key and the name of its field.
SAID = {
    "directory.Tool.grade": "grade, risk", "directory.Tool.risk": "grade, risk", "directory.ToolName.text": "official name",
    "directory.EntryRevision.number": "the history of tool 'zoom'",
    "reports.Evidence.stored_name": "gone.png", "reports.Comment.level": "is not that of a reply",
    "reports.Comment.warning": "is not that of a reply", "reports.Report.body_renderer": "body_renderer is 9999",
    "reports.Revision.number": "number or warning is not that", "reports.Revision.author": "author is not the one",
    "reports.Step.status": "its last step is", "moderation.Case.title": "another title",
    "moderation.Decision.act": "is not as the log has it",
    "search.IndexedDocument.digest": "has an older", "search.IndexedDocument.key": "The index lacks",
    "search.IndexState.version": "search.IndexState: version is 99",
}  # fmt: skip
# Fields of a check of which the test damages a neighbour that the same comparison covers.
TOGETHER = {
    *("moderation.Decision.reason", "moderation.Decision.undone_at", "search.IndexedDocument.kind"),
    *("reports.ImageRedaction.stored_name", "reports.Warning.helpfulness", "reports.Report.founding"),
    *("reports.PublishedCount.kind", "reports.PublishedCount.key"),
}


def test_a_whole_site_is_whole_and_every_damaged_value_is_named(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    # It takes seconds: it checks everything twice.
    status, said, problems = checked(capsys)
    assert (status, problems) == (0, "")
    assert {f"{check.name}: ok" for check in all_checks()} <= set(said.splitlines())
    with transaction.atomic():
        expected = []
        for row, values in list(damage(site)):
            type(row)._base_manager.filter(pk=row.pk).update(**values)
            expected += [(row, name) for name in values]
        status, _, problems = checked(capsys)
        transaction.set_rollback(True)
    assert status == 1
    lines = problems.splitlines()
    missed = [
        f"{row._meta.label}.{name}" for row, name in expected if not any(_says(line, row, name) for line in lines)
    ]
    assert missed == []
    damaged = {f"{row._meta.label}.{name}" for row, name in expected}
    proven = {field for check in all_checks() for field in check.fields if not field.startswith("audit.")}
    assert proven - damaged - TOGETHER - {"reports.Step.status", "reports.Comment.level"} == set()


def _says(line: str, row: models.Model, name: str) -> bool:
    label = f"{row._meta.label}.{name}"
    if label in SAID:
        return SAID[label] in line
    called = (row._meta.label, str(row._meta.verbose_name), getattr(row, "slug", "-"))
    return name in line and any(word in line for word in called)


def test_it_names_every_row_that_refers_to_nothing() -> None:
    reply = CommentFactory(warning=CommentFactory().warning, parent=Comment.objects.latest("pk"), level=1)
    cast_vote(actor=User.objects.earliest("pk"), post=WarningFactory())
    rows = [TaggedWarning.objects.latest("pk"), reply, Vote.objects.get(), ToolName.objects.latest("pk")]
    with transaction.atomic():
        for row in rows:
            for name in _references(row):
                type(row)._base_manager.filter(pk=row.pk).update(**{name: 987_654})
        problems = list(dangling_references(no_progress))
        # The other checks bear it.
        others = "\n".join(problems_of(all_checks()))
        transaction.set_rollback(True)
    for row in rows:
        for name in _references(row):
            said = f"{row._meta.label} {row.pk}: {name} refers to 987654, which is gone."
            assert said in problems
    assert others


def _references(row: models.Model) -> list[str]:
    return [
        field.name
        for field in row._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and getattr(row, field.attname) is not None
    ]


def turn_into_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGED_FILES: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:40]),
    "another byte": lambda path: path.write_bytes(path.read_bytes()[:-9] + b"x" + path.read_bytes()[-8:]),
    "a text": lambda path: path.write_text("<script>alert(1)</script>"),
    "a folder": lambda path: turn_into_folder(path),
}
OTHER_NAMES = ["../secret_key", "/etc/passwd", "", "a\nb", "x" * 120]


def test_it_names_every_picture_whose_file_is_damaged(picture_folder: Path) -> None:
    draft = Draft.objects.create(browser_hash="x", fields={}, size=2)
    rows = [_picture(draft, 0) for _ in [*DAMAGED_FILES, *OTHER_NAMES]]
    state = {"sha256": rows[0].sha256}
    ImageRedaction.objects.create(
        picture=rows[0], areas=[], before=state, after=state, stored_name=rows[0].stored_name
    )
    assert found("pictures") == ""
    for row, change in zip(rows, DAMAGED_FILES.values(), strict=False):
        change(picture_folder / row.stored_name)
    for row, name in zip(rows[len(DAMAGED_FILES) :], OTHER_NAMES, strict=True):
        Evidence.objects.filter(pk=row.pk).update(stored_name=name)
    problems = found("pictures")
    assert [row.pk for row in rows if f"reports.Evidence {row.pk}" not in problems] == []
    assert "reports.ImageRedaction" in problems


TEXTS = [
    "",
    "plain",
    "# Heading\n\n[x](javascript:alert(1))",
    "<b>raw</b> & *marked*",
    "\u202eenola",
    "| a |\n|---|\n| 1 |",
    "钉钉 😀",
]


@pytest.mark.parametrize("version", [0, RENDERER_VERSION, RENDERER_VERSION + 1, 32_767])
def test_no_version_of_the_renderer_makes_html_trusted(version: int) -> None:
    row = CommentFactory()
    for text in TEXTS:
        whole = rendered(text, Comment) | {"body_renderer": version}
        Comment.objects.filter(pk=row.pk).update(**whole)
        assert bool(found("comments: HTML")) is (version > RENDERER_VERSION), text
        Comment.objects.filter(pk=row.pk).update(body_html=whole["body_html"] + "<script>alert(1)</script>")
        assert f"The stored HTML of comment {row.pk}" in found("comments: HTML"), text


def test_rendering_again_repairs_every_model_with_html() -> None:
    about = {"speaker": "Ding", "domain": "dingtalk.com", "email": "", "body": "We *disagree*."}
    begin_statement(tool=Tool.objects.get(slug="dingtalk"), fields=about)
    ReportFactory(warning=Warning.objects.get(), **rendered("It happened.", Report))
    made = [model for model in rendered_models() if model._default_manager.filter(body__gt="").exists()]
    assert made == rendered_models()
    for model in made:
        model._default_manager.update(body_html="<script>", body_renderer=RENDERER_VERSION + 1)
    call_command("rerender_markdown")
    assert [model for model in made if model._default_manager.filter(body_html="<script>").exists()] == []
    Comment.objects.update(body_html="<script>")
    call_command("rerender_markdown")
    assert Comment.objects.filter(body_html="<script>").exists()
    call_command("rerender_markdown", all=True)
    assert not Comment.objects.filter(body_html="<script>").exists()


def test_a_batch_costs_the_same_queries_however_many_rows_it_has() -> None:
    tag = TagFactory()
    checks = [check for check in all_checks() if check.name.startswith(("warnings", "comments", "search index: c"))]
    costs = []
    for number in (1, 4):
        for _ in range(number):
            row = CommentFactory().warning
            TaggedWarning.objects.create(tag=tag, content_object=row)
            announce(row)
        with CaptureQueriesContext(connection) as queries:
            list(problems_of(check for check in checks if check.name != "warnings: counters"))
        costs.append(len(queries))
    assert costs[0] == costs[1]

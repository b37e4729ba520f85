"""load_catalogue: idempotent, keeps local edits, refuses bad files whole and says where the mistake is."""

import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from audit.models import Entry
from directory.catalogue.loader import is_loaded, load
from directory.catalogue.problems import CatalogueError
from directory.models import CatalogueEntry, Feature, Marketplace, Source, Tactic, Tool, ToolFeature, ToolName
from directory.tool_names import write_names
from reports.models import Comment, Report, Warning
from tests.prepared import TODAY

pytestmark = pytest.mark.django_db

EVERYTHING = (Tool, Feature, Tactic, Marketplace, Source, ToolFeature, ToolName, Warning, Comment, Report)


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in EVERYTHING}


def load_quietly(folder: Path) -> Any:
    return load(folder, today=TODAY, progress=lambda *_: None)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_it_loads_every_file() -> None:
    files = {section: len(list((settings.CATALOGUE_DIR / section).glob("*.yaml"))) for section in
             ("tools", "features", "tactics", "marketplaces", "warnings")}  # fmt: skip
    assert files == {
        "tools": Tool.objects.count(),
        "features": Feature.objects.count(),
        "tactics": Tactic.objects.count(),
        "marketplaces": Marketplace.objects.count(),
        "warnings": Warning.objects.count(),
    }


def test_it_is_idempotent(catalogue: Path) -> None:
    before = counts()
    outcome = load_quietly(catalogue)
    assert (outcome.added, outcome.updated, outcome.unchanged) == (
        0,
        0,
        CatalogueEntry.objects.exclude(section="sources").count(),
    )
    assert counts() == before


def test_it_says_what_it_did(catalogue: Path) -> None:
    change(catalogue / "tools/dingtalk.yaml", "summary: A workplace platform", "summary: A changed platform")
    out = StringIO()
    call_command("load_catalogue", str(catalogue), stdout=out)
    assert "0 added, 1 updated, 173 unchanged" in out.getvalue()
    assert Tool.objects.get(slug="dingtalk").summary.startswith("A changed platform")


def test_it_remembers_each_load(catalogue: Path) -> None:
    load_quietly(catalogue)
    last = Entry.objects.latest("seq")
    assert (last.verb, last.after["unchanged"]) == ("catalogue.load", 174)


def test_it_knows_whether_these_files_are_loaded(catalogue: Path) -> None:
    load_quietly(catalogue)
    assert is_loaded(catalogue)
    (catalogue / "tools/signal.yaml").unlink()
    assert not is_loaded(catalogue)


def test_it_keeps_local_edits_and_takes_the_rest(catalogue: Path) -> None:
    Tool.objects.filter(slug="dingtalk").update(summary="Edited here.")
    change(catalogue / "tools/dingtalk.yaml", "summary: A workplace platform", "summary: A changed platform")
    change(
        catalogue / "tools/dingtalk.yaml",
        "website: https://www.dingtalk.com",
        "website: https://www.dingtalk.example",
    )
    out = StringIO()
    call_command("load_catalogue", str(catalogue), stdout=out)
    tool = Tool.objects.get(slug="dingtalk")
    assert (tool.summary, tool.website) == ("Edited here.", "https://www.dingtalk.example")
    assert "kept as edited here: tools/dingtalk" in out.getvalue()


def test_it_keeps_a_fact_that_was_edited_and_changes_another(catalogue: Path) -> None:
    facts = ToolFeature.objects.filter(tool__slug="dingtalk")
    facts.filter(feature__slug="message-recall").update(detail="Checked here.")
    change(
        catalogue / "tools/dingtalk.yaml", "  detail: A secret chat mode deletes", "  detail: A changed mode deletes"
    )
    kept = facts.get(feature__slug="message-recall").pk
    load_quietly(catalogue)
    assert facts.get(pk=kept).detail == "Checked here."
    assert facts.get(feature__slug="disappearing-messages").detail.startswith("A changed mode")


def test_an_edited_entry_stays_edited_at_the_next_load(catalogue: Path) -> None:
    Tool.objects.filter(slug="dingtalk").update(summary="Edited here.")
    load_quietly(catalogue)
    load_quietly(catalogue)
    assert Tool.objects.get(slug="dingtalk").summary == "Edited here."


def test_a_tool_that_people_added_first_gets_the_rest_from_its_file(catalogue: Path) -> None:
    botim = Tool.objects.get(slug="botim")
    facts = botim.facts.count()
    botim.delete()
    CatalogueEntry.objects.filter(section="tools", slug="botim").delete()
    ours = Tool.objects.create(slug="botim", name="BOTIM", kind="voip", summary="Added here.")
    write_names(ours, [{"name": "BOTIM", "kind": "official"}, {"name": "Botty", "kind": "alias"}])
    load_quietly(catalogue)
    ours.refresh_from_db()
    assert (ours.summary, ours.website) == ("Added here.", "https://botim.me")
    assert ours.facts.count() == facts > 0
    assert {"BOTIM", "Botty", "بوتيم"} <= set(ours.names.values_list("text", flat=True))


def test_an_entry_that_left_the_files_stays(catalogue: Path) -> None:
    (catalogue / "tactics/scope-creep.yaml").unlink()
    load_quietly(catalogue)
    assert Tactic.objects.filter(slug="scope-creep").exists()


def test_a_renamed_tool_keeps_one_official_name(catalogue: Path) -> None:
    change(catalogue / "tools/dingtalk.yaml", "name: DingTalk\n", "name: DingDing\n")
    load_quietly(catalogue)
    assert [n.text for n in ToolName.objects.filter(tool__slug="dingtalk", kind="official")] == ["DingDing"]


def test_a_retitled_source_is_updated(catalogue: Path) -> None:
    before = Source.objects.count()
    for path in catalogue.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("title: Accept window", "title: The accept window")
        path.write_text(text, encoding="utf-8")
    load_quietly(catalogue)
    assert Source.objects.get(url="https://support.anydesk.com/knowledge/accept-window").title == "The accept window"
    assert Source.objects.count() == before


def test_a_fact_can_say_that_a_tool_does_not_have_a_feature(catalogue: Path) -> None:
    before = Tool.objects.get(slug="signal").coverage
    change(
        catalogue / "tools/signal.yaml",
        "\nfeatures:\n",
        "\nfeatures:\n- feature: server-side-content-scanning\n  present: false\n  detail: Messages are encrypted end to end.\n"
        "  sources:\n  - url: https://signal.org/docs/\n    title: Specifications\n    publisher: Signal\n    confirmed: true\n",
    )
    load_quietly(catalogue)
    assert Tool.objects.get(slug="signal").coverage > before


def test_it_loads_a_catalogue_without_a_day_of_its_own_only_once(catalogue: Path) -> None:
    (catalogue / "catalogue.yaml").unlink()
    assert load_quietly(catalogue).updated == 0


Breaker = Callable[[Path], object]

BAD_CATALOGUES: dict[str, tuple[Breaker, str]] = {
    "unknown feature": (
        lambda c: change(c / "tools/signal.yaml", "- feature: ", "- feature: no-such-"),
        r"tools/signal\.yaml: entry signal, field features\[0\]\.feature: there is no feature 'no-such-",
    ),
    "unknown alternative": (
        lambda c: change(c / "tools/dingtalk.yaml", "- element\n", "- elementary\n"),
        r"tools/dingtalk\.yaml: entry dingtalk, field alternatives\[0\]: there is no tool 'elementary'",
    ),
    "duplicate slug": (
        lambda c: shutil.copy(c / "tools/signal.yaml", c / "tools/signal-2.yaml"),
        r"tools/signal\.yaml: entry signal, field slug: 'signal' is already the slug of tools/signal-2\.yaml",
    ),
    "slug is not the file's name": (
        lambda c: (c / "tools/signal.yaml").rename(c / "tools/sgnl.yaml"),
        r"tools/sgnl\.yaml: entry signal, field slug: 'signal' is not the file's name 'sgnl'",
    ),
    "bad URL": (
        lambda c: change(c / "tools/signal.yaml", "website: https://", "website: javascript:"),
        r"tools/signal\.yaml: entry signal, field website: .*does not begin with http",
    ),
    "bad source URL": (
        lambda c: change(c / "tactics/scope-creep.yaml", "- url: https://", "- url: htp://"),
        r"tactics/scope-creep\.yaml: entry scope-creep, field sources\[0\]\.url: ",
    ),
    "bad enum": (
        lambda c: change(c / "tools/signal.yaml", "control: ", "control: some"),
        r"tools/signal\.yaml: entry signal, field features\[0\]\.control: input should be 'always-on'",
    ),
    "unquoted yes": (
        lambda c: change(c / "tools/dingtalk.yaml", "can_disable: 'no'", "can_disable: no"),
        r"tools/dingtalk\.yaml: entry dingtalk, field features\[2\]\.can_disable: is yes or no without quotes",
    ),
    "missing field": (
        lambda c: change(c / "features/read-receipts.yaml", "harm: ", "hram: "),
        r"features/read-receipts\.yaml: entry read-receipts, field harm: is missing",
    ),
    "unknown field": (
        lambda c: change(c / "features/read-receipts.yaml", "harm: ", "hram: "),
        r"features/read-receipts\.yaml: entry read-receipts, field hram: is not a field of this kind of entry",
    ),
    "bad YAML": (
        lambda c: (c / "tools/signal.yaml").write_text("slug: [signal\nname: x"),
        r"tools/signal\.yaml: is not valid YAML: .* line \d",
    ),
    "key given twice": (
        lambda c: change(c / "tools/signal.yaml", "kind: ", "slug: signal\nkind: "),
        r"tools/signal\.yaml: is not valid YAML: 'slug' is given twice, line \d",
    ),
    "wrong encoding": (
        lambda c: (c / "tools/signal.yaml").write_bytes("slug: signal\nname: Sïgnal".encode("latin-1")),
        r"tools/signal\.yaml: is not UTF-8 text \(byte 20\)",
    ),
    "UTF-16": (
        lambda c: (c / "tools/signal.yaml").write_bytes("slug: signal".encode("utf-16")),
        r"tools/signal\.yaml: is not UTF-8 text",
    ),
    "an empty file": (
        lambda c: (c / "tools/signal.yaml").write_text(""),
        r"tools/signal\.yaml: is not a mapping",
    ),
    "a list": (lambda c: (c / "tools/signal.yaml").write_text("- a\n- b\n"), r"tools/signal\.yaml: is not a mapping"),
    "billion laughs": (
        lambda c: (c / "tools/signal.yaml").write_text("a: &a [x, x]\nb: [*a, *a]\n"),
        r"tools/signal\.yaml: uses an anchor or alias",
    ),
    "deep nesting": (
        lambda c: (c / "tools/signal.yaml").write_text("a: " + "[" * 5_000 + "]" * 5_000),
        r"tools/signal\.yaml: is nested deeper than 20 levels",
    ),
    "a huge file": (
        lambda c: (c / "tools/signal.yaml").write_text("a: " + "x" * 1_000_001),
        r"tools/signal\.yaml: is larger than 1,000,000 bytes",
    ),
    "another kind of file": (
        lambda c: (c / "tools/signal.yaml").rename(c / "tools/signal.yml"),
        r"tools/signal\.yml: is not a \.yaml file",
    ),
    "a mistyped folder": (
        lambda c: (c / "tools").rename(c / "tols"),
        r"tols: belongs to none of the folders features, tactics, marketplaces, tools, warnings",
    ),
    "an entry beside the folders": (
        lambda c: (c / "tools/signal.yaml").rename(c / "signal.yaml"),
        r"signal\.yaml: belongs to none of the folders",
    ),
    "severity out of range": (
        lambda c: change(c / "features/read-receipts.yaml", "severity: 2", "severity: 6"),
        r"features/read-receipts\.yaml: entry read-receipts, field severity: input should be less than or equal to 5",
    ),
    "severity in words": (
        lambda c: change(c / "features/read-receipts.yaml", "severity: 2", "severity: high"),
        r"features/read-receipts\.yaml: entry read-receipts, field severity: input should be a valid integer",
    ),
    "a fact without a source": (
        lambda c: change(c / "tools/zoom.yaml", "  sources:\n", "  sources: []\n  xsources:\n"),
        r"tools/zoom\.yaml: entry zoom, field features\[0\]\.sources: needs at least 1 entry",
    ),
    "a fact twice": (
        lambda c: change(c / "tools/dingtalk.yaml", "- feature: urgent-repeat", "- feature: escalating-alerts"),
        r"tools/dingtalk\.yaml: entry dingtalk: .*stands there twice",
    ),
    "a rule twice": (
        lambda c: change(c / "marketplaces/fiverr.yaml", "- topic: off-platform-payment", "- topic: off-platform-contact"),
        r"marketplaces/fiverr\.yaml: entry fiverr: .*stands there twice",
    ),
    "a present fact without control": (
        lambda c: change(c / "tools/dingtalk.yaml", "  control: other-party\n", ""),
        r"tools/dingtalk\.yaml: entry dingtalk, field features\[0\]: 'control' and 'can_disable' are missing",
    ),
    "another marketplace's domain": (
        lambda c: change(c / "marketplaces/upwork.yaml", "- upwork.com", "- fiverr.com"),
        r"marketplaces/upwork\.yaml: entry upwork, field domains\[0\]: fiverr\.com is the domain of fiverr already",
    ),
    "a bad domain": (
        lambda c: change(c / "tools/dingtalk.yaml", "- dingtalk.com\n", "- dingtalk\n"),
        r"tools/dingtalk\.yaml: entry dingtalk, field domains\[0\]: 'dingtalk' is not a domain name",
    ),
    "control characters": (
        lambda c: change(c / "tools/dingtalk.yaml", "summary: A workplace", 'status_note: ""\nsummary: "A\\x07"\nx: A'),
        r"tools/dingtalk\.yaml: ",
    ),
    "an impossible date": (
        lambda c: (c / "catalogue.yaml").write_text("compiled_on: 2026-02-31\n"),
        r"catalogue\.yaml: ",
    ),
    "a warning about an unknown tool": (
        lambda c: change(next((c / "warnings").iterdir()), "tool: dingtalk", "tool: dingdong"),
        r"warnings/stay-away.*field tool: there is no tool 'dingdong'",
    ),
    "a warning that cannot be rendered": (
        lambda c: change(next((c / "warnings").iterdir()), "body_markdown: |\n", "body_markdown: |\n  " + "[" * 60 + "\n"),
        r"warnings/stay-away.*field body_markdown: The text has 60 square brackets open at once",
    ),
    "a vendor in two countries": (
        lambda c: change(c / "tools/google-meet.yaml", "vendor_country: US", "vendor_country: FR"),
        r"tools/google-.*field vendor_country: Google is in .. in another file",
    ),
    "a reply that a filter holds back": (
        lambda c: change(c / "tactics/scope-creep.yaml", "reply_template: ", "reply_template: Nothing OUTSIDE  of this. "),
        r"field reply_template: holds 'outside of', which Fiverr's message filter holds back",
    ),
    "a feature replaced by nothing": (
        lambda c: change(c / "features/read-receipts.yaml", "severity: 2", "replaced_by: gone\nseverity: 2"),
        r"features/read-receipts\.yaml: entry read-receipts, field replaced_by: there is no other feature 'gone'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_CATALOGUES)
def test_it_refuses_a_bad_catalogue_whole(name: str, catalogue: Path) -> None:
    break_it, message = BAD_CATALOGUES[name]
    break_it(catalogue)
    change(catalogue / "tactics/scope-creep.yaml", "summary: ", "summary: Changed. ")
    before = counts()
    with pytest.raises(CommandError, match=message) as refusal:
        call_command("load_catalogue", str(catalogue))
    *problems, last = str(refusal.value).splitlines()
    assert re.findall(r"\d+", last) == [str(len(problems))]
    assert counts() == before
    assert not Tactic.objects.filter(summary__startswith="Changed.").exists()


def test_it_lists_every_problem_at_once(catalogue: Path) -> None:
    for name in ("unknown feature", "bad source URL", "missing field"):
        BAD_CATALOGUES[name][0](catalogue)
    with pytest.raises(CatalogueError) as refusal:
        load_quietly(catalogue)
    assert {problem.file for problem in refusal.value.problems} == {
        "tools/signal.yaml", "tactics/scope-creep.yaml", "features/read-receipts.yaml"}  # fmt: skip


def test_a_broken_file_does_not_make_those_that_refer_to_it_look_wrong(catalogue: Path) -> None:
    (catalogue / "features/screen-capture.yaml").write_text("{")
    with pytest.raises(CatalogueError) as refusal:
        load_quietly(catalogue)
    assert [problem.file for problem in refusal.value.problems] == ["features/screen-capture.yaml"]


def test_it_refuses_a_folder_that_is_not_there_or_holds_no_catalogue(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(CommandError, match=f"^{re.escape(str(folder))}: "):
            call_command("load_catalogue", str(folder))


def test_a_failure_in_the_middle_leaves_nothing_behind(catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = counts()
    change(catalogue / "tools/whatsapp.yaml", "summary: ", "summary: Changed. ")

    def fail(**kwargs: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("directory.actions.assessments.refresh_assessments", fail)
    with pytest.raises(RuntimeError):
        load_quietly(catalogue)
    assert counts() == before
    assert not Tool.objects.filter(summary__startswith="Changed.").exists()

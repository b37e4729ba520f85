"""Editing tools, facts, tactics and rules: with a source, merged, graded anew, found at once, kept by the loader."""

import html
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from directory.actions import edits
from directory.catalogue.loader import load
from directory.choices import RevisionState
from directory.entries import find
from directory.entry_text import LABELS
from directory.models import (
    Connection,
    EntryRevision,
    Feature,
    Marketplace,
    Source,
    Tactic,
    Tool,
    ToolFeature,
    Vendor,
)
from directory.policies import access
from directory.write_entry import SourceMissingError
from search.kinds import Kind
from search.models import IndexedDocument
from tests.directory.edits.conftest import browser_of, filled
from tests.factories import FactFactory, ToolFactory
from tests.pages_under_test import acts, codes, elements, part, refuses
from tests.prepared import TODAY

pytestmark = pytest.mark.django_db

FORMS = {
    "tool": "/tools/dingtalk/edit/",
    "fact": "/tools/dingtalk/facts/escalating-alerts/edit/",
    "tactic": "/tactics/off-platform-contact/edit/",
    "rule": "/marketplaces/fiverr/rules/off-platform-contact/edit/",
}


def address(fact: ToolFeature) -> str:
    return f"/tools/{fact.tool.slug}/facts/{fact.feature.slug}/edit/"


def test_a_fact_is_changed_and_grade_and_index_follow(tess: User, fact: ToolFeature) -> None:
    client = browser_of(tess)
    indexed = IndexedDocument.objects.get(kind=Kind.FACT, key=fact.pk).digest
    answer = client.post(
        address(fact), filled(client, address(fact), control="user", can_disable="yes", detail="Quibblefrotz it is.")
    )
    assert answer.status_code == 302
    fact.refresh_from_db()
    assert (fact.control, fact.can_disable, fact.reviewed) == ("user", "yes", True)
    tool = Tool.objects.get(pk=fact.tool.pk)
    assert tool.risk == 1.7
    edit = EntryRevision.objects.get()
    assert (edit.kind, edit.key, edit.number, edit.author) == ("fact", f"madechat/{fact.feature.slug}", 1, tess)
    assert (edit.before["control"], edit.after["control"]) == ("other-party", "user")
    assert Entry.objects.by("Tess").filter(verb="directory.edit").count() == 1
    assert IndexedDocument.objects.get(kind=Kind.FACT, key=fact.pk).digest != indexed


def compared(page: str) -> list[str]:
    """The numbers of the versions that a page compares."""
    return [number for one in elements(page, "h2", id="compared") for number in re.findall(r"\d+", one.text)]


@pytest.mark.parametrize("kind", FORMS)
def test_each_kind_is_edited_and_restored(kind: str, tess: User, visitor: Client) -> None:
    client, at = browser_of(tess), FORMS[kind]
    field = {"tool": "summary", "fact": "detail", "tactic": "summary", "rule": "rule"}[kind]
    form = filled(client, at)
    before = form[field]
    # What the catalogue cites has no passages yet, so saying one is part of the first edit.
    assert client.post(at, form | {field: f"{before} And more."}).status_code == 302
    edit = EntryRevision.objects.get()
    assert edit.after[field] == f"{before} And more."
    assert {name for name in edit.after if edit.after[name] != edit.before[name]} <= {field, "sources"}
    page = visitor.get(f"/directory-edits/{edit.pk}/").content.decode()
    assert "And more.<span" in page
    client.post(at, filled(client, at, **{field: "Quibblefrotz."}))
    assert client.post(f"/directory-edits/{edit.pk}/restore/").status_code == 302
    assert client.post(f"/directory-edits/{edit.pk}/restore/").status_code == 302
    rows = list(EntryRevision.objects.order_by("number"))
    assert [row.number for row in rows] == [1, 2, 3]
    assert rows[2].after == edit.after
    history = at.replace("edit/", "history/")
    html = visitor.get(f"{history}?from=0&to=2").content.decode()
    assert compared(html) == ["0", "2"]
    assert "Quibblefrotz" in html
    assert visitor.get(f"{history}?from=0&to=9").status_code == 404
    assert compared(visitor.get(f"{history}?from=x&to=1").content.decode()) == []


@pytest.mark.parametrize("kind", FORMS)
def test_opening_and_sending_changes_nothing(kind: str, tess: User) -> None:
    client = browser_of(tess)
    form = filled(client, FORMS[kind])
    if kind != "tool":
        client.post(FORMS[kind], form)
        form = filled(client, FORMS[kind])
    answer = client.post(FORMS[kind], form)
    assert codes(answer.context["form"]) == {"__all__": ["nothing-changed"]}
    assert answer.context["form"].non_field_errors()[0] in answer.content.decode()


def test_a_new_fact_and_a_new_rule_come_in(tess: User, tool: Tool) -> None:
    client = browser_of(tess)
    at = f"/tools/{tool.slug}/facts/read-receipts/edit/"
    form = filled(
        client,
        at,
        present="yes",
        control="always-on",
        can_disable="no",
        detail="All see it.",
        passage="Always.",
    )
    assert client.post(at, form).status_code == 302
    row = ToolFeature.objects.get(tool=tool)
    assert (row.feature.slug, row.reviewed, row.citations.get().passage) == ("read-receipts", True, "Always.")
    assert Source.objects.get(url="https://vendor.example/help").publisher == "vendor.example"
    topic = next(
        t
        for t in ("outside-files", "reviews", "account-sharing")
        if not Marketplace.objects.get(slug="toptal").rules.filter(topic=t)
    )
    at = f"/marketplaces/toptal/rules/{topic}/edit/"
    assert client.post(at, filled(client, at, rule="Do not.")).status_code == 302
    assert Marketplace.objects.get(slug="toptal").rules.get(topic=topic).reviewed


def test_absence_needs_no_control(tess: User, fact: ToolFeature) -> None:
    client = browser_of(tess)
    assert client.post(address(fact), filled(client, address(fact), present="yes", control="")).status_code == 422
    assert client.post(address(fact), filled(client, address(fact), present="no")).status_code == 302
    fact.refresh_from_db()
    assert (fact.present, fact.control, fact.can_disable) == (False, "", "")


@pytest.mark.parametrize(
    "missing",
    [
        {"sources-0-url": "", "sources-0-title": "", "sources-0-passage": ""},
        {"sources-0-passage": ""},
        {"sources-0-title": ""},
        {"sources-0-url": "nowhere at all"},
        {"sources-0-url": ""},
        {"checked_on": ""},
        {"checked_on": (timezone.localdate() + timedelta(days=2)).isoformat()},
        {"sources-TOTAL_FORMS": "x"},
        {"comment": ""},
        {"base": "forged"},
    ],
)
def test_without_a_source_nothing_is_stored(missing: dict[str, str], tess: User, fact: ToolFeature) -> None:
    client = browser_of(tess)
    answer = client.post(address(fact), filled(client, address(fact), detail="Other") | missing)
    assert answer.status_code == 422
    assert re.search(r">\s*Other</textarea>|value=\"Other\"", answer.content.decode())
    fact.refresh_from_db()
    assert fact.detail == "They can."


@pytest.mark.parametrize(
    "change",
    [
        {"sources": []},
        {"sources": [{"url": "https://a.example/", "title": "A", "passage": ""}]},
        {"sources": [{"url": "https://a.example/", "title": "", "passage": "x"}]},
        {"sources": [{"url": "javascript:alert(1)", "title": "A", "passage": "x"}]},
        {"checked_on": None},
        {"checked_on": "2999-01-01"},
    ],
)
def test_the_action_refuses_it_too(change: dict[str, Any], tess: User, fact: ToolFeature) -> None:
    entry = find("fact", f"madechat/{fact.feature.slug}")
    assert entry
    full = {
        "sources": [{"url": "https://a.example/", "title": "A", "passage": "x"}],
        "checked_on": "2026-11-20",
        "detail": "New",
    }
    with pytest.raises(SourceMissingError):
        edits.edit(
            actor=tess,
            entry=entry,
            base=entry.content,
            content=entry.content | full | change,
            comment="x",
            today=TODAY,
        )


def test_others_suggest_and_somebody_trusted_decides(heron: User, tess: User, fact: ToolFeature) -> None:
    client = browser_of(heron)
    for detail in ("First", "Second", "Third"):
        assert client.post(address(fact), filled(client, address(fact), detail=detail)).status_code == 302
    fact.refresh_from_db()
    assert fact.detail == "They can."
    first, second, third = EntryRevision.objects.waiting()
    at = f"/directory-edits/{first.pk}/"
    assert Client().get(at).status_code == 404
    assert browser_of(User.objects.create_user("Charlie")).get(at).status_code == 404
    assert "accept" not in acts(client.get(at))
    assert client.post(at, {"act": "accept", "seen": "x"}).status_code == 409
    trusted = browser_of(tess)
    assert at in trusted.get("/accounts/edits/").content.decode()
    page = trusted.get(at)
    assert trusted.post(at, {"act": "accept", "seen": "old"}).status_code == 409
    assert trusted.post(at, {"act": "accept", "seen": page.context["entry"].digest}).status_code == 302
    fact.refresh_from_db()
    assert fact.detail == "First"
    assert trusted.post(at, {"act": "accept", "seen": trusted.get(at).context["entry"].digest}).status_code == 409
    # The second was made on what the first changed.
    at = f"/directory-edits/{second.pk}/"
    page = trusted.get(at)
    assert LABELS["fact"]["detail"].lower() in part(page, "overlaps")
    assert trusted.post(at, {"act": "accept", "seen": page.context["entry"].digest}).status_code == 409
    assert trusted.post(at, {"act": "decline", "reason": " "}).status_code == 422
    assert trusted.post(at, {"act": "decline", "reason": "Not so."}).status_code == 302
    assert "Not so." in client.get(at).content.decode()
    at = f"/directory-edits/{third.pk}/"
    assert trusted.post(at, {"act": "withdraw"}).status_code == 409
    assert client.post(at, {"act": "withdraw"}).status_code == 302
    assert (
        Client()
        .post(f"/directory-edits/{first.pk}/", {"act": "accept"})
        .headers["Location"]
        .startswith("/accounts/login/")
    )
    assert set(Entry.objects.filter(verb__startswith="directory.").values_list("verb", flat=True)) == {
        "directory.accept-edit",
        "directory.decline-edit",
    }


def test_edits_of_different_fields_are_merged_and_of_the_same_come_back(
    tess: User, theo: User, fact: ToolFeature
) -> None:
    hers, his = browser_of(tess), browser_of(theo)
    her_form = filled(hers, address(fact), detail="Hers")
    his_form = filled(his, address(fact), region="EU")
    late = filled(his, address(fact), detail="His", plan="Pro")
    assert hers.post(address(fact), her_form).status_code == 302
    assert hers.post(address(fact), her_form).status_code == 302
    assert his.post(address(fact), his_form).status_code == 302
    fact.refresh_from_db()
    assert (fact.detail, fact.region) == ("Hers", "EU")
    assert EntryRevision.objects.count() == 2
    answer = his.post(address(fact), late)
    assert answer.status_code == 409
    assert elements(answer, "h2", id="overlaps")
    initial = answer.context["form"].initial
    assert (initial["detail"], initial["plan"], initial["region"]) == ("His", "Pro", "EU")


def test_of_several_facts_on_a_feature_the_right_one_is_edited(
    tess: User, fact: ToolFeature, visitor: Client
) -> None:
    other = FactFactory(tool=fact.tool, feature=fact.feature, platform="iOS", detail="On phones.")
    assert "?scope=iOS|||" in visitor.get("/tools/madechat/").content.decode()
    client = browser_of(tess)
    form = filled(client, f"{address(fact)}?scope=iOS|||", detail="On phones only.")
    assert form["platform"] == "iOS"
    client.post(f"{address(fact)}?scope=iOS|||", form)
    other.refresh_from_db()
    fact.refresh_from_db()
    assert (other.detail, fact.detail) == ("On phones only.", "They can.")
    taken = client.post(address(fact), filled(client, address(fact), platform="iOS"))
    assert codes(taken.context["form"]) == {"__all__": ["fact-taken"]}
    assert taken.context["form"].non_field_errors()[0] in taken.content.decode()


def test_a_declared_connection_waits_for_somebody_else(tess: User, theo: User, tool: Tool) -> None:
    vendor = Vendor.objects.create(name="Madevendor")
    Tool.objects.filter(pk=tool.pk).update(vendor=vendor)
    Connection.objects.create(user=tess, tool=ToolFactory(name="Sibling", vendor=vendor), words="A job")
    client, at = browser_of(tess), f"/tools/{tool.slug}/edit/"
    client.post(at, filled(client, at, summary="A fine tool."))
    edit = EntryRevision.objects.get()
    assert (edit.state, edit.connection) == (RevisionState.SUGGESTED, "Sibling: A job")
    page = browser_of(theo).get(f"/directory-edits/{edit.pk}/")
    assert part(page, "connection").endswith(": Sibling: A job")
    EntryRevision.objects.filter(pk=edit.pk).update(author=None)
    answer = client.post(f"/directory-edits/{edit.pk}/", {"act": "decline", "reason": "x"})
    assert answer.context["problem"].code == "connected"
    assert answer.context["problem"] in answer.content.decode()
    assert browser_of(theo).post(f"/directory-edits/{edit.pk}/", {"act": "decline", "reason": "x"}).status_code == 302


def test_a_reply_that_a_filter_holds_back_is_told(tess: User) -> None:
    word = Marketplace.objects.get(slug="fiverr").trigger_words[0]
    client, at = browser_of(tess), FORMS["tactic"]
    answer = client.post(at, filled(client, at, reply=f"No {word} please."))
    assert codes(answer.context["form"]) == {"reply": ["held-back"]}
    assert html.escape(answer.context["form"].errors["reply"][0]) in answer.content.decode()
    assert client.post(at, filled(client, at, reply="No, thank you.")).status_code == 302
    assert Tactic.objects.get(slug="off-platform-contact").replies.get(marketplace=None).text == "No, thank you."


@pytest.mark.parametrize("at", ["/tools/nothing/edit/", "/tools/dingtalk/facts/nothing/edit/", "/tactics/nothing/history/",
                                "/marketplaces/fiverr/rules/nothing/history/", "/marketplaces/nothing/rules/reviews/edit/"])  # fmt: skip
def test_what_is_not_there_is_told(at: str, tess: User) -> None:
    assert browser_of(tess).get(at).status_code == 404


def test_a_suspended_person_reads_only(tess: User, fact: ToolFeature) -> None:
    User.objects.filter(pk=tess.pk).update(suspended_until=timezone.now() + timedelta(days=1))
    assert elements(browser_of(tess).get(address(fact)), "aside", class_="announcement")
    refused = browser_of(tess).post(address(fact))
    assert (refused.status_code, refused.context["suspended"].code) == (403, "suspended")
    assert refused.context["suspended"] in refused.content.decode()


def test_the_loader_keeps_what_people_edited(tess: User, tmp_path: Path) -> None:
    # It takes seconds: the whole catalogue is loaded again.
    client = browser_of(tess)
    for kind, field in (("tool", "summary"), ("fact", "detail"), ("tactic", "summary"), ("rule", "rule")):
        client.post(FORMS[kind], filled(client, FORMS[kind], **{field: f"Edited {kind}."}))
    outcome = load(settings.CATALOGUE_DIR, today=TODAY, progress=lambda *_: None)
    assert {"tools/dingtalk", "tactics/off-platform-contact", "marketplaces/fiverr"} <= set(outcome.kept_local)
    assert Tool.objects.get(slug="dingtalk").summary == "Edited tool."
    assert ToolFeature.objects.get(tool__slug="dingtalk", feature__slug="escalating-alerts").detail == "Edited fact."
    assert Tactic.objects.get(slug="off-platform-contact").summary == "Edited tactic."
    assert Marketplace.objects.get(slug="fiverr").rules.get(topic="off-platform-contact").rule == "Edited rule."


def test_a_source_that_nobody_opened_stays_so_until_somebody_does(tess: User, tool: Tool) -> None:
    fact = FactFactory(tool=tool, reviewed=False)
    fact.citations.update(confirmed=False, passage="It says so.")
    client = browser_of(tess)
    client.post(address(fact), filled(client, address(fact), detail="Better said."))
    fact.refresh_from_db()
    assert (fact.detail, fact.reviewed) == ("Better said.", False)
    client.post(address(fact), filled(client, address(fact), checked_on="2026-11-22"))
    fact.refresh_from_db()
    assert (fact.reviewed, fact.checked_on.isoformat()) == (True, "2026-11-22")


def test_too_many_edits_wait(tess: User, fact: ToolFeature) -> None:
    client = browser_of(tess)
    form = filled(client, address(fact), passage="Other")
    for _ in range(60):
        client.post(address(fact), form)
    answer = client.post(address(fact), form)
    assert answer.status_code == 429


def test_a_feature_of_the_catalogue_is_what_a_fact_is_about(tess: User) -> None:
    html = browser_of(tess).get(FORMS["fact"]).content.decode()
    assert Feature.objects.get(slug="escalating-alerts").summary[:30] in html


def test_what_goes_meanwhile_is_told(tess: User, tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    client, at = browser_of(tess), f"/tools/{tool.slug}/edit/"
    entry, form = find("tool", tool.slug), filled(client, at, summary="Other")
    tool.delete()
    monkeypatch.setattr(access, "get_entry", lambda *_: entry)
    answer = client.post(at, form)
    assert codes(answer.context["form"]) == {"__all__": ["gone"]}
    assert answer.context["form"].non_field_errors()[0] in answer.content.decode()


def test_an_edit_of_something_that_is_gone_has_no_page(tess: User, tool: Tool, visitor: Client) -> None:
    client, at = browser_of(tess), f"/tools/{tool.slug}/edit/"
    client.post(at, filled(client, at, summary="Other"))
    tool.delete()
    assert visitor.get(f"/directory-edits/{EntryRevision.objects.get().pk}/").status_code == 404


def test_lists_have_an_end(tess: User) -> None:
    client = browser_of(tess)
    answer = client.post(FORMS["tool"], filled(client, FORMS["tool"], safer_use="a\n" * 41, website="javascript:x"))
    assert set(answer.context["form"].errors) == {"safer_use", "website"}


def test_decisions_are_for_the_trusted(heron: User, tool: Tool) -> None:
    client, at = browser_of(heron), f"/tools/{tool.slug}/edit/"
    client.post(at, filled(client, at, summary="Other"))
    edit = EntryRevision.objects.get()
    with refuses(edits.EditNotAllowedError, "level"):
        edits.decline(actor=User.objects.create_user("Charlie"), revision=edit, reason="x")

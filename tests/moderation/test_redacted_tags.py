"""Removed passages go from tags as well: names, pages, feeds, lists, versions; undoing brings the tags back."""

import pytest
from django.test import Client

from accounts.models import User
from moderation.actions.decisions import decide, undo
from moderation.choices import Act
from moderation.decisions.input import DecisionInput
from moderation.models import Decision
from reports.actions.revisions import edit
from reports.actions.tags import add_synonym
from reports.actions.warnings import save_first_version, set_tags
from reports.models import Tag, Warning
from reports.version_text import fields_now
from tests.factories import WarningFactory
from tests.moderation.making import flagged, reason
from tests.moderation.test_redaction import everywhere

pytestmark = pytest.mark.django_db
WORD = "xylophonezz"


@pytest.fixture
def tagged(warning: Warning, bob: User) -> Warning:
    """A warning with the word in tags only, in three spellings, now and in an earlier version."""
    warning.version = 1
    warning.save()
    set_tags(warning=warning, names=[f"{WORD}tag", f"Mr {WORD.upper()}", "payment"])
    save_first_version(warning=warning)
    fields = fields_now(warning) | {"summary": "It happened twice.", "tags": ["xylo phonezz", "payment"]}
    edit(actor=bob, warning=warning, fields=fields, based_on=1, comment="Another spelling")
    warning.refresh_from_db()
    return warning


def redact(warning: Warning, moderator: User, *passages: str) -> Decision:
    choice = DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=passages)
    return decide(actor=moderator, case=flagged(warning), choice=choice)


def names(warning: Warning) -> set[str]:
    return set(warning.tags.values_list("name", flat=True))


@pytest.mark.parametrize("passage", [WORD, "XYLOPHONEZZ", "Xylo Phonezz", "ｘｙｌｏｐｈｏｎｅｚｚ"])
def test_a_tag_that_holds_the_passage_is_nowhere(passage: str, tagged: Warning, mona: User, visitor: Client) -> None:
    pages = [
        tagged.get_absolute_url(),
        f"{tagged.get_absolute_url()}history/",
        "/tags/",
        "/warnings/",
        "/sitemap-warnings-1.xml",
        "/sitemap-tags-1.xml",
    ]
    redact(tagged, mona, passage)
    # SQLite's index writes words over only when it merges its parts; nobody finds anything by them.
    assert set(everywhere(WORD)) <= {"search_fulltext_data.block"}
    assert everywhere("xylo phonezz") == []
    assert names(tagged) == {"payment"}
    for page in (*pages, "/feeds/warnings.atom", "/feeds/warnings.json"):
        assert "xylo" not in visitor.get(page).content.decode().casefold(), page
    assert visitor.get("/tags/suggestions/?q=xylo").json()["suggestions"] == []
    assert visitor.get(f"/tags/{WORD}tag/").status_code == 404
    assert visitor.get(f"/feeds/tags/{WORD}tag.atom").status_code == 404


def test_undoing_brings_tags_and_versions_back(tagged: Warning, mona: User, visitor: Client) -> None:
    before = names(tagged), [revision.links["tags"] for revision in tagged.revisions.order_by("pk")]
    decision = redact(tagged, mona, WORD)
    assert names(tagged) != before[0]
    undo(actor=mona, decision=decision, note="It is the name of a company.")
    assert names(tagged) == before[0]
    assert [revision.links["tags"] for revision in tagged.revisions.order_by("pk")][: len(before[1])] == before[1]
    for tag in tagged.tags.all():
        assert visitor.get(f"/tags/{tag.slug}/").status_code == 200


def test_the_tags_of_other_warnings_stay_theirs(tagged: Warning, mona: User) -> None:
    other = WarningFactory()
    set_tags(warning=tagged, names=[WORD, "payment"])
    set_tags(warning=other, names=[WORD, "screen"])
    redact(tagged, mona, WORD)
    assert names(other) == {WORD, "screen"}
    assert names(tagged) == {"payment"}


def test_a_synonym_that_holds_the_passage_goes_and_comes_back(tagged: Warning, mona: User) -> None:
    tag = Tag.objects.get(name="payment")
    for name in ("Quillmarker's money", "pay"):
        add_synonym(actor=mona, tag=tag, name=name)
    decision = redact(tagged, mona, "Quillmarker")
    assert [synonym.name for synonym in tag.synonyms.all()] == ["pay"]
    undo(actor=mona, decision=decision, note="It is a bank.")
    assert {synonym.name for synonym in tag.synonyms.all()} == {"Quillmarker's money", "pay"}


@pytest.mark.parametrize("taken", ["tag", "synonym", "owner"])
def test_a_name_that_is_used_again_meanwhile_is_not_taken_back(taken: str, tagged: Warning, mona: User) -> None:
    tag, other = Tag.objects.get(name="payment"), WarningFactory()
    add_synonym(actor=mona, tag=tag, name="Quillmarker")
    decision = redact(tagged, mona, "Quillmarker")
    if taken == "tag":
        set_tags(warning=other, names=["Quillmarker"])
    elif taken == "synonym":
        set_tags(warning=other, names=["screen"])
        add_synonym(actor=mona, tag=Tag.objects.get(name="screen"), name="Quillmarker")
    else:
        set_tags(warning=tagged, names=[])
    undo(actor=mona, decision=decision, note="It is a bank.")
    assert not tag.synonyms.exists()


def test_a_passage_without_letters_removes_no_tag(tagged: Warning, mona: User) -> None:
    Warning.objects.filter(pk=tagged.pk).update(summary="He wrote ?! and left.")
    before = names(tagged)
    redact(tagged, mona, "?!")
    assert names(tagged) == before

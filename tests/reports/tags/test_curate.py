"""Renaming and describing tags, and what else they are called."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import User
from audit.models import Entry
from reports.actions import tags
from reports.actions.tags import TagActionError
from reports.models import Tag, TagMerge, TagSynonym, Warning
from tests.pages_under_test import refuses
from tests.reports.tags.conftest import tag, tagged, tags_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def nights() -> Warning:
    """A warning tagged “late nights”."""
    return tagged("late nights")


def test_a_renamed_tag_is_found_by_both_names(mona: User, nights: Warning, visitor: Client) -> None:
    renamed = tags.rename(actor=mona, tag=tag("late nights"), name="overtime")
    assert (renamed.name, renamed.slug, renamed.folded) == ("overtime", "overtime", "overtime")
    assert tags_of(nights) == {"overtime"}
    assert visitor.get("/tags/late-nights/")["Location"] == "/tags/overtime/"
    assert nights.title in visitor.get("/tags/overtime/").content.decode()
    assert nights.title in visitor.get("/search/?q=overtime").content.decode()
    assert tags_of(tagged("Late Nights")) == {"overtime"}
    entry = Entry.objects.get(verb="tag.rename")
    assert (entry.target, entry.before, entry.after) == ("late nights", {"name": "late nights"}, {"name": "overtime"})


def test_another_spelling_keeps_the_address_and_makes_no_synonym(mona: User, nights: Warning) -> None:
    renamed = tags.rename(actor=mona, tag=tag("late nights"), name="Late-Nights")
    assert (renamed.name, renamed.slug) == ("Late-Nights", "late-nights")
    assert not TagSynonym.objects.exists()


def test_a_tag_takes_a_synonym_of_its_own_as_its_name(mona: User, nights: Warning, visitor: Client) -> None:
    tags.rename(actor=mona, tag=tag("late nights"), name="overtime")
    back = tags.rename(actor=mona, tag=tag("overtime"), name="late nights")
    assert (back.slug, [synonym.slug for synonym in back.synonyms.all()]) == ("late-nights", ["overtime"])
    assert visitor.get("/tags/overtime/")["Location"] == "/tags/late-nights/"


def test_a_name_that_came_by_a_merge_is_final_once_it_is_the_name(mona: User, nights: Warning) -> None:
    tagged("overtime")
    tags.merge(actor=mona, tag=tag("late nights"), into=tag("overtime"))
    tags.rename(actor=mona, tag=tag("overtime"), name="late nights")
    assert not TagMerge.objects.exists()
    assert tags_of(nights) == {"late nights"}


def test_names_that_lead_elsewhere_are_refused(mona: User, nights: Warning) -> None:
    tagged("overtime")
    tags.add_synonym(actor=mona, tag=tag("overtime"), name="24/7")
    for name, code in [
        ("Overtime", "name-taken"),
        ("24 7", "synonym-taken"),
        ("late nights", "same-name"),
        ("!?", "no-letter"),
    ]:
        with refuses(TagActionError, code):
            tags.rename(actor=mona, tag=tag("late nights"), name=name)
    for name in ("Overtime", "24 7", "late-nights", "!?"):
        with pytest.raises(TagActionError):
            tags.add_synonym(actor=mona, tag=tag("late nights"), name=name)
    assert set(TagSynonym.objects.values_list("name", flat=True)) == {"24/7"}


def test_a_synonym_leads_to_the_tag_until_it_is_removed(mona: User, nights: Warning, visitor: Client) -> None:
    synonym = tags.add_synonym(actor=mona, tag=tag("late nights"), name="nightly")
    assert visitor.get("/tags/nightly/")["Location"] == "/tags/late-nights/"
    tags.remove_synonym(actor=mona, synonym=synonym)
    assert visitor.get("/tags/nightly/").status_code == 404
    with refuses(TagActionError, "synonym-gone"):
        tags.remove_synonym(actor=mona, synonym=synonym)
    entries = Entry.objects.filter(target="late nights").order_by("seq")
    assert [(entry.verb, entry.before, entry.after) for entry in entries] == [
        ("tag.add-synonym", {}, {"synonym": "nightly"}),
        ("tag.remove-synonym", {"synonym": "nightly"}, {}),
    ]


def test_without_its_name_a_merge_is_final(mona: User, nights: Warning) -> None:
    tagged("overtime")
    tags.merge(actor=mona, tag=tag("late nights"), into=tag("overtime"))
    tags.remove_synonym(actor=mona, synonym=TagSynonym.objects.get(name="late nights"))
    assert not TagMerge.objects.exists()
    assert tags_of(nights) == {"overtime"}
    assert tags_of(tagged("late nights")) == {"late nights"}


def test_a_description_is_shown_as_the_plain_text_that_it_is(mona: User, nights: Warning, visitor: Client) -> None:
    tags.describe(actor=mona, tag=tag("late nights"), description="At <b>night</b>.\nAnd at dawn.")
    html = visitor.get("/tags/late-nights/").content.decode()
    assert "At &lt;b&gt;night&lt;/b&gt;.<br>And at dawn." in html
    assert Entry.objects.get(verb="tag.describe").after == {"description": "At <b>night</b>.\nAnd at dawn."}


def test_only_moderators_do(bob: User, mona: User, nights: Warning) -> None:
    one = tag("late nights")
    synonym = tags.add_synonym(actor=mona, tag=one, name="nightly")
    for refused in (
        lambda: tags.rename(actor=bob, tag=one, name="x"),
        lambda: tags.describe(actor=bob, tag=one, description="x"),
        lambda: tags.add_synonym(actor=bob, tag=one, name="x"),
        lambda: tags.remove_synonym(actor=bob, synonym=synonym),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    assert Tag.objects.get(pk=one.pk).name == "late nights"
    assert Entry.objects.filter(verb__startswith="tag.").count() == 1

"""Tags as rows: variants become one, there are at most eight on a warning, and unused ones disappear."""

import unicodedata
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from common.text.folding import fold
from reports.actions import tags as tag_actions
from reports.actions.warnings import set_tags
from reports.models import Subscription, Tag, Warning
from reports.tag_names import MOST_TAGS, fold_tag
from reports.tag_rows import TooManyTagsError, tags_for
from tests.factories import TagFactory, WarningFactory
from tests.pages_under_test import codes
from tests.reports.conftest import signed_in
from tests.reports.tags.conftest import tag, tagged, tags_of
from tests.reports.tags.test_tag_names import some_names

pytestmark = pytest.mark.django_db


def spellings(name: str) -> list[str]:
    """One name as several people type it."""
    return [name, name.upper(), name.lower(), unicodedata.normalize("NFD", name), f" {name}!", "-".join(name)]


# Between hyphens, the signs of "C++" follow no letter.
@settings(max_examples=40)
@given(some_names.filter(lambda name: fold_tag(name) == fold(name)))
def test_variants_of_a_name_are_one_tag(name: str) -> None:
    assert len({one.pk for spelling in spellings(name) for one in tags_for([spelling])}) == 1
    assert len(tags_for(spellings(name))) == 1


@settings(max_examples=40)
@given(st.lists(some_names, max_size=MOST_TAGS))
def test_other_names_are_other_tags_with_other_slugs(names: list[str]) -> None:
    found = tags_for(names)
    assert [one.folded for one in found] == list(dict.fromkeys(fold_tag(name) for name in names))
    slugs = list(Tag.objects.values_list("slug", flat=True))
    assert len(set(slugs)) == len(slugs)


def test_slugs_that_would_be_the_same_are_told_apart() -> None:
    first, second = tags_for(["c++", "c plus plus"])
    assert (first.slug, second.slug) == ("c-plus-plus", "c-plus-plus-2")


def test_no_tag_takes_the_address_of_a_synonym(mona: User) -> None:
    tagged("late nights")
    tag_actions.rename(actor=mona, tag=tag("late nights"), name="overtime")
    tag_actions.add_synonym(actor=mona, tag=tag("overtime"), name="c++")
    [one] = tags_for(["c plus plus"])
    assert one.slug == "c-plus-plus-2"


def test_a_tag_called_suggestions_has_a_page_of_its_own(visitor: Client) -> None:
    warning = tagged("suggestions")
    assert tag("suggestions").slug == "suggestions-2"
    assert warning.title in visitor.get("/tags/suggestions-2/").content.decode()
    assert visitor.get("/tags/suggestions/").json()["suggestions"] == []


def test_a_warning_has_at_most_eight(warning: Warning) -> None:
    eight = [f"t{number}" for number in range(MOST_TAGS)]
    set_tags(warning=warning, names=[*eight, "T0", "t-1"])
    assert tags_of(warning) == set(eight)
    with pytest.raises(TooManyTagsError, match=r"\b8\b"):
        set_tags(warning=warning, names=[*eight, "one more"])
    assert tags_of(warning) == set(eight)
    assert not Tag.objects.filter(name="one more").exists()


def test_synonyms_of_one_tag_count_once(mona: User, warning: Warning) -> None:
    tagged("first")
    for name in ("second", "third"):
        tag_actions.add_synonym(actor=mona, tag=tag("first"), name=name)
    rest = [f"t{number}" for number in range(MOST_TAGS - 1)]
    set_tags(warning=warning, names=["second", "third", "first", *rest])
    assert tags_of(warning) == {"first", *rest}


def test_a_tag_that_nothing_has_any_more_is_gone_at_once(warning: Warning) -> None:
    other = tagged("kept")
    set_tags(warning=warning, names=["kept", "dropped"])
    set_tags(warning=warning, names=[])
    assert tags_of(other) == {"kept"}
    assert not Tag.objects.filter(name="dropped").exists()


def test_one_that_somebody_needs_stays(mona: User, bob: User, warning: Warning) -> None:
    set_tags(warning=warning, names=["watched", "described", "known otherwise", "nothing"])
    Subscription.objects.create(user=bob, tag=tag("watched"))
    tag_actions.describe(actor=mona, tag=tag("described"), description="For this and that.")
    tag_actions.add_synonym(actor=mona, tag=tag("known otherwise"), name="otherwise")
    set_tags(warning=warning, names=[])
    assert set(Tag.objects.filter(tagged_warnings=None).values_list("name", flat=True)) == {
        "watched",
        "described",
        "known otherwise",
    }


def test_tidying_takes_the_unused_ones_away(bob: User, capsys: pytest.CaptureFixture[str]) -> None:
    TagFactory(name="left over")
    Subscription.objects.create(user=bob, tag=TagFactory(name="watched"))
    tagged("in use")
    call_command("tidy")
    assert "tags: 1\n" in capsys.readouterr().out
    assert set(Tag.objects.filter(name__in=["left over", "watched", "in use"]).values_list("name", flat=True)) == {
        "watched",
        "in use",
    }


def form(warning: Warning, tags: str) -> dict[str, Any]:
    return {
        "title": warning.title, "summary": warning.summary, "body": "What happened there.", "tags": tags,
        "comment": "Tagged", "based_on": warning.version, "key": "6f1c3f0a-8f37-4f0e-9b1b-3f0e9b1b6f1c", "act": "send",
    }  # fmt: skip


def test_nine_tags_are_refused_in_the_form(mona: User, warning: Warning) -> None:
    nine = ", ".join(f"t{number}" for number in range(9))
    answer = signed_in(mona).post(f"/warnings/{warning.slug}/edit/", form(warning, nine))
    assert answer.status_code == 422
    assert codes(answer.context["form"])["tags"] == ["too-many-tags"]
    assert answer.context["form"].errors["tags"][0] in answer.content.decode()
    answer = signed_in(mona).post("/report/", {"tags": nine, "act": "send"})
    assert codes(answer.context["form"])["tags"] == ["too-many-tags"]
    assert answer.context["form"].errors["tags"][0] in answer.content.decode()


def test_eight_after_merging_with_what_others_added_meanwhile(mona: User, bob: User, warning: Warning) -> None:
    first = signed_in(mona).post(f"/warnings/{warning.slug}/edit/", form(warning, "a, b, c, d, e"))
    assert first.status_code == 302
    second = form(warning, "v, w, x, y, z") | {"based_on": 1, "key": "6f1c3f0a-8f37-4f0e-9b1b-3f0e9b1b6f1d"}
    answer = signed_in(mona).post(f"/warnings/{warning.slug}/edit/", second | {"body": warning.body})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert codes(answer.context["form"]) == {"tags": ["too-many-tags"]}
    assert str(TooManyTagsError()) in html
    assert tags_of(warning) == set("abcde")


def test_the_form_writes_a_synonym_as_its_tag(mona: User) -> None:
    tagged("monitored")
    tag_actions.add_synonym(actor=mona, tag=tag("monitored"), name="spied on")
    warning = WarningFactory(body="What happened there.")
    signed_in(mona).post(f"/warnings/{warning.slug}/edit/", form(warning, "Spied-On"))
    assert tags_of(warning) == {"monitored"}


def test_who_comes_second_with_an_address_takes_the_next(warning: Warning, monkeypatch: Any) -> None:
    set_tags(warning=warning, names=["fees"])
    answers = iter(["fees", "late-payment"])
    monkeypatch.setattr("reports.tag_rows.free_slug", lambda name: next(answers))
    [made] = tags_for(["late payment"])
    assert (made.name, made.slug) == ("late payment", "late-payment")


def test_an_address_that_is_never_free_is_an_error_and_makes_nothing(warning: Warning, monkeypatch: Any) -> None:
    set_tags(warning=warning, names=["fees"])
    monkeypatch.setattr("reports.tag_rows.free_slug", lambda name: "fees")
    with pytest.raises(IntegrityError):
        tags_for(["late payment"])
    assert not Tag.objects.filter(name="late payment").exists()

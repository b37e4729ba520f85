"""Merging tags, and undoing it: what moved comes back, and what nobody can tell stays."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.choices import TrustLevel
from accounts.models import User
from audit.models import Entry
from reports.actions import tags
from reports.actions.tags import TagActionError
from reports.actions.warnings import set_tags
from reports.models import Subscription, Tag, TagMerge, TagSynonym
from tests.factories import UserFactory
from tests.pages_under_test import refuses
from tests.reports.tags.conftest import tag, tagged, tags_of

pytestmark = pytest.mark.django_db


def merge(mona: User, name: str, into: str) -> TagMerge:
    return tags.merge(actor=mona, tag=tag(name), into=tag(into))


def undo(mona: User, name: str) -> Tag:
    return tags.undo_merge(actor=mona, merged=TagMerge.objects.get(name=name))


def watches(user: User) -> set[str]:
    return set(Tag.objects.filter(watches__user=user).values_list("name", flat=True))


def test_its_warnings_have_the_other_tag(mona: User) -> None:
    old, both, new = tagged("late nights"), tagged("late nights", "overtime"), tagged("overtime")
    merge(mona, "late nights", "overtime")
    assert [tags_of(warning) for warning in (old, both, new)] == [{"overtime"}] * 3
    assert not Tag.objects.filter(name="late nights").exists()


def test_its_name_and_address_lead_to_the_other(mona: User, visitor: Client) -> None:
    tagged("late nights")
    tagged("overtime")
    merge(mona, "late nights", "overtime")
    answer = visitor.get("/tags/late-nights/")
    assert (answer.status_code, answer["Location"]) == (301, "/tags/overtime/")
    assert tags_of(tagged("LATE-NIGHTS")) == {"overtime"}


def test_the_search_and_the_counts_follow(mona: User, visitor: Client) -> None:
    warning = tagged("quibblefrotz")
    tagged("zanzibarish")
    merge(mona, "quibblefrotz", "zanzibarish")
    assert warning.title in visitor.get("/search/?q=zanzibarish").content.decode()
    assert warning.title not in visitor.get("/search/?q=quibblefrotz").content.decode()
    assert "#zanzibarish (2)" in visitor.get("/tags/").content.decode()
    undo(mona, "quibblefrotz")
    assert warning.title not in visitor.get("/search/?q=zanzibarish").content.decode()
    assert warning.title in visitor.get("/search/?q=quibblefrotz").content.decode()
    assert "#quibblefrotz (1)" in visitor.get("/tags/").content.decode()


def test_whoever_watches_it_watches_the_other(mona: User) -> None:
    tagged("late nights", "overtime")
    people = [UserFactory() for _ in range(3)]
    for person, names in zip(people, [["late nights"], ["late nights", "overtime"], ["overtime"]], strict=True):
        for name in names:
            Subscription.objects.create(user=person, tag=tag(name))
    merge(mona, "late nights", "overtime")
    assert [watches(person) for person in people] == [{"overtime"}] * 3
    undo(mona, "late nights")
    assert [watches(person) for person in people] == [{"late nights"}, {"late nights", "overtime"}, {"overtime"}]


def test_undone_everything_is_as_before(mona: User, visitor: Client) -> None:
    old, both, new = tagged("late nights"), tagged("late nights", "overtime"), tagged("overtime")
    tags.describe(actor=mona, tag=tag("late nights"), description="At night.")
    tags.add_synonym(actor=mona, tag=tag("late nights"), name="nightly")
    merge(mona, "late nights", "overtime")
    assert tags_of(tagged("nightly")) == {"overtime"}
    back = undo(mona, "late nights")
    assert (back.slug, back.description) == ("late-nights", "At night.")
    assert [tags_of(warning) for warning in (old, both, new)] == [
        {"late nights"},
        {"late nights", "overtime"},
        {"overtime"},
    ]
    assert list(back.synonyms.values_list("name", flat=True)) == ["nightly"]
    assert not TagMerge.objects.exists()
    assert visitor.get("/tags/late-nights/").status_code == 200


def test_what_changed_since_stays_as_it_is(mona: User) -> None:
    untagged, kept = tagged("late nights"), tagged("late nights")
    tagged("overtime")
    merge(mona, "late nights", "overtime")
    set_tags(warning=untagged, names=[])
    since = tagged("late nights")
    undo(mona, "late nights")
    assert [tags_of(warning) for warning in (untagged, kept, since)] == [set(), {"late nights"}, {"overtime"}]


def test_a_warning_that_came_by_two_merges_keeps_the_tag_when_one_is_undone(mona: User) -> None:
    warning = tagged("one", "two")
    tagged("all")
    merge(mona, "one", "all")
    merge(mona, "two", "all")
    undo(mona, "one")
    assert tags_of(warning) == {"one", "all"}
    undo(mona, "two")
    assert tags_of(warning) >= {"one", "two"}


def test_merges_of_merges_are_undone_from_the_outside_in(mona: User, visitor: Client) -> None:
    warnings = {name: tagged(name) for name in ("small", "middle", "large", "largest")}
    for name, into in (("small", "middle"), ("middle", "large"), ("large", "largest")):
        merge(mona, name, into)
    assert visitor.get("/tags/small/")["Location"] == "/tags/largest/"
    for name, outer in (("small", "middle"), ("middle", "large")):
        with pytest.raises(TagActionError, match=f"“{outer}”") as caught:
            undo(mona, name)
        assert caught.value.code == "merged-inside"
    undo(mona, "large")
    assert visitor.get("/tags/small/")["Location"] == "/tags/large/"
    undo(mona, "middle")
    assert visitor.get("/tags/small/")["Location"] == "/tags/middle/"
    undo(mona, "small")
    assert {name: tags_of(warning) for name, warning in warnings.items()} == {name: {name} for name in warnings}
    assert not TagSynonym.objects.exists()


def test_it_is_undone_once(mona: User) -> None:
    tagged("late nights")
    tagged("overtime")
    row = merge(mona, "late nights", "overtime")
    undo(mona, "late nights")
    with refuses(TagActionError, "merge-over"):
        tags.undo_merge(actor=mona, merged=row)


def test_a_tag_is_not_merged_into_itself_or_one_that_is_gone(mona: User) -> None:
    tagged("late nights")
    tagged("overtime")
    with refuses(TagActionError, "same-tag"):
        merge(mona, "overtime", "overtime")
    gone = tag("late nights")
    merge(mona, "late nights", "overtime")
    with refuses(TagActionError, "tag-gone"):
        tags.merge(actor=mona, tag=gone, into=tag("overtime"))


def test_each_is_remembered(mona: User) -> None:
    tagged("late nights")
    tagged("overtime")
    merge(mona, "late nights", "overtime")
    undo(mona, "late nights")
    done = Entry.objects.get(verb="tag.merge")
    assert (done.who, done.target) == ("Mona", "late nights")
    assert (done.before, done.after) == ({"tag": "late nights", "warnings": 1}, {"tag": "overtime"})
    undone = Entry.objects.get(verb="tag.undo-merge")
    assert (undone.target, undone.before) == ("late nights", {"tag": "overtime"})
    assert undone.after == {"tag": "late nights", "warnings": 1}


@pytest.mark.parametrize("level", [TrustLevel.NEW, TrustLevel.MEMBER, TrustLevel.TRUSTED])
def test_only_moderators_do(level: TrustLevel, mona: User) -> None:
    editor = UserFactory(trust_level=level)
    tagged("late nights")
    tagged("overtime")
    with pytest.raises(PermissionDenied):
        merge(editor, "late nights", "overtime")
    row = merge(mona, "late nights", "overtime")
    with pytest.raises(PermissionDenied):
        tags.undo_merge(actor=editor, merged=row)


def test_more_warnings_than_one_statement_names(mona: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.tag_rows._BATCH", 2)
    old = [tagged("late nights") for _ in range(5)]
    both = [tagged("late nights", "overtime") for _ in range(3)]
    merge(mona, "late nights", "overtime")
    assert all(tags_of(warning) == {"overtime"} for warning in [*old, *both])
    undo(mona, "late nights")
    assert all(tags_of(warning) == {"late nights"} for warning in old)
    assert all(tags_of(warning) == {"late nights", "overtime"} for warning in both)

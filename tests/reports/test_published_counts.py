"""The numbers of published posts are exact, whatever writes: actions, the ORM, SQL, and many at the same moment."""

import random
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.choices import TrustLevel
from directory.models import Marketplace, Tactic, Tool
from reports.actions import tags as tag_actions
from reports.actions.counts import add_up
from reports.actions.status import change_status
from reports.choices import CountKind, Status
from reports.count_triggers import PREFIX, drop_triggers, install_triggers
from reports.integrity.counts import CHECKS
from reports.models import PublishedCount, Report, Tag, TaggedWarning, Warning
from reports.published_posts import count_published
from tests.factories import ReportFactory, TagFactory, UserFactory, WarningFactory
from tests.found_by_checks import found
from tests.services.processes import in_turn, site_of_its_own

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

COUNTS = CHECKS[0].name
LINK_AND_HIDE = """
import sys
from threading import Thread
from django.db import connection, transaction
from reports.models import Tag, TaggedWarning, Warning

def link():
    TaggedWarning.objects.create(tag=Tag.objects.earliest("pk"), content_object=Warning.objects.get(founding=True))

def hide():
    Warning.objects.filter(founding=True).update(status="hidden")

def beside(deed):
    deed()
    connection.close()

def together(first, second):
    # The second begins before the first commits, and may have to wait for it.
    with transaction.atomic():
        first()
        thread = Thread(target=beside, args=(second,))
        thread.start()
        thread.join(0.5)
    thread.join()

TaggedWarning.objects.all().delete()
together(link, hide)
TaggedWarning.objects.all().delete()
Warning.objects.filter(founding=True).update(status="published")
together(hide, link)
"""
AGREE = """
from reports.integrity.counts import CHECKS
from reports.actions.counts import add_up
from django.utils import timezone
print(list(CHECKS[0].find(lambda rows: None)), add_up(now=timezone.now()) > 0)
print(list(CHECKS[0].find(lambda rows: None)))
"""


def stored() -> dict[tuple[str, int], int]:
    """All numbers but zeros."""
    rows = PublishedCount.objects.values_list("kind", "key", "number")
    sums: dict[tuple[str, int], int] = {}
    for kind, key, number in rows:
        sums[kind, key] = sums.get((kind, key), 0) + number
    return {key: number for key, number in sums.items() if number}


def real() -> dict[tuple[str, int], int]:
    return {(str(kind), key): number for (kind, key), number in count_published() if number}


def linked(**values: Any) -> Warning:
    """A warning about a tool, a tactic and a marketplace, with a tag."""
    warning: Warning = WarningFactory(**values)
    warning.tools.set(Tool.objects.order_by("pk")[:2])
    warning.tactics.set(Tactic.objects.order_by("pk")[:1])
    warning.marketplaces.set(Marketplace.objects.order_by("pk")[:1])
    TaggedWarning.objects.create(tag=TagFactory(), content_object=warning)
    return warning


def test_what_came_with_the_catalogue_is_counted() -> None:
    assert stored() == real()
    assert stored()["warnings", 0] == Warning.objects.published().count() > 0


def test_publishing_hiding_and_restoring_count_a_warning_with_all_its_links() -> None:
    warning = linked(status=Status.PENDING)
    before = stored()
    change_status(actor="mona", post=warning, status=Status.PUBLISHED, reason="test")
    assert stored() == real() != before
    for status in (Status.HIDDEN, Status.PUBLISHED, Status.UNPUBLISHED):
        change_status(actor="mona", post=warning, status=status, reason="test")
        assert stored() == real()
    assert stored() == before


def test_a_merge_of_tags_moves_the_count() -> None:
    one, other, both = (linked(status=Status.PUBLISHED, published_at=timezone.now()) for _ in range(3))
    tag, into = one.tagged.get().tag, other.tagged.get().tag
    TaggedWarning.objects.create(tag=tag, content_object=both)
    TaggedWarning.objects.create(tag=into, content_object=both)
    tag_actions.merge(actor=UserFactory(trust_level=TrustLevel.MODERATOR), tag=tag, into=into)
    assert stored() == real()
    assert Tag.objects.in_use().get(pk=into.pk).uses == 3


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_of_writes_leaves_exact_numbers(seed: int) -> None:
    draw = random.Random(seed)
    warnings = [linked(status=status, published_at=timezone.now()) for status in (Status.PUBLISHED, Status.HIDDEN)]
    tags = [TagFactory() for _ in range(3)]
    tools = list(Tool.objects.order_by("pk")[:3])

    def toggle(manager: Any, entry: Any) -> None:
        (manager.remove if manager.filter(pk=entry.pk).exists() else manager.add)(entry)

    def move() -> None:
        for link in TaggedWarning.objects.order_by("pk")[:1]:
            free = Warning.objects.exclude(tagged__tag=link.tag)
            TaggedWarning.objects.filter(pk=link.pk).update(content_object=free.first())

    def sql() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reports_warning SET status = 'published' WHERE founding")

    acts = [
        lambda: toggle(draw.choice(warnings).tools, draw.choice(tools)),
        lambda: toggle(draw.choice(warnings).tags, draw.choice(tags)),
        lambda: Warning.objects.filter(pk=draw.choice(warnings).pk).update(
            status=draw.choice(("hidden", "published"))
        ),
        lambda: Warning.objects.update(status=Status.HIDDEN),
        lambda: Report.objects.update(status=draw.choice((Status.PUBLISHED, Status.HIDDEN))),
        lambda: ReportFactory(warning=draw.choice(warnings)),
        lambda: add_up(now=timezone.now()),
        lambda: Report.objects.filter(warning__founding=False).delete(),
        move,
        sql,
    ]
    for _ in range(25):
        draw.choice(acts)()
        assert stored() == real()
    Report.objects.all().delete()
    Warning.objects.filter(pk__in=[row.pk for row in warnings]).delete()
    assert stored() == real()


def test_adding_up_leaves_one_row_for_each_number() -> None:
    linked(status=Status.PUBLISHED, published_at=timezone.now())
    before = stored()
    assert add_up(now=timezone.now()) > 0
    assert stored() == before
    assert PublishedCount.objects.count() == len(before)
    assert add_up(now=timezone.now()) == 0


def test_what_was_written_without_triggers_is_counted_when_they_are_back() -> None:
    drop_triggers(connection)
    linked(status=Status.PUBLISHED, published_at=timezone.now())
    assert found(COUNTS) != ""
    install_triggers(using=connection.alias)
    assert stored() == real()
    assert found(COUNTS) == ""
    rows = list(PublishedCount.objects.values_list("pk", flat=True))
    install_triggers(using=connection.alias)
    assert list(PublishedCount.objects.values_list("pk", flat=True)) == rows


def test_a_wrong_number_is_named() -> None:
    PublishedCount.objects.filter(kind=CountKind.WARNINGS).update(number=70)
    assert len(found(COUNTS).splitlines()) == 1


def test_the_triggers_have_names_of_their_own() -> None:
    from_a_catalogue = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        from_a_catalogue = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(from_a_catalogue)
        names = [name for (name,) in cursor.fetchall() if name.startswith(PREFIX)]
    assert len(names) == len(set(names)) > 0


def test_links_and_hiding_at_the_same_moment_are_counted_exactly(tmp_path: Path) -> None:
    with site_of_its_own(tmp_path) as variables:
        [[_], [said]] = in_turn(variables, [(LINK_AND_HIDE,)], [(AGREE,)])
    assert said.splitlines() == ["[] True", "[]"]

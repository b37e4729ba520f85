"""Words that were removed are in no part of the index any more, also after many commits."""

from pathlib import Path

import pytest
from django.db import connection

from tests.services.processes import in_turn, site_of_its_own

pytestmark = pytest.mark.django_db

SCRIPT = """
from django.db import connection
from reports.models import Warning
from reports.signals import passages_removed, posts_changed
from search.tasks import forget_removed_words
from tests.factories import WarningFactory, announce

def blocks():
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM search_fulltext_data")
        return sum(b"zorquavix" in bytes(block) for (block,) in cursor.fetchall())

named = []
for number in range(12):
    row = WarningFactory(title=f"Zorquavix {number}" if number % 4 == 1 else f"Other {number}", body="Zorquavix.")
    announce(row)
    named.append(row.pk)
print(blocks() > 0)
Warning.objects.filter(pk__in=named).update(title="Removed", summary="", body="", body_html="")
posts_changed.send(sender=Warning, keys=named)
passages_removed.send(sender=Warning, warnings=named, passages=["zorquavix"], slugs={})
from django_tasks_db.models import DBTaskResult
print(DBTaskResult.objects.filter(task_path="search.tasks.forget_removed_words").exists())
forget_removed_words.func()
print(blocks())
"""


def test_no_block_of_the_index_holds_a_removed_word(tmp_path: Path) -> None:
    if connection.vendor == "postgresql":
        # Its rows go when autovacuum comes; there is no copy beside the table.
        return
    with site_of_its_own(tmp_path) as variables:
        [[said]] = in_turn(variables, [(SCRIPT,)])
    assert said.split() == ["True", "True", "0"]

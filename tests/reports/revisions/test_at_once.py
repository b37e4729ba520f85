"""Fifty people edit one warning at the same moment: each edit is there, or its author is told."""

from tests.services.processes import in_turn

BEGIN = """
from accounts.choices import TrustLevel
from accounts.models import User
from reports.actions.warnings import save_first_version
from reports.models import Warning
from reports.choices import Status
from django.utils import timezone
body = "\\n\\n".join(f"Paragraph {n} says something." for n in range(10))
warning = Warning.objects.create(slug="one", title="One", summary="s", body=body, status=Status.PUBLISHED, published_at=timezone.now())
save_first_version(warning=warning)
for n in range(5):
    User.objects.create_user(f"tess{n}"); User.objects.filter(handle=f"tess{n}").update(trust_level=TrustLevel.TRUSTED)
"""
EDIT = """
import sys, uuid
from accounts.models import User
from reports.models import Warning
from reports.actions import revisions
from reports.version_text import fields_of_version
number = int(sys.argv[1])
actor = User.objects.get(handle=f"tess{number}")
opened = Warning.objects.get(slug="one")
fields = fields_of_version(opened, 1)
ready_and_wait()
for turn in range(10):
    # Two paragraphs of one's own in turn, and at the end one that everybody wants; all as they were in the beginning.
    place = 9 if turn == 9 else (number * 2 + turn % 2)
    mine = {**fields, "body": fields["body"].replace(f"Paragraph {place} says", f"Paragraph {place} by {number}-{turn} says")}
    key = str(uuid.uuid4())
    for _ in range(2):
        try:
            revision = revisions.edit(actor=actor, warning=opened, fields=mine, based_on=1, comment=f"{number}-{turn}", key=key)
            print("applied", f"{number}-{turn}", revision.number)
        except revisions.EditConflictError as overlap:
            assert f"by {number}-{turn} says" in overlap.merged.values["body"]
            print("told", f"{number}-{turn}", overlap.version)
"""
END = """
from reports.models import Warning
warning = Warning.objects.get(slug="one")
rows = list(warning.revisions.order_by("number"))
assert [row.number for row in rows] == list(range(1, warning.version + 1))
assert rows[-1].body == warning.body
# Each version holds its own edit and every one before it: nothing was overwritten.
seen = []
for row in rows[1:]:
    seen.append(row.comment)
    assert all(f"by {mark} says" in row.body for mark in seen), (seen, row.body)
print(*seen)
"""


def test_fifty_edits_at_once_lose_nothing(bare_site: dict[str, str]) -> None:
    # It takes seconds: each edit is merged with all before it.
    editing = [(EDIT, str(number)) for number in range(5)]
    _, answers, [seen] = in_turn(bare_site, [(BEGIN,)], editing, [(END,)])
    printed = [line.split() for out in answers for line in out.splitlines()]
    assert len(printed) == 100
    applied = {mark for what, mark, _ in printed if what == "applied"}
    refused = {mark for what, mark, _ in printed if what == "told"}
    assert applied | refused == {f"{number}-{turn}" for number in range(5) for turn in range(10)}
    assert applied & refused == set()
    assert len(applied) >= 10
    assert set(seen.split()) == applied

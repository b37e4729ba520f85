"""The same report sent many times at the same moment is one report."""

from tests.services.processes import in_turn

SEND = """
import sys, uuid
from django.db import IntegrityError
from directory.models import Marketplace
from reports.actions import submissions
fields = {"tools": ([], "Zorblax"), "joins": None, "notify": False, "marketplace": None, "happened_in": None, "title": "One",
          "body": "The same text each time.", "outcome": "refused", "amount": None, "currency": "", "tactics": [], "tags": []}
key = uuid.UUID("00000000-0000-4000-8000-000000000001")
ready_and_wait()
for _ in range(10):
    try:
        report = submissions.submit(author=None, submission_key=key, tracking_hash="h", fields=fields, hints=[], draft=None)
    except IntegrityError:
        report = submissions.submit(author=None, submission_key=key, tracking_hash="h", fields=fields, hints=[], draft=None)
    print(report.pk)
"""
COUNT = "from reports.models import Report, Warning; print(Report.objects.count(), Warning.objects.count())"


def test_fifty_at_once_are_one(bare_site: dict[str, str]) -> None:
    answers, [counts] = in_turn(bare_site, [(SEND,)] * 5, [(COUNT,)])
    keys = [key for out in answers for key in out.split()]
    assert len(keys) == 50, answers
    assert len(set(keys)) == 1
    assert counts.split() == ["1", "1"]

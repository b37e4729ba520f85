"""Many moderators at the same moment, from several processes: one decision, and everybody else is told."""

from tests.services.processes import start, together

PREPARE = """
from accounts.models import User
from reports.models import Report, Warning
User.objects.bulk_create(User(handle=f"m{n}", handle_folded=f"m{n}", trust_level="moderator") for n in range(20))
warning = Warning.objects.create(slug="one", title="One", summary="x", status="pending")
Report.objects.create(warning=warning, body="It happened to me.", status="pending")
"""
DECIDE = """
import sys
from accounts.models import User
from moderation.cases.policies import CaseClosed
from moderation.deciding.actions import decide
from moderation.deciding.choices import Choice
from moderation.models import Case, Reason
from moderation.words import Act
part = int(sys.argv[1])
case = Case.objects.get()
reason = Reason.objects.get(slug="unclear")
told = []
ready_and_wait()
for moderator in User.objects.order_by("pk")[part * 5 : part * 5 + 5]:
    choice = Choice(Act.PUBLISH) if moderator.pk % 2 else Choice(Act.DECLINE, reason=reason)
    try:
        decide(actor=moderator, case=case, choice=choice)
        told.append("decided")
    except CaseClosed:
        told.append("refused")
print(" ".join(told))
"""
LOOK = """
from audit.models import Entry
from moderation.models import Case, Decision
from reports.integrity import problems
from reports.models import Report, Step
report = Report.objects.get()
fits = {"publish": "published", "decline": "declined"}[Decision.objects.get().act] == report.status
print(Decision.objects.count(), fits, Step.objects.count(), Case.objects.open().count(), list(problems()))
print(Entry.objects.filter(verb__startswith="decision.").count())
"""


def test_twenty_moderators_on_one_case_make_one_decision(bare_site: dict[str, str]) -> None:
    assert start(PREPARE, bare_site).communicate(timeout=60) == ("", "")
    answers = together([(DECIDE, str(part)) for part in range(4)], bare_site)
    told = " ".join(answers).split()
    assert (told.count("decided"), told.count("refused")) == (1, 19)
    assert start(LOOK, bare_site).communicate(timeout=60)[0].split("\n")[:2] == ["1 True 1 0 []", "1"]

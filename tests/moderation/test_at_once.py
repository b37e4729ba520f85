"""Many moderators at the same moment, from several processes: one decision, and everybody else is told."""

from tests.services.processes import in_turn

PREPARE = """
from reports.actions.warnings import rendered
from accounts.models import User
from reports.models import Report, Warning
from reports.signals import post_submitted
User.objects.bulk_create(User(handle=f"m{n}", handle_folded=f"m{n}", trust_level="moderator") for n in range(20))
warning = Warning.objects.create(slug="one", title="One", summary="x", status="pending")
report = Report.objects.create(warning=warning, **rendered("It happened to me.", Report), status="pending")
post_submitted.send(sender=Report, post=report)
"""
DECIDE = """
import sys
from accounts.models import User
from moderation.errors import CaseClosedError
from moderation.actions.decisions import decide
from moderation.decisions.input import DecisionInput
from moderation.models import Case, Reason
from moderation.choices import Act
part = int(sys.argv[1])
case = Case.objects.get()
reason = Reason.objects.get(slug="unclear")
told = []
ready_and_wait()
for moderator in User.objects.order_by("pk")[part * 5 : part * 5 + 5]:
    choice = DecisionInput(Act.PUBLISH) if moderator.pk % 2 else DecisionInput(Act.DECLINE, reason=reason)
    try:
        decide(actor=moderator, case=case, choice=choice)
        told.append("decided")
    except CaseClosedError:
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
    _, answers, [counts] = in_turn(bare_site, [(PREPARE,)], [(DECIDE, str(part)) for part in range(4)], [(LOOK,)])
    printed = " ".join(answers).split()
    assert (printed.count("decided"), printed.count("refused")) == (1, 19)
    assert counts.split("\n")[:2] == ["1 True 1 0 []", "1"]


# Nine writers whose comments wait, and who vote for each other and for the warnings of Wanda.
CROWD = """
import uuid
from reports.actions.warnings import rendered
from accounts.models import User
from reports.actions.comments import post_comment
from reports.models import Alarm, Report, Warning
from reports.actions.votes import cast_vote
from reports.choices import Stance
from reports.signals import post_submitted
User.objects.create(handle="mona", handle_folded="mona", trust_level="moderator")
User.objects.create(handle="max", handle_folded="max", trust_level="moderator")
wanda = User.objects.create(handle="wanda", handle_folded="wanda", trust_level="member")
people = [User.objects.create(handle=f"w{n}", handle_folded=f"w{n}") for n in range(9)]
for n in range(4):
    warning = Warning.objects.create(slug=f"w{n}", title=f"W{n}", summary="x", status="published", author=wanda, published_at="2026-01-01T00:00Z")
    Report.objects.create(warning=warning, author=wanda, **rendered("It happened.", Report), status="published", published_at="2026-01-01T00:00Z")
    for person in people:
        post_comment(actor=person, warning=warning, body="It is so.", stance=Stance.NONE, submission_key=uuid.uuid4())
        cast_vote(actor=person, post=warning)
for n in range(3):
    evidence = {"accounts": [person.handle for person in people[n : n + 4]]}
    alarm = Alarm.objects.create(key=f"ring-{n}", kind="ring", evidence=evidence)
    post_submitted.send(sender=Alarm, post=alarm)
"""
# Decides on what waits, takes half of it back, and does so beside another one.
MODERATE = """
import random, sys
from accounts.models import User
from moderation.errors import CaseClosedError, ClaimedByAnotherError
from moderation.actions.decisions import decide, undo
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError
from moderation.models import Case, Reason
from moderation.choices import Act, CaseKind
me, chance = User.objects.get(handle=sys.argv[1]), random.Random(sys.argv[1])
unclear = Reason.objects.get(slug="unclear")
acts = {
    CaseKind.COMMENT: (DecisionInput(Act.PUBLISH), DecisionInput(Act.DECLINE, reason=unclear), DecisionInput(Act.SUSPEND, reason=unclear, days=3)),
    CaseKind.ALARM: (DecisionInput(Act.VOID_VOTES, reason=unclear),),
}
done = 0
ready_and_wait()
for _ in range(40):
    case = Case.objects.open().filter(kind__in=acts).order_by("?").first()
    try:
        if case is not None:
            decision = decide(actor=me, case=case, choice=chance.choice(acts[case.kind]))
            done += 1
            if chance.random() < 0.5:
                undo(actor=me, decision=decision, note="Wrong.")
    except (CaseClosedError, ClaimedByAnotherError, ActionRefusedError):
        continue
print(done > 0)
"""
# Changes and deletes what waits; some of them erase their accounts.
WRITE = """
import random
from accounts.actions.accounts import erase_account
from accounts.models import User
from reports.actions.comments import CommentError, delete_comment, edit_comment
from reports.models import Comment
from reports.actions.votes import VoteError, retract_vote
from reports.choices import Stance
chance = random.Random(3)
ready_and_wait()
for step in range(60):
    comment = Comment.objects.filter(author__isnull=False, author__is_active=True).order_by("?").first()
    if comment is None:
        break
    author = comment.author
    try:
        if step % 15 == 14:
            erase_account(actor=author)
        elif chance.random() < 0.5:
            edit_comment(actor=author, comment=comment, body=f"It is so {step}.", stance=Stance.NONE)
        elif chance.random() < 0.5:
            delete_comment(actor=author, comment=comment)
        else:
            retract_vote(actor=author, post=comment.warning)
    except (CommentError, VoteError):
        continue
print("written")
"""
AGREE = """
from moderation.integrity import problems as cases
from reports.integrity import problems as counters
print(list(cases()), list(counters()))
"""


def test_moderators_authors_and_those_who_leave_do_not_wait_for_each_other_in_vain(bare_site: dict[str, str]) -> None:
    # It takes seconds: only many decisions at the same moment meet.
    crowd = [(MODERATE, "mona"), (MODERATE, "max"), (WRITE,)]
    _, answers, [disagreement] = in_turn(bare_site, [(CROWD,)], crowd, [(AGREE,)])
    assert "written\n" in answers
    assert disagreement == "[] []\n"

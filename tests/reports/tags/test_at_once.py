"""Two moderators merge the same two tags into each other at the same moment, while others use them: none is lost."""

from tests.services.processes import in_turn

PAIRS = 12
BEGIN = """
from allauth.mfa.models import Authenticator
from accounts.models import User
from accounts.choices import TrustLevel
from django.utils import timezone
from reports.actions.warnings import set_tags
from reports.models import Warning
from reports.choices import Status
for handle in ("mona", "max"):
    user = User.objects.create_user(handle)
    User.objects.filter(pk=user.pk).update(trust_level=TrustLevel.MODERATOR)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
for slug in ("first", "second", "third"):
    Warning.objects.create(slug=slug, title=slug, summary="s", status=Status.PUBLISHED, published_at=timezone.now())
set_tags(warning=Warning.objects.get(slug="third"), names=[])
for number in range(12):
    for name, slug in (("left", "first"), ("right", "second")):
        row = Warning.objects.create(
            slug=f"{slug}-{number}", title=slug, summary="s", status=Status.PUBLISHED, published_at=timezone.now()
        )
        set_tags(warning=row, names=[f"{name} {number}"])
"""
MERGE = """
import sys
from accounts.models import User
from reports.models import Tag
from reports.actions import tags
handle, old, new = sys.argv[1:]
actor = User.objects.get(handle=handle)
pairs = [(Tag.objects.get(name=f"{old} {n}"), Tag.objects.get(name=f"{new} {n}")) for n in range(12)]
ready_and_wait()
for number, (tag, into) in enumerate(pairs):
    try:
        tags.merge(actor=actor, tag=tag, into=into)
        print("merged", number)
    except tags.TagActionError as refused:
        print("refused", number, refused.code)
"""
USE = """
from reports.actions.warnings import set_tags
from reports.models import Warning
row = Warning.objects.get(slug="third")
ready_and_wait()
for turn in range(3):
    for number in range(12):
        set_tags(warning=row, names=[f"left {number}", f"right {number}"])
        print("used", number)
"""
END = """
from reports.models import Tag, TagMerge, TagSynonym, Warning
for number in range(12):
    [tag] = Tag.objects.filter(name__in=[f"left {number}", f"right {number}"])
    [synonym] = TagSynonym.objects.filter(name__in=[f"left {number}", f"right {number}"])
    [merge] = TagMerge.objects.filter(name=synonym.name)
    assert synonym.tag == merge.tag == tag and synonym.name != tag.name
    for slug in ("first", "second"):
        row = Warning.objects.get(slug=f"{slug}-{number}")
        assert [one.tag for one in row.tagged.select_related("tag")] == [tag]
assert Warning.objects.get(slug="third").tagged.count() == 1
print("whole")
"""


def test_both_directions_at_once_end_with_one_refusal_and_no_tag_lost(bare_site: dict[str, str]) -> None:
    scripts = [(MERGE, "mona", "left", "right"), (MERGE, "max", "right", "left"), (USE,)]
    _, answers, [end] = in_turn(bare_site, [(BEGIN,)], scripts, [(END,)])
    lines = [line for out in answers[:2] for line in out.splitlines()]
    for number in range(PAIRS):
        own = sorted(line for line in lines if line.split()[1] == str(number))
        assert own == [f"merged {number}", f"refused {number} tag-gone"]
    assert end == "whole\n"

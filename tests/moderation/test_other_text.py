"""The same flag or notice sent twice is one; with other words, nothing is dropped and nobody is thanked for nothing."""

import uuid
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from directory.models import Source
from moderation.actions.flags import FlaggedAlreadyError, flag
from moderation.choices import FlagReason
from moderation.models import Flag, LegalNotice
from reports.models import Warning
from tests.factories import WarningFactory
from tests.pages_under_test import elements, states
from tests.reports.conftest import signed_in
from tests.services.processes import in_turn

pytestmark = pytest.mark.django_db
FIRST = {"reason": "untrue", "detail": "It was another tool."}
OTHERS = [
    {"detail": "It was *another* tool, <b>see</b> page 2 😀."},
    {"detail": "k"},
    {"detail": ""},
    {"reason": "spam"},
]
EXPLANATION = "It names me and says where I live, which nobody needs to know to be warned."
RACE = """
import sys
from accounts.models import User
from moderation.actions.flags import FlaggedAlreadyError, flag
from moderation.choices import FlagReason
from reports.models import Warning
ready_and_wait()
try:
    flag(target=Warning.objects.get(), flagger=User.objects.get(), reason=FlagReason.UNTRUE, detail=sys.argv[1])
    print("stored")
except FlaggedAlreadyError:
    print("told")
"""
BEGIN = """
from accounts.models import User
from django.utils import timezone
from reports.choices import Status
from reports.models import Warning
Warning.objects.create(slug="one", title="One", summary="s", body="b", status=Status.PUBLISHED, published_at=timezone.now())
User.objects.create_user("bob")
"""
END = "from moderation.models import Flag; print(*Flag.objects.values_list('detail', flat=True))"


@pytest.mark.parametrize("other", OTHERS)
def test_another_flag_comes_back_and_leads_to_the_first(bob: User, warning: Warning, other: dict[str, str]) -> None:
    client, address = signed_in(bob), f"/flag/warning/{warning.slug}/"
    first, again = (client.post(address, FIRST) for _ in range(2))
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    answer = client.post(address, FIRST | other)
    assert (answer.status_code, "flagged-already" in states(answer)) == (409, True)
    [text] = elements(answer, "textarea", name="detail")
    assert text.text == (FIRST | other)["detail"]
    assert elements(answer, "a", href=first["Location"])
    assert Flag.objects.get().detail == FIRST["detail"]


def test_another_flag_of_a_source_comes_back(bob: User) -> None:
    source = Source.objects.filter(url__contains="dingtalk").first() or Source.objects.earliest("pk")
    client, address = signed_in(bob), f"/flag/source/{source.pk}/"
    assert client.post(address, {"reason": "changed", "detail": "Page 3 is gone."}).status_code == 302
    answer = client.post(address, {"reason": "changed", "detail": "Page 4 as well."})
    assert (answer.status_code, "flagged-already" in states(answer)) == (409, True)


def test_two_tabs_at_the_same_moment_lose_no_flag(bare_site: dict[str, str]) -> None:
    _, answers, [detail] = in_turn(bare_site, [(BEGIN,)], [(RACE, "one"), (RACE, "two")], [(END,)])
    assert sorted(out.strip() for out in answers) == ["stored", "told"]
    assert detail.strip() in {"one", "two"}


@pytest.mark.parametrize(
    "changed",
    [
        {"explanation": f"{EXPLANATION} And my <b>name</b> is wrong 😀."},
        {"law": "GDPR, article 17"},
        {"name": "Anna Bell"},
        {"email": "other@example.org"},
    ],
)
@pytest.mark.parametrize("same_form", [True, False])
def test_another_notice_is_a_notice_of_its_own(changed: dict[str, str], same_form: bool) -> None:
    warning = WarningFactory()
    form: dict[str, Any] = {
        "url": f"{settings.PUBLIC_URL}/warnings/{warning.slug}/",
        **{"ground": "privacy", "explanation": EXPLANATION, "name": "Anna", "email": "anna@example.org"},
        **{"good_faith": "on", "key": str(uuid.uuid4())},
    }
    other = form | changed | ({} if same_form else {"key": str(uuid.uuid4())})
    addresses = [Client().post("/notice/", sent)["Location"] for sent in (form, form, other, other)]
    assert addresses[0] == addresses[1] != addresses[2] == addresses[3]
    [row] = LegalNotice.objects.filter(**changed)
    assert LegalNotice.objects.count() == 2
    assert all(getattr(row, name) == text for name, text in changed.items())


def test_it_is_the_action_that_tells_them_apart(bob: User, warning: Warning) -> None:
    made = flag(target=warning, flagger=bob, reason=FlagReason.UNTRUE, detail="One.")
    with pytest.raises(FlaggedAlreadyError) as refused:
        flag(target=warning, flagger=bob, reason=FlagReason.UNTRUE, detail="Two.")
    assert refused.value.flag == made

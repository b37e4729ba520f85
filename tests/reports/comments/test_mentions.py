"""An @ notifies a person where it is said to them, and not where it is code or part of a link."""

import uuid

import pytest

from accounts.choices import NotificationKind, TrustLevel
from accounts.models import User
from reports.actions.comments import post_comment
from reports.choices import Stance
from reports.models import Warning
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

QUOTED = [
    "Run `pip install @Bob`.",
    "Run ``a ` b @Bob``.",
    "`@Bob`",
    "**`@Bob`**",
    "> `@Bob`",
    "1. Step\n\n   ```\n   @Bob\n   ```",
    "```\n@Bob\n```",
    "```python\n@Bob\ndef f(): ...\n```",
    "~~~~\n```\n@Bob\n~~~~",
    "```\n@Bob",
    "Look:\n\n    @Bob",
    "Look:\n\n\t@Bob\n\n\t`x` @Bob",
    "> ```\n> @Bob\n> ```",
    "- `one\n  @Bob`",
    "[@Bob](https://example.org/)",
    "[`x` @Bob](https://example.org/)",
    "https://example.org/?to=@Bob",
    "<https://example.org/?to=@Bob>",
    "`<b>` `@Bob` `</b>`",
    "| a | b |\n|---|---|\n| `@Bob` | x |",
]
SAID = [
    "@Bob",
    "(@Bob)",
    "**@Bob** and *he*",
    "> @Bob",
    "- @Bob",
    "# @Bob",
    "Not `@Alice` but @Bob",
    "`code`@Bob",
    "```\n@Alice\n```\n@Bob",
    "An open ` tick, @Bob",
    "Two `` ticks that ` do not close, @Bob",
    "\\`@Bob\\`",
    "<code>@Bob</code>",
    "| a | b |\n|---|---|\n| @Bob | x |",
    "line\n@Bob",
    "&#64;Bob",
    "[not a link] @Bob",
    "1 < 2, @Bob, 3 > 2",
]


def is_mentioned(person: User, body: str, warning: Warning) -> bool:
    author = UserFactory(trust_level=TrustLevel.MEMBER)
    post_comment(actor=author, warning=warning, body=body, stance=Stance.NONE, submission_key=uuid.uuid4())
    return person.notices.filter(kind=NotificationKind.MENTION).exists()


@pytest.mark.parametrize("body", QUOTED)
def test_code_and_links_notify_nobody(bob: User, warning: Warning, body: str) -> None:
    assert not is_mentioned(bob, body, warning)


@pytest.mark.parametrize("body", SAID)
def test_what_is_said_to_a_person_notifies_them(bob: User, warning: Warning, body: str) -> None:
    assert is_mentioned(bob, body, warning)

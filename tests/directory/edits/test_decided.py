"""A suggested edit is decided once."""

from typing import Any

from accounts.models import User
from directory.choices import RevisionState
from directory.models import EntryRevision
from directory.policies.access import why_not_decide


def test_what_is_decided_is_not_decided_again() -> None:
    nobody: Any = None
    assert why_not_decide(User(), EntryRevision(state=RevisionState.APPLIED), nobody).code == "decided"  # type: ignore[attr-defined]

"""Only so many files are decoded at a time, and a holder that dies gives its slot back."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from common.images import semaphore
from common.images.clean import clean
from common.images.errors import ImageError, Reason
from tests.common.images import hostile
from tests.services.processes import start

PNG = hostile.saved(hostile.picture(), "PNG")
HOLD = """
import sys
from common.images.semaphore import semaphore
with semaphore():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def narrow(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a machine with one slot and nobody patient."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(semaphore, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(semaphore, "LONGEST_WAIT", 0.2)
    return os.environ | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}


def test_when_all_are_taken_the_person_is_told_to_try_again(narrow: dict[str, str]) -> None:
    assert len(clean(PNG)) == 1
    holder = start(HOLD, narrow)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(ImageError, match=f"^{Reason.BUSY.value}$"):
            clean(PNG)
        # However it ends, the slot is free again.
        holder.send_signal(signal.SIGKILL)
        holder.wait(timeout=20)
        assert len(clean(PNG)) == 1
    finally:
        holder.kill()
        holder.communicate(timeout=20)


def test_who_waits_gets_the_next_one(narrow: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semaphore, "LONGEST_WAIT", 20)
    holder = start(HOLD, narrow)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"

    def let_go(_: float) -> None:
        holder.communicate("", timeout=20)

    monkeypatch.setattr(semaphore, "sleep", let_go)
    assert len(clean(PNG)) == 1
    assert holder.returncode == 0

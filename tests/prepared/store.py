"""The folder that prepared states are kept in: each is made once, by one process, whole or not at all."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config import BASE_DIR

FOLDER = Path(os.environ.get("PREPARED_TESTS") or BASE_DIR / ".prepared-tests")
"""Another folder can be named in the environment, so that copies of the project share theirs."""

KEPT_DAYS = 2
"""States that no run has used for so long are removed."""


def prepared(kind: str, digest: str, build: Callable[[Path], None]) -> Path:
    """Return the folder with a state of this kind; `build` fills it when there is none for this digest.

    Safe with any number of runs at once: one builds, the others wait. A build that fails or is interrupted leaves
    nothing that a later run would take for whole.
    """
    folder = FOLDER / f"{kind}-{digest}"
    if not folder.exists():
        with _alone(kind):
            if not folder.exists():
                _remove_unused()
                _build_whole(folder, build)
    os.utime(folder)
    return folder


def _build_whole(folder: Path, build: Callable[[Path], None]) -> None:
    unfinished = Path(tempfile.mkdtemp(prefix=".building-", dir=FOLDER))
    try:
        build(unfinished)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


@contextmanager
def _alone(kind: str) -> Iterator[None]:
    """Let one process at a time make states of a kind."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / f".{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove_unused() -> None:
    oldest = time.time() - KEPT_DAYS * 86_400
    for folder in FOLDER.iterdir():
        if folder.is_dir() and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)

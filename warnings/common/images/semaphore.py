"""Limit how many files are decoded on one machine at a time, because each needs memory.

A slot is a lock on a file in DATA_DIR, which the kernel releases when its process ends for any reason.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO

from django.conf import settings

from common.images.errors import ImageError, Reason

# Each may need 300 MB. The wait is in seconds, as long as decoding a file may take.
MOST_AT_ONCE = max(2, min(4, os.cpu_count() or 2))
LONGEST_WAIT = 15.0
_LOOK_EVERY = 0.05


@contextmanager
def semaphore() -> Iterator[None]:
    """Acquire a slot. Raises ImageError (BUSY) on timeout, and OSError if there is no disk space."""
    folder = Path(settings.DATA_DIR) / "decoding"
    folder.mkdir(mode=0o700, exist_ok=True)
    end = monotonic() + LONGEST_WAIT
    with _taken(folder, end):
        yield


def _taken(folder: Path, end: float) -> BinaryIO:
    while True:
        for number in range(MOST_AT_ONCE):
            file = (folder / f"slot-{number}").open("ab")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
            else:
                return file
        if monotonic() >= end:
            raise ImageError(Reason.BUSY)
        sleep(_LOOK_EVERY)

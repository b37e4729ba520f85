"""Cleaning an uploaded file: what comes out holds pixels and nothing else.

The file is decoded in a process of its own with little memory and time, since decoders are where hostile files
strike. What a virus scan would look for does not survive being drawn anew.
"""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from common.pictures.limits import (
    MOST_BYTES,
    MOST_MEMORY,
    MOST_PAGES,
    MOST_PIXELS,
    MOST_PROCESSOR_SECONDS,
    MOST_SECONDS,
    PictureRefused,
)

_CHILD = Path(__file__).with_name("child.py")
_TOO_COMPLEX = "The file is damaged or too complex to be read."


@dataclass(frozen=True)
class CleanPicture:
    """A picture drawn anew: its bytes, `image/png` or `image/webp`, and its size in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()


def clean(data: bytes) -> list[CleanPicture]:
    """The pictures in a file, one for each page of a PDF. Raises PictureRefused with a sentence for the person."""
    if not data:
        raise PictureRefused("The file is empty.")
    if len(data) > MOST_BYTES:
        raise PictureRefused(f"The file has more than {MOST_BYTES // 1_000_000} MB.")
    head, _, rest = _answer(data).partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError:
        raise PictureRefused(_TOO_COMPLEX) from None
    if "refused" in told:
        raise PictureRefused(str(told["refused"]))
    return _checked(told["pictures"], rest)


def _answer(data: bytes) -> bytes:
    command = [sys.executable, "-I", str(_CHILD), str(MOST_MEMORY), str(MOST_PROCESSOR_SECONDS)]
    # -I leaves our own environment out; the packages of a virtual environment are found by its Python itself.
    try:
        done = subprocess.run(  # noqa: S603  (our own program, no shell)
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
            env={"PATH": os.defpath},
        )
    except subprocess.TimeoutExpired:
        raise PictureRefused(_TOO_COMPLEX) from None
    if done.returncode != 0:
        raise PictureRefused(_TOO_COMPLEX)
    return done.stdout


def _checked(heads: list[dict[str, int | str]], rest: bytes) -> list[CleanPicture]:
    """The pictures of an answer, which is not believed: the process may have been taken over."""
    found = []
    for head in heads[:MOST_PAGES]:
        size, width, height = int(head["size"]), int(head["width"]), int(head["height"])
        fits = 0 < size <= len(rest) and 0 < width * height <= MOST_PIXELS
        if not fits or head["type"] not in {"image/png", "image/webp"}:
            raise PictureRefused(_TOO_COMPLEX)
        found.append(CleanPicture(rest[:size], str(head["type"]), width, height))
        rest = rest[size:]
    return found

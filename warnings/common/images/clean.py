"""Clean an uploaded file: the result contains pixels and nothing else.

The file is decoded in a process of its own with little memory and time, since decoders are where hostile files
strike. What a virus scan would look for does not survive being drawn anew.
"""

import hashlib
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from common.images.errors import ImageError, Reason
from common.images.frames import LONGEST_ANSWER, Frame, FrameKind, unpacked
from common.images.limits import LONGEST_SIDE, MOST_BYTES, MOST_SECONDS, Area
from common.images.metadata import bare_png_size, bare_webp_size
from common.images.semaphore import semaphore

_WORKER = Path(__file__).with_name("worker.py")
# Bytes that go through a pipe at a time.
_PART = 65_536


@dataclass(frozen=True)
class CleanPicture:
    """A picture drawn anew: its file, `image/png` or `image/webp`, its sides in pixels, the file's hash in hex."""

    data: bytes
    media_type: str
    width: int
    height: int
    sha256: str


def clean(data: bytes, areas: Sequence[Area] = ()) -> list[CleanPicture]:
    """The pictures in a whole file, one or one for each page of a PDF; in a picture, `areas` are covered.

    Raises ImageError with a sentence for the person whatever is wrong with the file or when too many are read
    already, and OSError when the machine has no room or cannot start another process.
    """
    if not data:
        raise ImageError(Reason.EMPTY)
    if len(data) > MOST_BYTES:
        raise ImageError(Reason.TOO_LARGE)
    try:
        with semaphore():
            said = _answer(data, areas)
        return _believed(said)
    except (ValueError, TimeoutError, subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise ImageError(Reason.TOO_COMPLEX) from None


def _answer(data: bytes, areas: Sequence[Area]) -> bytes:
    """What the process says to a file. Raises when it takes too long, says too much or does not end well."""
    end = monotonic() + MOST_SECONDS
    # -I leaves our own environment out; the packages of a virtual environment are found by its Python itself.
    command = [sys.executable, "-I", str(_WORKER), json.dumps(areas)]
    with subprocess.Popen(  # noqa: S603  (our own program, no shell)
        command,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
    ) as process:
        try:
            said = _exchanged(process, data, end)
            code = process.wait(max(0.0, end - monotonic()))
        finally:
            # Nothing happens to a process that is over; Popen's own end waits for it, so none is left behind.
            process.kill()
    if code != 0:
        raise subprocess.CalledProcessError(code, command)
    return said


def _exchanged(process: subprocess.Popen[bytes], data: bytes, end: float) -> bytes:
    """Hand the data over and take the answer, until `end` by the monotonic clock."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("a process without pipes")
    source, sink = process.stdout, process.stdin
    os.set_blocking(sink.fileno(), False)
    left, said = memoryview(data), bytearray()
    with selectors.DefaultSelector() as waiting:
        waiting.register(sink, selectors.EVENT_WRITE)
        waiting.register(source, selectors.EVENT_READ)
        while waiting.get_map():
            ready = waiting.select(max(0.0, end - monotonic()))
            if not ready:
                raise TimeoutError
            for key, _ in ready:
                if key.fileobj is sink:
                    left = left[_written(sink.fileno(), left[:_PART]) :]
                    if not left:
                        waiting.unregister(sink)
                        sink.close()
                elif part := os.read(source.fileno(), _PART):
                    said += part
                    if len(said) > LONGEST_ANSWER:
                        raise ValueError("an answer without end")
                else:
                    waiting.unregister(source)
    return bytes(said)


def _written(pipe: int, part: memoryview) -> int:
    """How many bytes went into a pipe; all of them when nobody reads them any more."""
    try:
        return os.write(pipe, part)
    except BrokenPipeError:
        return len(part)


def _believed(answer: bytes) -> list[CleanPicture]:
    """The pictures of an answer, which is not believed just so: the process may have been taken over."""
    frames = unpacked(answer)
    if frames[0].kind is FrameKind.REFUSED:
        name = frames[0].body.decode("ascii", "replace")
        raise ImageError(Reason[name] if name in Reason.__members__ else Reason.TOO_COMPLEX)
    return [_picture(frame) for frame in frames]


def _picture(frame: Frame) -> CleanPicture:
    if frame.kind is FrameKind.PNG:
        media_type, (width, height) = "image/png", bare_png_size(frame.body)
    elif frame.kind is FrameKind.WEBP:
        media_type, (width, height) = "image/webp", bare_webp_size(frame.body)
    else:
        raise ValueError("a refusal among pictures")
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE):
        raise ValueError("a picture of an impossible size")
    return CleanPicture(frame.body, media_type, width, height, hashlib.sha256(frame.body).hexdigest())

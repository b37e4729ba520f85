"""Clean an uploaded file: the result contains pixels and nothing else.

The file is decoded in a separate process with limited memory and time, because malicious files attack decoders.
Malware does not survive re-encoding.
"""

import hashlib
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from common.images.errors import ImageError, Reason
from common.images.frames import LONGEST_ANSWER, SIZES, Frame, FrameKind, size_in, unpacked
from common.images.limits import LONGEST_PIECE, MOST_BYTES, MOST_KEPT_PIXELS, MOST_SECONDS, Area
from common.images.metadata import bare_png_size, bare_webp_size
from common.images.semaphore import semaphore

_WORKER = Path(__file__).with_name("worker.py")
# Bytes written to or read from a pipe at a time.
_PART = 65_536


@dataclass(frozen=True)
class CleanPicture:
    """A re-encoded image: content, media type (`image/png` or `image/webp`), size in pixels, and SHA-256 in hex."""

    data: bytes
    media_type: str
    width: int
    height: int
    sha256: str
    # The size in the file, before the image was scaled or cut into pieces; of a PDF, the size at 150 dots per inch of
    # its longest page that was made smaller or cut.
    original: tuple[int, int] | None = field(default=None, compare=False)
    is_page: bool = field(default=False, compare=False)


def clean(data: bytes, areas: Sequence[Area] = ()) -> list[CleanPicture]:
    """Return the clean images of a file, one for each page of a PDF or piece of a long image.

    `areas` of an image are masked.
    Raises ImageError if the file is refused or the machine is busy, and OSError if the machine has no
    space or cannot start a process.
    """
    if not data:
        raise ImageError(Reason.EMPTY)
    if len(data) > MOST_BYTES:
        raise ImageError(Reason.TOO_LARGE)
    try:
        with semaphore():
            said = _answer(data, areas)
        return _believed(said)
    except (TimeoutError, subprocess.TimeoutExpired):
        # The worker's processor time is limited, too: it ran out of none, so it was not given enough.
        raise ImageError(Reason.BUSY) from None
    except (ValueError, subprocess.CalledProcessError):
        raise ImageError(Reason.TOO_COMPLEX) from None


def _answer(data: bytes, areas: Sequence[Area]) -> bytes:
    """Return the worker's answer. Raises if it takes too long, is too long or the worker fails."""
    end = monotonic() + MOST_SECONDS
    # -I ignores the environment; the interpreter of a virtual environment finds its packages by itself.
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
            # Has no effect on a process that has ended. Popen's context manager waits for it, so no zombie remains.
            process.kill()
    if code != 0:
        raise subprocess.CalledProcessError(code, command)
    return said


def _exchanged(process: subprocess.Popen[bytes], data: bytes, end: float) -> bytes:
    """Write the data and read the answer, until `end` on the monotonic clock."""
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
    """Return the number of bytes written to a pipe, or all of them if its reader has ended."""
    try:
        return os.write(pipe, part)
    except BrokenPipeError:
        return len(part)


def _believed(answer: bytes) -> list[CleanPicture]:
    """Return the images of an answer after checking them, because the worker may have been compromised."""
    frames = unpacked(answer)
    if frames[0].kind is FrameKind.REFUSED:
        name = frames[0].body.decode("ascii", "replace")
        raise ImageError(Reason[name] if name in Reason.__members__ else Reason.TOO_COMPLEX)
    sized = frames.pop(0) if frames[0].kind in SIZES else None
    if not frames:
        raise ValueError("a size without a picture")
    original, is_page = (size_in(sized) if sized else None), sized is not None and sized.kind is FrameKind.PAGE
    return [replace(_picture(frame), original=original, is_page=is_page) for frame in frames]


def _picture(frame: Frame) -> CleanPicture:
    if frame.kind is FrameKind.PNG:
        media_type, (width, height) = "image/png", bare_png_size(frame.body)
    elif frame.kind is FrameKind.WEBP:
        media_type, (width, height) = "image/webp", bare_webp_size(frame.body)
    else:
        raise ValueError("something else among pictures")
    if not (0 < max(width, height) <= LONGEST_PIECE and 0 < width * height <= MOST_KEPT_PIXELS):
        raise ValueError("a picture of an impossible size")
    return CleanPicture(frame.body, media_type, width, height, hashlib.sha256(frame.body).hexdigest())

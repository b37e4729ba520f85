"""Frames of the worker's answer: a letter, a length and that many bytes."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from common.images.limits import LARGEST_RESULT, MOST_PAGES

_HEAD = struct.Struct(">cI")
# The longest possible answer, in bytes.
_SIZE = struct.Struct(">II")
LONGEST_ANSWER = MOST_PAGES * (_HEAD.size + LARGEST_RESULT) + _HEAD.size + _SIZE.size


class FrameKind(Enum):
    """The content of a frame: a file, a size, or why there is no file.

    The size is that of the image before it was scaled, or of the page of a PDF that had to be cut or made smaller.
    """

    PNG = b"P"
    WEBP = b"W"
    SIZE = b"S"
    PAGE = b"G"
    REFUSED = b"R"


SIZES = frozenset({FrameKind.SIZE, FrameKind.PAGE})


@dataclass(frozen=True)
class Frame:
    """A part of an answer."""

    kind: FrameKind
    body: bytes


def size_frame(width: int, height: int, kind: FrameKind = FrameKind.SIZE) -> Frame:
    """Return the frame for the size of an image in its file, or of a page."""
    return Frame(kind, _SIZE.pack(width, height))


def size_in(frame: Frame) -> tuple[int, int]:
    """Return the width and height in a frame. Raises ValueError if it holds something else."""
    if len(frame.body) != _SIZE.size:
        raise ValueError("a size of another length")
    width, height = _SIZE.unpack(frame.body)
    return width, height


def packed(frames: Iterable[Frame]) -> bytes:
    """Serialise frames to an answer."""
    return b"".join(_HEAD.pack(frame.kind.value, len(frame.body)) + frame.body for frame in frames)


def unpacked(answer: bytes) -> list[Frame]:
    """Parse an answer into frames, at least one. Raises ValueError unless it is complete and within the limits."""
    frames: list[Frame] = []
    place = 0
    while place < len(answer):
        if len(frames) > MOST_PAGES or place + _HEAD.size > len(answer):
            raise ValueError("more frames than pages, or half of one")
        kind, size = _HEAD.unpack_from(answer, place)
        place += _HEAD.size
        if not 0 < size <= min(LARGEST_RESULT, len(answer) - place):
            raise ValueError("a frame of an impossible size")
        frames.append(Frame(FrameKind(kind), answer[place : place + size]))
        place += size
    files = sum(frame.kind not in SIZES for frame in frames)
    if not frames or files > MOST_PAGES or len(frames) - files > 1:
        raise ValueError("no frame, more files than pages, or two sizes")
    return frames

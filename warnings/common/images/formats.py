"""Which format a file has, and its size in pixels, by its first bytes: never by its name."""

import struct
from enum import Enum

from common.images.errors import ImageError, Reason


class Kind(Enum):
    """The files that are taken; the value is Pillow's name for the format, where Pillow reads it."""

    PNG = "PNG"
    JPEG = "JPEG"
    WEBP = "WEBP"
    PDF = "PDF"


def kind_of(data: bytes) -> Kind:
    """The kind of a whole file. Raises ImageError (NOT_TAKEN) for any other."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    raise ImageError(Reason.NOT_TAKEN)


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height that the header of a PNG file tells. Raises ValueError when there is none."""
    if len(data) < 24 or data[12:16] != b"IHDR":
        raise ValueError("a PNG without its header")
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height that the first chunk of a WebP file tells. Raises ValueError when it tells none."""
    first, body = data[12:16], data[20:30]
    if len(body) < 10:
        raise ValueError("a WebP without its header")
    if first == b"VP8X":
        # Each side less one, in 24 bits.
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if first == b"VP8L" and body[0] == 0x2F:
        # Each side less one, in 14 bits.
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if first == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        # Above the 14 bits of each side stand two for a scale that nobody applies.
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("a WebP that begins with something else")

"""Detect a file's format and size in pixels from its first bytes, never from its name."""

import struct
from enum import Enum

from common.images.errors import ImageError, Reason


class Kind(Enum):
    """The accepted formats. The value is Pillow's name for the format if Pillow reads it."""

    PNG = "PNG"
    JPEG = "JPEG"
    WEBP = "WEBP"
    PDF = "PDF"


def kind_of(data: bytes) -> Kind:
    """Return the format of a file. Raises ImageError (NOT_TAKEN) for any other."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    raise ImageError(_reason_of(data))


def _reason_of(data: bytes) -> Reason:
    """Return why a file of another format is not accepted, with a way out for those that phones make."""
    if data[4:8] == b"ftyp":
        # The brands of a HEIF file: the main one, and those that it is compatible with.
        brands = {data[place : place + 4] for place in (8, *range(16, min(len(data), 64), 4))}
        if brands & {b"avif", b"avis"}:
            return Reason.AVIF
        if brands & {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}:
            return Reason.HEIC
        return Reason.VIDEO
    if data.startswith((b"GIF87a", b"GIF89a")):
        return Reason.GIF
    return Reason.NOT_TAKEN


# Texts and colour profiles, whose size says nothing about the picture. They are not kept.
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"iCCP"})


def without_text(data: bytes) -> bytes:
    """Return a PNG without its texts and colour profile; a damaged one stays damaged."""
    kept, place = [data[:8]], 8
    while place + 12 <= len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        if data[place + 4 : place + 8] not in _TEXTS:
            kept.append(data[place:end])
        place = end
    return b"".join([*kept, data[place:]])


def png_size(data: bytes) -> tuple[int, int]:
    """Return width and height from the header of a PNG. Raises ValueError if it is missing."""
    if len(data) < 24 or data[12:16] != b"IHDR":
        raise ValueError("a PNG without its header")
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def webp_size(data: bytes) -> tuple[int, int]:
    """Return width and height from the first chunk of a WebP. Raises ValueError if it has none."""
    first, body = data[12:16], data[20:30]
    if len(body) < 10:
        raise ValueError("a WebP without its header")
    if first == b"VP8X":
        # Width and height minus one, in 24 bits each.
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if first == b"VP8L" and body[0] == 0x2F:
        # Width and height minus one, in 14 bits each.
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if first == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        # The upper two bits of each side are a scale that decoders ignore.
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("a WebP that begins with something else")

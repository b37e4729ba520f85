"""Check without a decoder that a PNG or WebP file contains pixels and no metadata.

A malicious file could compromise the worker process. So its output is checked here: no text chunks, no second image,
nothing after the end.
"""

import struct
import zlib
from collections.abc import Iterator

from common.images.formats import png_size, webp_size

_PNG_BEGINNING = b"\x89PNG\r\n\x1a\n"


def bare_png_size(data: bytes) -> tuple[int, int]:
    """Return the size of a PNG with IHDR, IDAT and IEND chunks only. Raises ValueError for any other."""
    names = list(_png_chunks(data))
    between = names[1:-1]
    if names[:1] != [b"IHDR"] or names[-1] != b"IEND" or not between or set(between) != {b"IDAT"}:
        raise ValueError("a PNG with more or less than its pixels")
    return png_size(data)


def bare_webp_size(data: bytes) -> tuple[int, int]:
    """Return the size of a WebP with a single chunk of pixels. Raises ValueError for any other."""
    if len(data) < 20 or data[:4] != b"RIFF" or data[8:16] != b"WEBPVP8 ":
        raise ValueError("a WebP with something before its pixels")
    whole, pixels = (struct.unpack_from("<I", data, place)[0] for place in (4, 16))
    if whole + 8 != len(data) or 20 + pixels + pixels % 2 != len(data):
        raise ValueError("a WebP with something behind its pixels")
    return webp_size(data)


def _png_chunks(data: bytes) -> Iterator[bytes]:
    """Yield the names of the chunks. Raises ValueError unless they fill the file and match their checksums."""
    if not data.startswith(_PNG_BEGINNING):
        raise ValueError("not a PNG")
    place = len(_PNG_BEGINNING)
    while place < len(data):
        if place + 12 > len(data):
            raise ValueError("a PNG that ends within a chunk")
        length = int.from_bytes(data[place : place + 4], "big")
        checked, checksum = data[place + 4 : place + 8 + length], data[place + 8 + length : place + 12 + length]
        if zlib.crc32(checked).to_bytes(4, "big") != checksum:
            raise ValueError("a PNG with a wrong checksum")
        yield checked[:4]
        place += 12 + length

"""PNG and WebP files taken apart byte by byte, by other code than the one under test."""

import struct


def parts_of(data: bytes) -> list[bytes]:
    """The names of all chunks of a file, in their order; the last one has to end where the file does."""
    return _of_webp(data) if data.startswith(b"RIFF") else _of_png(data)


def _of_png(data: bytes) -> list[bytes]:
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    names, place = [], 8
    while place < len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        names.append(name)
        place += 12 + length
    assert place == len(data)
    return names


def _of_webp(data: bytes) -> list[bytes]:
    assert data[8:12] == b"WEBP"
    assert struct.unpack_from("<I", data, 4)[0] == len(data) - 8
    names, place = [], 12
    while place < len(data):
        name, length = struct.unpack_from("<4sI", data, place)
        names.append(name)
        place += 8 + length + length % 2
    assert place == len(data)
    return names

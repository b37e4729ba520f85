"""What a file is, told by its first bytes: never by its name, nor by what its sender says."""

from enum import Enum

from common.pictures.refusals import PictureRefused, Reason


class Kind(Enum):
    """The files that are taken; the value is Pillow's name for the format, where Pillow reads it."""

    PNG = "PNG"
    JPEG = "JPEG"
    WEBP = "WEBP"
    PDF = "PDF"


def kind_of(data: bytes) -> Kind:
    """The kind of a whole file. Raises PictureRefused (NOT_TAKEN) for any other."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    raise PictureRefused(Reason.NOT_TAKEN)

"""Pixels to new files."""

import io

from PIL import Image

from common.pictures.frames import Frame, FrameKind
from common.pictures.kinds import Kind
from common.pictures.limits import LARGEST_PNG, LARGEST_TO_PACK, SMALL_PIXELS


def encoded(picture: Image.Image, kind: Kind) -> Frame:
    """A plain RGB picture as a PNG or WebP file; `kind` is of the file it came from, which tells what suits it."""
    # Made of its pixels alone, so whatever else clings to the old one has no way into the new.
    pixels = Image.frombytes("RGB", picture.size, picture.tobytes())
    if (kind in {Kind.PNG, Kind.PDF} or pixels.width * pixels.height <= SMALL_PIXELS) and (png := _png(pixels)):
        return Frame(FrameKind.PNG, png)
    return Frame(FrameKind.WEBP, _saved(pixels, "WEBP", quality=85, method=4))


def _png(pixels: Image.Image) -> bytes | None:
    """The picture as a PNG, or nothing when that is too large."""
    quick = _saved(pixels, "PNG", compress_level=1)
    if len(quick) <= LARGEST_TO_PACK:
        return _saved(pixels, "PNG", optimize=True)
    return quick if len(quick) < LARGEST_PNG else None


def _saved(pixels: Image.Image, form: str, **options: int) -> bytes:
    file = io.BytesIO()
    pixels.save(file, form, **options)
    return file.getvalue()

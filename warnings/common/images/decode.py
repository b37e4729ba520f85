"""Decode PNG, JPEG, WebP and PDF files to plain pixels. Only for the worker process."""

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import pypdfium2
from PIL import Image, PngImagePlugin
from pypdfium2 import raw

from common.images.errors import ImageError, Reason
from common.images.formats import Kind, webp_size, without_text
from common.images.limits import MOST_PAGES, MOST_PIXELS, MOST_WEBP_PIXELS
from common.images.pieces import Plan, plan

# Side of the tiles that the result is made of, in pixels of the result. A tile needs little memory, however large the
# image is.
_TILE = 256


def flatten(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return a new RGB image of this size from a loaded image of any mode and size.

    Transparency becomes white. Colour profiles are not applied: their parsers can be attacked too, and evidence is
    read, not printed.
    """
    flat = Image.new("RGB", size)
    across, down = picture.width / flat.width, picture.height / flat.height
    for top in range(0, flat.height, _TILE):
        for left in range(0, flat.width, _TILE):
            right, bottom = min(flat.width, left + _TILE), min(flat.height, top + _TILE)
            box = (left * across, top * down, right * across, bottom * down)
            flat.paste(_resized(picture, box, (right - left, bottom - top)), (left, top))
    return flat


def _resized(picture: Image.Image, box: tuple[float, float, float, float], size: tuple[int, int]) -> Image.Image:
    """Return a part of an image in another size, without the seams that a resampled crop would have."""
    left, top, right, bottom = box
    # The resampling filter reads three pixels of the result around each one.
    margins = [ceil(3 * max(1.0, span)) for span in ((right - left) / size[0], (bottom - top) / size[1])]
    start = max(0, int(left) - margins[0]), max(0, int(top) - margins[1])
    end = min(picture.width, ceil(right) + margins[0]), min(picture.height, ceil(bottom) + margins[1])
    part = _on_white(picture.crop((*start, *end)))
    inside = left - start[0], top - start[1], min(part.width, right - start[0]), min(part.height, bottom - start[1])
    return part.resize(size, Image.Resampling.LANCZOS, box=inside)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "F" or picture.mode.startswith("I"):
        # Of 16-bit greyscale, only the upper eight bits are visible.
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), clear).convert("RGB")
    return picture.convert("RGB")


Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# Text in a PNG is discarded. Limit its decompressed size in bytes.
PngImagePlugin.MAX_TEXT_CHUNK = 1_000_000
PngImagePlugin.MAX_TEXT_MEMORY = 2_000_000

_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Decoded:
    """An image in its new size, upright; its size in the file, and the plan to cut it."""

    picture: Image.Image
    original: tuple[int, int]
    plan: Plan


def decode(data: bytes, kind: Kind) -> Decoded:
    """Return the first frame of a file (not a PDF), upright, in RGB, in its planned size.

    Raises ImageError for too many pixels, and any exception for damaged files, as decoders do.
    """
    if kind is Kind.WEBP:
        # Pillow allocates the whole image when it opens a WebP.
        width, height = webp_size(data)
        _check_size(width, height)
        if width * height > MOST_WEBP_PIXELS:
            raise ImageError(Reason.TOO_MANY_PIXELS_FOR_WEBP)
    if kind is Kind.PNG:
        data = without_text(data)
    with Image.open(io.BytesIO(data), formats=[kind.value]) as header:
        original = header.size
        _check_size(*original)
        header.verify()
    planned = plan(*original)
    with Image.open(io.BytesIO(data), formats=[kind.value]) as picture:
        picture.seek(0)
        # Decode large JPEG files at a reduced size.
        picture.draft(None, planned.size)
        picture.load()
        flat, turn = flatten(picture, planned.size), _UPRIGHT.get(_orientation(picture))
    upright = flat if turn is None else flat.transpose(turn)
    turned = (upright.width > upright.height) != (flat.width > flat.height)
    return Decoded(upright, original[::-1] if turned else original, planned)


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise ImageError(Reason.TOO_MANY_PIXELS)
    if not width * height:
        raise ImageError(Reason.DAMAGED)


def _orientation(picture: Image.Image) -> int:
    """Return the EXIF orientation, or 1 (upright) if it cannot be read."""
    try:
        found = picture.getexif().get(_ORIENTATION)
    except Exception:
        return 1
    return found if isinstance(found, int) else 1


# PDF points to pixels, at 150 dpi.
_SCALE = 150 / 72
_LOCKED = {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}


@dataclass(frozen=True)
class Page:
    """A page of a PDF as an image; its size at 150 dpi, and the plan to cut it."""

    picture: Image.Image
    original: tuple[int, int]
    plan: Plan

    @property
    def is_whole(self) -> bool:
        """Whether it is one picture in its own size."""
        return self.plan.pieces == 1 and self.plan.size == self.original


def decode_pdf(data: bytes) -> Iterator[Page]:
    """Yield each page as an RGB image at about 150 dpi, or smaller so that all pieces together are not too many.

    Raises ImageError for a password, too many pages or none, and PdfiumError for damaged files.
    """
    document = _opened(data)
    if len(document) > MOST_PAGES:
        raise ImageError(Reason.TOO_MANY_PAGES)
    if not len(document):
        raise ImageError(Reason.DAMAGED)
    room = MOST_PAGES - len(document)
    for page in document:
        points = page.get_size()
        original = _pixels(*points)
        planned = plan(*original, most=1 + room)
        room -= planned.pieces - 1
        # PDFium rounds up.
        scale = min((side - 0.5) / length for side, length in zip(planned.size, points, strict=True))
        # Draw annotations: a black bar over a name must stay.
        bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=True)
        drawn = bitmap.to_pil()
        yield Page(flatten(drawn, drawn.size), original, planned)
        bitmap.close()
        page.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ImageError(Reason.NEEDS_PASSWORD if error.err_code in _LOCKED else Reason.DAMAGED) from None


def _pixels(width: float, height: float) -> tuple[int, int]:
    """Return the size of a page in pixels, given in points. Raises ImageError for an invalid size."""
    longest = max(width, height)
    if not (longest > 0 and math.isfinite(longest) and min(width, height) > 0):
        raise ImageError(Reason.DAMAGED)
    return ceil(width * _SCALE), ceil(height * _SCALE)

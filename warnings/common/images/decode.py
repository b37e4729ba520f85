"""Decode PNG, JPEG, WebP and PDF files to plain pixels. Only for the worker process."""

import io
import math
from collections.abc import Iterator

import pypdfium2
from PIL import Image, PngImagePlugin
from pypdfium2 import raw

from common.images.errors import ImageError, Reason
from common.images.formats import Kind, webp_size
from common.images.limits import LONGEST_SIDE, MOST_PAGES, MOST_PIXELS, MOST_WEBP_PIXELS

# Side of the tiles that the result is made of, in pixels of the result. A tile needs little memory, however large the
# image is.
_TILE = 256


def flatten(picture: Image.Image) -> Image.Image:
    """Return a new RGB image of at most `LONGEST_SIDE` from a loaded image of any mode and size.

    Transparency becomes white. Colour profiles are not applied: their parsers can be attacked too, and evidence is
    read, not printed.
    """
    width, height = picture.size
    # First reduce by an integer factor, which takes little memory, then resample.
    factor = max(1, max(width, height) // LONGEST_SIDE)
    flat = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    step = factor * _TILE
    for top in range(0, height, step):
        for left in range(0, width, step):
            tile = _on_white(picture.crop((left, top, min(width, left + step), min(height, top + step))))
            flat.paste(tile.reduce(factor), (left // factor, top // factor))
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return flat


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


def decode(data: bytes, kind: Kind) -> Image.Image:
    """Return the first frame of a file (not a PDF), upright, in RGB, at most `LONGEST_SIDE`.

    Raises ImageError for too many pixels, and any exception for damaged files, as decoders do.
    """
    if kind is Kind.WEBP:
        # Pillow allocates the whole image when it opens a WebP.
        width, height = webp_size(data)
        _check_size(width, height)
        if width * height > MOST_WEBP_PIXELS:
            raise ImageError(Reason.TOO_MANY_PIXELS_FOR_WEBP)
    with Image.open(io.BytesIO(data), formats=[kind.value]) as header:
        _check_size(*header.size)
        header.verify()
    with Image.open(io.BytesIO(data), formats=[kind.value]) as picture:
        picture.seek(0)
        # Decode large JPEG files at a reduced size.
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        flat, turn = flatten(picture), _UPRIGHT.get(_orientation(picture))
    return flat if turn is None else flat.transpose(turn)


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


def decode_pdf(data: bytes) -> Iterator[Image.Image]:
    """Yield each page as an RGB image of at most `LONGEST_SIDE`, at about 150 dpi.

    Raises ImageError for a password, too many pages or none, and PdfiumError for damaged files.
    """
    document = _opened(data)
    if len(document) > MOST_PAGES:
        raise ImageError(Reason.TOO_MANY_PAGES)
    if not len(document):
        raise ImageError(Reason.DAMAGED)
    for page in document:
        # Draw annotations: a black bar over a name must stay.
        bitmap = page.render(scale=_scale(*page.get_size()), may_draw_forms=False, draw_annots=True)
        yield flatten(bitmap.to_pil())
        bitmap.close()
        page.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ImageError(Reason.NEEDS_PASSWORD if error.err_code in _LOCKED else Reason.DAMAGED) from None


def _scale(width: float, height: float) -> float:
    """Return the pixels per point for a page of this size in points. Raises ImageError for an invalid size."""
    longest = max(width, height)
    if not (longest > 0 and math.isfinite(longest) and min(width, height) > 0):
        raise ImageError(Reason.DAMAGED)
    return min(_SCALE, LONGEST_SIDE / longest)

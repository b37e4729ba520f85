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

# Side of the squares that the result is made of, in pixels of the result: what a step needs is small, however
# large the whole is.
_TILE = 256


def flatten(picture: Image.Image) -> Image.Image:
    """A new RGB picture of at most LONGEST_SIDE, from a loaded one of any mode and size. What was clear is white.

    Colour profiles are not applied: their parsers are one more thing to attack, and evidence is read, not printed.
    """
    width, height = picture.size
    # First by a whole number, which takes no memory to speak of, then smoothly.
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
        # Sixteen bits of grey: the upper eight are what can be seen.
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), clear).convert("RGB")
    return picture.convert("RGB")


Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# Words in a PNG are thrown away; what they unpack to is limited, in bytes.
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
    """The first frame of a file of that kind (no PDF), upright, plain RGB, at most LONGEST_SIDE.

    Raises ImageError for too many pixels, and anything at all for damaged files, as decoders do.
    """
    if kind is Kind.WEBP:
        # Pillow makes room for the whole picture as soon as it opens one of these.
        width, height = webp_size(data)
        _check_size(width, height)
        if width * height > MOST_WEBP_PIXELS:
            raise ImageError(Reason.TOO_MANY_PIXELS_FOR_WEBP)
    with Image.open(io.BytesIO(data), formats=[kind.value]) as header:
        _check_size(*header.size)
        header.verify()
    with Image.open(io.BytesIO(data), formats=[kind.value]) as picture:
        picture.seek(0)
        # Large JPEG files are decoded at a smaller size at once.
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
    """How the camera was held, as EXIF numbers it; 1 (upright) when that cannot be read, which spoils no pixel."""
    try:
        found = picture.getexif().get(_ORIENTATION)
    except Exception:
        return 1
    return found if isinstance(found, int) else 1


# Points of a page to pixels: 150 to the inch.
_SCALE = 150 / 72
_LOCKED = {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}


def decode_pdf(data: bytes) -> Iterator[Image.Image]:
    """Each page as a plain RGB picture of at most LONGEST_SIDE, about 150 pixels to the inch.

    Raises ImageError for a password, too many pages or none, and PdfiumError for damaged files.
    """
    document = _opened(data)
    if len(document) > MOST_PAGES:
        raise ImageError(Reason.TOO_MANY_PAGES)
    if not len(document):
        raise ImageError(Reason.DAMAGED)
    for page in document:
        # With its marks: a black bar that somebody drew over a name has to stay.
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
    """Pixels to the point for a page of that size in points. Raises ImageError for a size that is none."""
    longest = max(width, height)
    if not (longest > 0 and math.isfinite(longest) and min(width, height) > 0):
        raise ImageError(Reason.DAMAGED)
    return min(_SCALE, LONGEST_SIDE / longest)

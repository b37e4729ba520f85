"""Re-encode an untrusted file: decode it, mask areas, write new files. Only for the worker process."""

import io
from collections.abc import Sequence

from PIL import Image

from common.images.decode import decode, decode_pdf
from common.images.errors import ImageError, Reason
from common.images.formats import Kind, kind_of
from common.images.frames import Frame, FrameKind, size_frame
from common.images.limits import LARGEST_PNG, LARGEST_TO_PACK, SMALL_PIXELS, Area
from common.images.mask import mask_areas, mask_codes


def encode(picture: Image.Image, kind: Kind, *, quickly: bool = False) -> Frame:
    """Encode an RGB image as PNG or WebP, depending on its size and the `kind` of file it came from.

    Each of several pieces is encoded quickly: all have to be done within the same processor time.
    """
    # Copy the pixels only, so that no metadata can carry over.
    pixels = Image.frombytes("RGB", picture.size, picture.tobytes())
    if (kind in {Kind.PNG, Kind.PDF} or pixels.width * pixels.height <= SMALL_PIXELS) and (
        png := _png(pixels, quickly=quickly)
    ):
        return Frame(FrameKind.PNG, png)
    return Frame(FrameKind.WEBP, _saved(pixels, "WEBP", quality=85, method=0 if quickly else 4))


def _png(pixels: Image.Image, *, quickly: bool) -> bytes | None:
    """Return the image as a PNG, or None if it is too large."""
    quick = _saved(pixels, "PNG", compress_level=1)
    if len(quick) <= LARGEST_TO_PACK and not quickly:
        return _saved(pixels, "PNG", optimize=True)
    return quick if len(quick) < LARGEST_PNG else None


def _saved(pixels: Image.Image, form: str, **options: int) -> bytes:
    file = io.BytesIO()
    pixels.save(file, form, **options)
    return file.getvalue()


def re_encode(data: bytes, areas: Sequence[Area] = ()) -> list[Frame]:
    """Return a frame for each piece of an image, or for each page of a PDF. Raises only ImageError.

    `areas` of an image are masked; a PDF has none.
    """
    kind = kind_of(data)
    try:
        if kind is Kind.PDF:
            return _pages(data)
        decoded = decode(data, kind)
        whole = mask_areas(mask_codes(decoded.picture), areas)
        boxes = decoded.plan.boxes(*whole.size)
        return [size_frame(*decoded.original), *_pieces(whole, boxes, kind)]
    except ImageError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ImageError(Reason.TOO_MANY_PIXELS) from None
    except MemoryError:
        raise ImageError(Reason.TOO_COMPLEX) from None
    except Exception:
        # Decoders raise arbitrary exceptions for damaged files.
        raise ImageError(Reason.DAMAGED) from None


def _pages(data: bytes) -> list[Frame]:
    """Return the frames for the pages of a PDF, with the size of the longest that is not shown as it is."""
    frames, cut = [], []
    for page in decode_pdf(data):
        whole = mask_codes(page.picture)
        frames += _pieces(whole, page.plan.boxes(*whole.size), Kind.PDF)
        if not page.is_whole:
            cut.append(page.original)
    return [*(size_frame(*max(cut, key=max), FrameKind.PAGE) for _ in cut[:1]), *frames]


def _pieces(whole: Image.Image, boxes: Sequence[tuple[int, int, int, int]], kind: Kind) -> list[Frame]:
    return [encode(whole.crop(box), kind, quickly=len(boxes) > 1) for box in boxes]

"""Mask areas and machine-readable codes in an image. Only for the worker process."""

from collections.abc import Sequence
from math import ceil, floor

import zxingcpp
from PIL import Image, ImageDraw

from common.images.limits import Area

COVER = (128, 128, 128)
# A fraction of a code's longer side, because its edge contributes to readability.
_MARGIN = 0.08
_FORMATS = (
    zxingcpp.BarcodeFormat.QRCode,
    zxingcpp.BarcodeFormat.MicroQRCode,
    zxingcpp.BarcodeFormat.Aztec,
    zxingcpp.BarcodeFormat.DataMatrix,
    zxingcpp.BarcodeFormat.PDF417,
)
# Masking a code can make another one readable, so repeat this many times at most.
_ROUNDS = 3


def mask_codes(picture: Image.Image) -> Image.Image:
    """Mask every readable code in an RGB image with a grey rectangle; return the image."""
    for _ in range(_ROUNDS):
        found = zxingcpp.read_barcodes(picture, formats=_FORMATS)  # type: ignore[arg-type]  # the stubs know the enum, not a tuple of it
        if not found:
            break
        pen = ImageDraw.Draw(picture)
        for code in found:
            pen.rectangle(_box(code.position), fill=COVER)
    return picture


def _box(place: zxingcpp.Position) -> tuple[float, float, float, float]:
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    margin = _MARGIN * max(max(across) - min(across), max(down) - min(down)) + 2
    return min(across) - margin, min(down) - margin, max(across) + margin, max(down) + margin


def mask_areas(picture: Image.Image, areas: Sequence[Area]) -> Image.Image:
    """Fill areas of an image with one colour; return the image. Edges are rounded outwards."""
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in areas:
        corner = floor(left * picture.width), floor(top * picture.height)
        pen.rectangle((*corner, ceil(right * picture.width) - 1, ceil(bottom * picture.height) - 1), fill=COVER)
    return picture

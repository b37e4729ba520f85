"""Covering parts of a picture. Only for the process that has nothing to lose."""

from collections.abc import Sequence
from math import ceil, floor

from PIL import Image, ImageDraw

from common.pictures.codes import COVER
from common.pictures.limits import Area


def painted(picture: Image.Image, areas: Sequence[Area]) -> Image.Image:
    """The picture with areas of one colour: what was there is not in it any more. Edges are rounded outwards."""
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in areas:
        corner = floor(left * picture.width), floor(top * picture.height)
        pen.rectangle((*corner, ceil(right * picture.width) - 1, ceil(bottom * picture.height) - 1), fill=COVER)
    return picture

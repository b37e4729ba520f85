"""PNG, JPEG and WebP files to pixels, by Pillow. Only for the process that has nothing to lose."""

import io

from PIL import Image, PngImagePlugin

from common.pictures.flattening import flattened
from common.pictures.headers import webp_size
from common.pictures.kinds import Kind
from common.pictures.limits import LONGEST_SIDE, MOST_PIXELS, MOST_WEBP_PIXELS
from common.pictures.refusals import PictureRefused, Reason

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


def decoded(data: bytes, kind: Kind) -> Image.Image:
    """The first frame of a file of that kind (no PDF), upright, plain RGB, at most LONGEST_SIDE.

    Raises PictureRefused for too many pixels, and anything at all for damaged files, as decoders do.
    """
    if kind is Kind.WEBP:
        # Pillow makes room for the whole picture as soon as it opens one of these.
        width, height = webp_size(data)
        _check_size(width, height)
        if width * height > MOST_WEBP_PIXELS:
            raise PictureRefused(Reason.TOO_MANY_PIXELS_FOR_WEBP)
    with Image.open(io.BytesIO(data), formats=[kind.value]) as header:
        _check_size(*header.size)
        header.verify()
    with Image.open(io.BytesIO(data), formats=[kind.value]) as picture:
        picture.seek(0)
        # Large JPEG files are decoded at a smaller size at once.
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        flat, turn = flattened(picture), _UPRIGHT.get(_orientation(picture))
    return flat if turn is None else flat.transpose(turn)


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureRefused(Reason.TOO_MANY_PIXELS)
    if not width * height:
        raise PictureRefused(Reason.DAMAGED)


def _orientation(picture: Image.Image) -> int:
    """How the camera was held, as EXIF numbers it; 1 (upright) when that cannot be read, which spoils no pixel."""
    try:
        found = picture.getexif().get(_ORIENTATION)
    except Exception:
        return 1
    return found if isinstance(found, int) else 1

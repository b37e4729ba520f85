"""PDF files to pixels, by PDFium. Only for the process that has nothing to lose.

Pages are drawn and nothing else: forms are not even prepared, and no script of a file is ever run.
"""

import math
from collections.abc import Iterator

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from common.pictures.flattening import flattened
from common.pictures.limits import LONGEST_SIDE, MOST_PAGES
from common.pictures.refusals import PictureRefused, Reason

# Points of a page to pixels: 150 to the inch.
_SCALE = 150 / 72
_LOCKED = {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}


def drawn_pages(data: bytes) -> Iterator[Image.Image]:
    """Each page as a plain RGB picture of at most LONGEST_SIDE, about 150 pixels to the inch.

    Raises PictureRefused for a password, too many pages or none, and PdfiumError for damaged files.
    """
    document = _opened(data)
    if len(document) > MOST_PAGES:
        raise PictureRefused(Reason.TOO_MANY_PAGES)
    if not len(document):
        raise PictureRefused(Reason.DAMAGED)
    for page in document:
        # With its marks: a black bar that somebody drew over a name has to stay.
        bitmap = page.render(scale=_scale(*page.get_size()), may_draw_forms=False, draw_annots=True)
        yield flattened(bitmap.to_pil())
        bitmap.close()
        page.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise PictureRefused(Reason.NEEDS_PASSWORD if error.err_code in _LOCKED else Reason.DAMAGED) from None


def _scale(width: float, height: float) -> float:
    """Pixels to the point for a page of that size in points. Raises PictureRefused for a size that is none."""
    longest = max(width, height)
    if not (longest > 0 and math.isfinite(longest) and min(width, height) > 0):
        raise PictureRefused(Reason.DAMAGED)
    return min(_SCALE, LONGEST_SIDE / longest)

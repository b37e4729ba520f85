"""From a file of a stranger's to new files of the same pixels. Only for the process that has nothing to lose."""

from collections.abc import Sequence

from PIL import Image

from common.pictures.codes import covered
from common.pictures.decoding import decoded
from common.pictures.encoding import encoded
from common.pictures.frames import Frame
from common.pictures.kinds import Kind, kind_of
from common.pictures.limits import Area
from common.pictures.painting import painted
from common.pictures.pdf_pages import drawn_pages
from common.pictures.refusals import PictureRefused, Reason


def redrawn(data: bytes, areas: Sequence[Area] = ()) -> list[Frame]:
    """One frame with a new file, or one for each page of a PDF. Raises PictureRefused and nothing else.

    `areas` are covered with one colour, in a picture.
    """
    kind = kind_of(data)
    try:
        if kind is Kind.PDF:
            return [encoded(covered(page), kind) for page in drawn_pages(data)]
        return [encoded(painted(covered(decoded(data, kind)), areas), kind)]
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureRefused(Reason.TOO_MANY_PIXELS) from None
    except MemoryError:
        raise PictureRefused(Reason.TOO_COMPLEX) from None
    except Exception:
        # Decoders raise whatever they like at damaged files.
        raise PictureRefused(Reason.DAMAGED) from None

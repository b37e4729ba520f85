"""Why an uploaded file is refused, as sentences for its sender."""

from enum import Enum
from http import HTTPStatus

from common.errors import ForewarnedError
from common.images.limits import MOST_BYTES, MOST_PAGES, MOST_PIXELS, MOST_WEBP_PIXELS


class Reason(Enum):
    """The reasons to refuse a file, with their sentences as values."""

    EMPTY = "The file is empty."
    TOO_LARGE = f"The file has more than {MOST_BYTES // 1_000_000} MB."
    NOT_TAKEN = "This is not a PNG, JPEG or WebP picture, or a PDF. Open it, take a screenshot of it and send that."
    HEIC = (
        "This is a HEIC picture, which cannot be read here. Open it, take a screenshot of it and send that. An iPhone"
        " takes JPEG pictures with Settings, Camera, Formats, Most Compatible."
    )
    AVIF = "This is an AVIF picture, which cannot be read here. Open it, take a screenshot of it and send that."
    GIF = "This is a GIF, which cannot be read here. Open it, take a screenshot of it and send that."
    VIDEO = "This is a video. Take screenshots of what matters in it and send those."
    TOO_MANY_PIXELS = (
        f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels. Crop it, or take it in two parts."
    )
    TOO_MANY_PIXELS_FOR_WEBP = (
        f"The WebP picture has more than {MOST_WEBP_PIXELS / 1_000_000} million pixels. Crop it, or take it in two"
        " parts."
    )
    BUSY = "We are busy just now. Your text is kept; please add the picture again in a minute."
    TOO_MANY_PAGES = f"The PDF has more than {MOST_PAGES} pages."
    NEEDS_PASSWORD = "The PDF needs a password."  # noqa: S105  (a sentence, no password)
    DAMAGED = "The file is damaged and cannot be read."
    TOO_COMPLEX = "The file is damaged or too complex to be read."


class ImageError(ForewarnedError):
    """The file is refused for a `reason`, whose sentence is the message."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value, reason.name.lower().replace("_", "-"))
        self.reason = reason

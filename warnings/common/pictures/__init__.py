"""Uploaded pictures and PDFs of strangers: only their pixels survive."""

from common.pictures.cleaning import CleanPicture, clean
from common.pictures.limits import LONGEST_SIDE, MOST_BYTES, MOST_PAGES, MOST_PIXELS, Area
from common.pictures.refusals import PictureRefused, Reason

__all__ = [
    "LONGEST_SIDE",
    "MOST_BYTES",
    "MOST_PAGES",
    "MOST_PIXELS",
    "Area",
    "CleanPicture",
    "PictureRefused",
    "Reason",
    "clean",
]

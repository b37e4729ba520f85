"""Uploaded pictures: only their pixels survive."""

from common.pictures.cleaning import CleanPicture, clean
from common.pictures.limits import MOST_BYTES, MOST_PAGES, MOST_PIXELS, PictureRefused

__all__ = ["MOST_BYTES", "MOST_PAGES", "MOST_PIXELS", "CleanPicture", "PictureRefused", "clean"]

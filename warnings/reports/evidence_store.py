"""Store images of evidence under random names, in a folder that is not served."""

import secrets
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from common.images.clean import CleanPicture
from reports.models import Evidence

_ENDINGS = {"image/png": "png", "image/webp": "webp"}


def store() -> Storage:
    """Return the storage for evidence: a folder in DATA_DIR unless configured otherwise."""
    return storages["evidence"]


def put(picture: CleanPicture) -> str:
    """Store an image under a random name and return the name. Raises OSError if the storage is full."""
    return store().save(f"{secrets.token_hex(20)}.{_ENDINGS[picture.media_type]}", ContentFile(picture.data))


def read(row: Evidence) -> bytes:
    """Return the bytes of a stored image. Raises OSError if it is missing."""
    with store().open(row.stored_name) as file:
        return bytes(file.read())


def throw_away(names: Sequence[str]) -> None:
    """Delete stored images, ignoring missing ones."""
    for name in names:
        store().delete(name)

"""Store images of evidence under random names, in a folder that is not served."""

import secrets
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from common.images.clean import CleanPicture
from reports.models import Evidence

_ENDINGS = {"image/png": "png", "image/webp": "webp"}


def store() -> Storage:
    """The storage for evidence: a folder in DATA_DIR unless the host chose another."""
    return storages["evidence"]


def put(picture: CleanPicture) -> str:
    """Store a picture under a random name; return the name. Raises OSError when there is no room."""
    return store().save(f"{secrets.token_hex(20)}.{_ENDINGS[picture.media_type]}", ContentFile(picture.data))


def read(row: Evidence) -> bytes:
    """The bytes of a stored picture. Raises OSError when it is gone."""
    with store().open(row.stored_name) as file:
        return bytes(file.read())


def throw_away(names: Sequence[str]) -> None:
    """Remove stored pictures; ones that are gone already do not matter."""
    for name in names:
        store().delete(name)

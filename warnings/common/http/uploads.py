"""Tell requests that bring files from all others, so that reading pictures delays nobody else."""

import re
from collections.abc import Iterable
from io import BytesIO

from django.http import HttpRequest

# In the WSGI environment of a request whose files are not read, because too many wait already.
FULL = "forewarned.uploads_full"
# Browsers send an empty name for a field without a file. Everything that a parser could take for a file matches.
_FILE = re.compile(rb'filename(?!="")', re.IGNORECASE)
# A longer form counts as one with files: to search it would keep the server's event loop from everyone else.
_MOST_SEARCHED = 1_000_000


def brings_files(headers: Iterable[tuple[bytes, bytes]], body: BytesIO) -> bool:
    """Return whether the body of a request may contain a file."""
    is_form = any(name == b"content-type" and b"multipart" in value.lower() for name, value in headers)
    content = body.getbuffer()
    return is_form and (len(content) > _MOST_SEARCHED or _FILE.search(content) is not None)


def is_full(request: HttpRequest) -> bool:
    """Return whether the files of this request must not be read, because too many others wait for that."""
    return FULL in request.META

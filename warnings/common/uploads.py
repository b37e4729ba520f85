"""Keep uploaded files in memory until they are cleaned. Untrusted files are never written to disk."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from common.images.limits import MOST_BYTES

# How many files of a request are stored; further ones are only counted.
MOST_KEPT = 6


class InMemoryHandler(FileUploadHandler):
    """Store the beginning of each file, up to one byte above the limit, which shows that it is too large."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start a file."""
        super().new_file(*args, **kwargs)
        self.files += 1
        self.content = BytesIO()
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Store the part of a chunk within the limit."""
        if self.files <= MOST_KEPT:
            self.content.write(raw_data[: max(0, MOST_BYTES + 1 - start)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the stored part of the file."""
        size = self.content.tell()
        self.content.seek(0)
        return InMemoryUploadedFile(
            self.content, self.field_name, self.file_name or "file", self.content_type, size, self.charset
        )

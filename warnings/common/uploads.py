"""Keep uploaded files in memory until they are cleaned; untrusted files are never written to disk."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from common.images.limits import MOST_BYTES

# Files of one request whose content is kept; more are counted, not stored.
MOST_KEPT = 6


class InMemoryHandler(FileUploadHandler):
    """Keeps the beginning of each file: one byte more than is allowed says that it is too large."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with a file."""
        super().new_file(*args, **kwargs)
        self.files += 1
        self.content = BytesIO()
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep what is still allowed."""
        if self.files <= MOST_KEPT:
            self.content.write(raw_data[: max(0, MOST_BYTES + 1 - start)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file as far as it was kept."""
        size = self.content.tell()
        self.content.seek(0)
        return InMemoryUploadedFile(
            self.content, self.field_name, self.file_name or "file", self.content_type, size, self.charset
        )

"""Store files in an S3-compatible store. Imported only if the host configured one (EVIDENCE_S3_BUCKET)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

P = ParamSpec("P")
T = TypeVar("T")


def _as_files_fail(act: Callable[P, T]) -> Callable[P, T]:
    """Convert errors of the store to OSError, so that callers handle it like a disk."""

    @wraps(act)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return act(*args, **kwargs)
        except (BotoCoreError, ClientError) as error:
            raise OSError(f"The object store failed: {type(error).__name__}") from None

    return guarded


class ObjectStorage(S3Storage):
    """Private objects under the site's own names. Only the site reads and writes them; they have no public URL."""

    def __init__(self, **settings: Any) -> None:
        config = Config(
            connect_timeout=3,
            read_timeout=10,
            retries={"max_attempts": 2},
            s3={"addressing_style": "path"},
            # Compatible stores seldom support the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=config, default_acl=None, file_overwrite=False, **settings)

    @_as_files_fail
    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Store a file. Raises OSError."""
        return str(super().save(name, content, max_length))

    @_as_files_fail
    def open(self, name: str, mode: str = "rb") -> Any:
        """Return a file whose content has been read completely. Raises OSError."""
        file = super().open(name, mode)
        file.read()
        file.seek(0)
        return file

    @_as_files_fail
    def delete(self, name: str) -> None:
        """Delete a file if it exists. Raises OSError."""
        super().delete(name)

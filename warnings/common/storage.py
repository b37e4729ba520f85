"""Store files in an S3-compatible store; imported only where a host configured one (EVIDENCE_S3_BUCKET)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

P = ParamSpec("P")
T = TypeVar("T")


def _as_files_fail(act: Callable[P, T]) -> Callable[P, T]:
    """What goes wrong with the store becomes what goes wrong with a disk, so that one answer serves both."""

    @wraps(act)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return act(*args, **kwargs)
        except (BotoCoreError, ClientError) as error:
            raise OSError(f"The object store failed: {type(error).__name__}") from None

    return guarded


class ObjectStorage(S3Storage):
    """Private objects under our own names: read and written by the site only, never by an address of the store."""

    def __init__(self, **settings: Any) -> None:
        config = Config(
            connect_timeout=3,
            read_timeout=10,
            retries={"max_attempts": 2},
            s3={"addressing_style": "path"},
            # Stores that are compatible seldom know the newer checksums.
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
        """A file whose content is here already. Raises OSError."""
        file = super().open(name, mode)
        file.read()
        file.seek(0)
        return file

    @_as_files_fail
    def delete(self, name: str) -> None:
        """Remove a file; one that is gone already does not matter. Raises OSError."""
        super().delete(name)

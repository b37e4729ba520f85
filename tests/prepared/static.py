"""The static files, collected, fingerprinted and compressed."""

from functools import cache
from pathlib import Path

from tests.prepared.inputs import digest_of, static_inputs
from tests.prepared.processes import run_steps
from tests.prepared.store import prepared


@cache
def static_files() -> Path:
    """Return the folder with the files as they are served."""
    return prepared("static", digest_of(static_inputs()), _build) / "static"


def _build(folder: Path) -> None:
    run_steps("static_files", folder=folder)

"""A catalogue to load."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A copy of the real catalogue that a test may break."""
    return Path(shutil.copytree(settings.CATALOGUE_DIR, tmp_path / "catalogue"))

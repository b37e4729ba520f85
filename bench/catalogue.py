"""What loading the catalogue costs beside parsing its files."""

from collections.abc import Iterator
from pathlib import Path

import yaml
from django.conf import settings
from django.utils import timezone

from bench.measure import Row, at_most, cost
from directory.catalogue.loader import load


def measure() -> Iterator[Row]:
    """A second load, which reads, checks and compares everything and changes nothing."""
    parsing = cost(parse_all, turns=3)
    again = cost(lambda: load(settings.CATALOGUE_DIR, today=timezone.localdate(), progress=lambda *_: None), turns=3)
    yield at_most("loading an unchanged catalogue", "parsing its YAML", again / parsing, 30)


def parse_all() -> None:
    """Parse every file, as fast as the library can."""
    for path in Path(settings.CATALOGUE_DIR).rglob("*.yaml"):
        yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)

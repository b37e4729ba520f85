"""What the first view of each kind of page weighs, compressed as it travels: HTML, styles, scripts, icon."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.test import Client

from bench.measure import Row, at_most
from bench.pages import KINDS

MOST_HTML = 14_000
MOST_IN_ALL = 30_000


def measure() -> Iterator[Row]:
    """Each kind's HTML and whole first view as a share of what they may weigh."""
    client = Client(headers={"Host": "localhost", "Accept-Encoding": "br"})
    for kind, address in (KINDS | {"matrix": "/tools/matrix/", "features": "/features/"}).items():
        html = len(client.get(address).content)
        plain = Client(headers={"Host": "localhost"}).get(address).content.decode()
        files = set(re.findall(r'(?:href|src)="/static/([^"#]+)[#"]', plain))
        whole = html + sum(_packed_size(name) for name in files)
        yield at_most(f"weight: HTML of {kind} ({html:,} bytes)", f"{MOST_HTML:,} bytes", html / MOST_HTML, 1)
        yield at_most(
            f"weight: first view of {kind} ({whole:,} bytes)", f"{MOST_IN_ALL:,} bytes", whole / MOST_IN_ALL, 1
        )


def _packed_size(name: str) -> int:
    path = Path(settings.STATIC_ROOT) / name
    packed = path.with_name(path.name + ".br")
    return (packed if packed.exists() else path).stat().st_size

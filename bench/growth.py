"""What every public address costs on a large site beside a small one, without the page cache, on both databases.

Each size on each database is made and measured by a process of its own: `python -m bench.growth WARNINGS` measures the
site that the environment names and prints the milliseconds as JSON. BENCH_GROWTH="10000,100000" takes other sizes.
"""

import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from bench.measure import Row, at_most

SIZES = [int(size) for size in os.environ.get("BENCH_GROWTH", "10000,1000000").split(",")]
TOOLS, SEED = 10_000, 1
# Most that a page may cost on a large site: as a multiple of a small one, and in milliseconds.
GROWTH_LIMIT, LIMIT = 1.3, 50
# Below this many milliseconds, a ratio says more about the clock than about the page.
SHORTEST = 3.0
TURNS = 7
# In the order of what lists are sorted and searched by.
VARIANTS = {
    "lists": ("/warnings/?order=helpful", "/warnings/?order=reported", "/warnings/?page=2", "/tools/?order=name"),
    "searches": ("/search/?q=dingtalk", "/search/?q=ba+ta", "/api/v1/search?q=dingding", "/search/suggestions/?q=di"),
}
POSTGRESQL = ("-m", "tests.services.postgres", "--", sys.executable)


def measure() -> Iterator[Row]:
    """The largest size beside the smallest: SQLite by processor time, PostgreSQL by the clock, for the server's part."""
    for vendor, prefix in (("sqlite", ()), ("postgresql", POSTGRESQL)):
        small, large = (_in_a_process(prefix, size) for size in (SIZES[0], SIZES[-1]))
        for address in sorted(small.keys() & large.keys()):
            before, after = small[address], large[address]
            ratio = max(after, SHORTEST) / max(before, SHORTEST)
            what = f"{vendor}, {SIZES[-1]:,} warnings: {address} ({after:.1f} ms)"
            yield at_most(what, f"{SIZES[0]:,} warnings ({before:.1f} ms)", ratio, GROWTH_LIMIT)
        slowest = max(large, key=large.__getitem__)
        what = f"{vendor}, {SIZES[-1]:,} warnings: the slowest, {slowest} ({large[slowest]:.1f} ms)"
        yield at_most(what, f"{LIMIT} ms", large[slowest] / LIMIT, 1)


def _in_a_process(prefix: tuple[str, ...], size: int) -> dict[str, float]:
    folder = tempfile.mkdtemp(prefix="forewarned-bench-growth-")
    variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    variables |= {"DATA_DIR": folder, "RATE_LIMITS": "off"}
    command = [sys.executable, *prefix, "-m", "bench.growth", str(size)]
    try:
        done = subprocess.run(command, env=variables, check=True, stdout=subprocess.PIPE, text=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Make the corpus in the site of the environment, measure, print the milliseconds of each address as JSON."""
    importlib.import_module("django").setup()
    call = importlib.import_module("django.core.management").call_command
    call("migrate", verbosity=0)
    call("load_catalogue", stdout=sys.stderr)
    call("collectstatic", "--no-input", verbosity=0)
    call("generate_corpus", warnings=int(sys.argv[1]), tools=TOOLS, seed=SEED, stdout=sys.stderr)
    sys.stdout.write(json.dumps(dict(_costs())) + "\n")


def _costs() -> Iterator[tuple[str, float]]:
    client = importlib.import_module("django.test").Client(headers={"Host": "localhost"})
    vendor = importlib.import_module("django.db").connection.vendor
    clock = time.perf_counter if vendor == "postgresql" else time.process_time
    for name, address in _addresses().items():
        if client.get(address).status_code == HTTPStatus.OK:
            yield name, 1_000 * min(_times(partial(client.get, address), clock))


def _times(work: Callable[[], object], clock: Callable[[], float]) -> Iterator[float]:
    for _ in range(TURNS):
        start = clock()
        work()
        yield clock() - start


def _addresses() -> Mapping[str, str]:
    """Every route with an example, and what the corpus makes large: by name, since sizes have their own addresses."""
    routes = importlib.import_module("tests.sitemap_of_tests").routes()
    own = [route.address for route in routes] + [address for some in VARIANTS.values() for address in some]
    return {address: address for address in own} | dict(_of_the_corpus())


def _of_the_corpus() -> Iterator[tuple[str, str]]:
    reports, directory = importlib.import_module("reports.models"), importlib.import_module("directory.models")
    made: Any = reports.Warning.objects.filter(slug__startswith="synthetic")
    yield "a warning", f"/warnings/{made.latest('pk').slug}/"
    yield "a warning with many votes", f"/warnings/{made.order_by('-vote_count', 'pk')[0].slug}/"
    yield "a file of the sitemap", "/sitemap-warnings-1.xml"
    count = importlib.import_module("django.db.models").Count
    for kind, model, path in (
        ("tool", directory.Tool, "tools"),
        ("tag", reports.Tag, "tags"),
        ("marketplace", directory.Marketplace, "marketplaces"),
    ):
        link = "tagged_warnings" if kind == "tag" else "warnings"
        rows = model.objects.annotate(uses=count(link)).filter(uses__gt=0).order_by("-uses", "pk")
        for which, row in (("commonest", rows.first()), ("rarest", rows.last())):
            yield f"the {which} {kind}", f"/{path}/{row.slug}/"
            yield f"the feed of the {which} {kind}", f"/feeds/{path}/{row.slug}.atom"


if __name__ == "__main__":
    main()

"""`python -m tests.faults [NAME ...]`: cause each fault, and print what was acknowledged, lost and refused."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.faults import clocks, connections, crashes, disks, readers
from tests.faults.outcome import Outcome
from tests.faults.sites import FaultSite
from tests.prepared import postgres
from tests.services.postgres import running_cluster


@contextmanager
def site_on_sqlite() -> Iterator[FaultSite]:
    """A site on SQLite in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="forewarned-fault-", ignore_cleanup_errors=True) as name:
        site = FaultSite(Path(name) / "data")
        try:
            yield site
        finally:
            site.kill()


@contextmanager
def site_on_postgresql() -> Iterator[tuple[FaultSite, Path]]:
    """A site on a PostgreSQL of its own, whose folder it returns, too."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="forewarned-fault-")))
        cluster, server = stack.enter_context(running_cluster())
        postgres.copy_database(server, postgres.loaded(server), "faults")
        site = FaultSite(folder / "data", postgres.address_of(server, "faults"))
        stack.callback(site.kill)
        yield site, cluster


def _connections() -> Iterator[Outcome]:
    with site_on_sqlite() as site:
        yield from connections.hold(site)


def _kill() -> Iterator[Outcome]:
    with site_on_sqlite() as site:
        yield from crashes.kill(site, "SQLite")
    with site_on_postgresql() as (site, _):
        yield from crashes.kill(site, "PostgreSQL")


def _readers() -> Iterator[Outcome]:
    with site_on_sqlite() as site:
        yield from readers.mix(site, "SQLite")
    with site_on_postgresql() as (site, _):
        yield from readers.mix(site, "PostgreSQL")


def _restart() -> Iterator[Outcome]:
    with site_on_postgresql() as (site, cluster):
        yield from crashes.restart_database(site, cluster)


def _disks() -> Iterator[Outcome]:
    for fault in (disks.full, disks.read_only):
        with disks.small_disk() as disk:
            site = FaultSite(disk / "site" / "data")
            try:
                yield from fault(site, disk)
            finally:
                site.kill()


def _clock() -> Iterator[Outcome]:
    with site_on_sqlite() as site:
        yield from clocks.set_back(site)


FAULTS: dict[str, Callable[[], Iterator[Outcome]]] = {
    "connections": _connections,
    "kill": _kill,
    "readers": _readers,
    "restart": _restart,
    "disks": _disks,
    "clock": _clock,
}


def main(arguments: Sequence[str]) -> int:
    """Cause the chosen faults; 0 if the site came through all of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(FAULTS)}; all of them without one")
    names = parser.parse_args(arguments).names or list(FAULTS)
    if unknown := set(names) - set(FAULTS):
        sys.exit(f"There is no fault {', '.join(sorted(unknown))}.")
    fine = True
    for name in names:
        for outcome in FAULTS[name]():
            print(outcome, flush=True)
            fine = fine and outcome.is_fine
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Kill the site, or restart its database, while people write: nothing that was acknowledged is lost."""

import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.outcome import Outcome
from tests.faults.sites import FaultSite
from tests.faults.writers import Written, people_writing
from tests.services.postgres import restart

KILLS = 3
# Seconds within which the site has to answer again.
LONGEST = 5


def kill(site: FaultSite, database: str) -> Iterator[Outcome]:
    """Kill all processes while people write, several times."""
    written, starts = Written(), [site.start()]
    for turn in range(KILLS):
        with people_writing(site, written, f"Kill {turn}") as enough:
            if not enough.wait(180):
                raise RuntimeError(f"Only {len(written.acknowledged)} writes were acknowledged in 180 seconds.")
            site.kill()
        starts.append(site.start())
    lost = written.lost(site)
    site.run("from django.core.management import call_command\ncall_command('check_integrity')")
    yield Outcome(
        f"kill -9 during writes, {database}, {KILLS} times",
        f"{len(written.acknowledged)} acknowledged, {len(lost)} lost, {written.refused} refused",
        down=max(starts[1:]),
        problem=f"lost: {sorted(lost)[:3]}" if lost else "",
        longest=LONGEST,
    )


def restart_database(site: FaultSite, cluster: Path) -> Iterator[Outcome]:
    """Restart PostgreSQL while people write."""
    written = Written()
    site.start()
    with people_writing(site, written, "Restart") as enough:
        enough.wait(180)
        restart(cluster)
        began = time.monotonic()
        site.wait()
        down = time.monotonic() - began
        before = len(written.acknowledged)
        enough.clear()
        enough.wait(LONGEST)
    lost = written.lost(site)
    goes_on = len(written.acknowledged) > before
    yield Outcome(
        "PostgreSQL restarts during writes",
        f"{len(written.acknowledged)} acknowledged, {len(lost)} lost, {written.refused} refused",
        down=down,
        problem=f"lost: {sorted(lost)[:3]}" if lost else "" if goes_on else "nobody could write afterwards",
        longest=LONGEST,
    )
    site.kill()

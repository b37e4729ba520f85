"""A clock that is set back by a day, as after a wrong time server: what was written is there, and people write on."""

from collections.abc import Iterator

from tests.faults.outcome import Outcome
from tests.faults.sites import FaultSite
from tests.faults.writers import Written, people_writing

_AHEAD = """
import datetime, sys
import time_machine
travel = time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1), tick=True)
travel.start()
from config.server import main
main("127.0.0.1", int(sys.argv[1]))
"""


def set_back(site: FaultSite) -> Iterator[Outcome]:
    """Write with a clock that is a day ahead, then with the right one."""
    written, down = Written(), 0.0
    for mark, command in (("Ahead", ("-c", _AHEAD, str(site.port))), ("Back", ("manage.py", "serve"))):
        down = site.start(command)
        before = len(written.acknowledged)
        with people_writing(site, written, mark) as enough:
            enough.wait(120)
            enough.clear()
            enough.wait(5)
        if len(written.acknowledged) == before:
            yield Outcome(
                "clock set back by a day", f"{written.refused} refused", problem=f"{mark}: nobody could write"
            )
            return
        site.kill()
    site.start()
    lost = written.lost(site)
    site.run("from django.core.management import call_command\ncall_command('check_integrity')")
    found = f"{len(written.acknowledged)} acknowledged, {len(lost)} lost, {written.refused} refused"
    yield Outcome("clock set back by a day", found, down, problem=f"lost: {sorted(lost)[:3]}" if lost else "")
    site.kill()

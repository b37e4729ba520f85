"""What is true in a process that serves people, and in no other."""

from pathlib import Path

from django.db import connection

from tests.services.processes import site_of_its_own, start

LIMITS = """
import sys
if sys.argv[1] == "web":
    import config.wsgi
from django.db import connection
with connection.cursor() as cursor:
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute(f"SHOW {name}")
        print(cursor.fetchone()[0])
"""
READY = """
import config.wsgi
from pages import warm_up
import threading
for thread in threading.enumerate():
    if thread.name == "warm-up":
        thread.join()
print(warm_up.is_done(), {"opencc", "pypinyin"} <= set(sys.modules))
"""


def printed(script: str, kind: str, folder: Path) -> list[str]:
    """Return the lines that a script prints on a site of its own."""
    with site_of_its_own(folder) as variables:
        variables = {name: value for name, value in variables.items() if name != "FOREWARNED_PROCESS"}
        process = start(f"import sys{script}", variables | {"BACKGROUND_WORK": "worker"}, kind)
        out, error = process.communicate()
    assert process.returncode == 0, error
    return out.splitlines()


def test_statements_have_a_time_limit_only_where_people_wait_for_them(tmp_path: Path) -> None:
    if connection.vendor == "sqlite":
        # There, a limit is set for locks only, and the same for everything.
        assert connection.settings_dict["OPTIONS"]["timeout"] == 20
        return
    assert printed(LIMITS, "web", tmp_path / "web") == ["5s", "2s", "10s"]
    assert printed(LIMITS, "other", tmp_path / "other") == ["0", "0", "0"]


def test_a_web_process_loads_what_the_first_search_needs(tmp_path: Path) -> None:
    assert printed(READY, "web", tmp_path / "site") == ["True True"]

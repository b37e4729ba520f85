"""Real processes on a database of their own: SQLite in a folder, or a new one on the PostgreSQL that the tests use."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from config import BASE_DIR
from tests.prepared import postgres, sqlite
from tests.prepared.static import static_files

SETUP = "import config\nimport django; django.setup()\n"
READY_AND_WAIT = """
import sys
def ready_and_wait():
    print("ready", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def site_of_its_own(folder: Path, *, with_catalogue: bool = True) -> Iterator[dict[str, str]]:
    """The environment of a new site, with the catalogue or without; it is gone afterwards."""
    found = os.environ | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        copy_of_site(folder, with_catalogue=with_catalogue)
        yield found
        return
    name = f"own_site_{os.getpid()}"
    postgres.copy_database(server, (postgres.loaded if with_catalogue else postgres.bare)(server), name)
    try:
        yield found | {"DATABASE_URL": postgres.address_of(server, name)}
    finally:
        postgres.drop_database(server, name)


def copy_of_site(folder: Path, *, with_catalogue: bool = True) -> None:
    """Put a site on SQLite into a folder, ready to be served."""
    database = sqlite.loaded() if with_catalogue else sqlite.bare()
    shutil.copytree(database.parent, folder, dirs_exist_ok=True)
    # Links to the files, not to the folder: what a site collects anew takes their place and leaves the prepared ones.
    shutil.copytree(static_files(), folder / "static", copy_function=os.symlink)


def start(script: str, variables: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    """Run a script with Django set up, in a process of its own."""
    command = [sys.executable, "-c", f"{SETUP}{script}", *arguments]
    return subprocess.Popen(
        command,
        cwd=BASE_DIR,
        env=variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def together(scripts: Sequence[tuple[str, ...]], variables: dict[str, str], seconds: int = 240) -> list[str]:
    """What scripts print that go on at the same moment: each `(script, *arguments)` calls `ready_and_wait()` once.

    Fails when one of them ends with an error, and says which error.
    """
    running = [start(f"{READY_AND_WAIT}{script}", variables, *arguments) for script, *arguments in scripts]
    for process in running:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line == "ready\n", (line, process.communicate(timeout=seconds))
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=seconds) for process in running]
    assert [process.returncode for process in running] == [0] * len(running), answers
    return [out for out, _ in answers]

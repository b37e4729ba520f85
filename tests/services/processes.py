"""Real processes on a database of their own: SQLite in a folder, or a new one on the PostgreSQL that the tests use."""

import json
import os
import select
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


FORKS = [sys.executable, "-m", "tests.services.forks"]
Script = tuple[str, ...]
"""A script and its arguments."""


def together(scripts: Sequence[Script], variables: dict[str, str]) -> list[str]:
    """Return what scripts print that run at the same moment, each in a process of its own.

    Each may call `ready_and_wait()` once, and goes on when all have. Fails when one of them ends with an error.
    """
    [printed] = in_turn(variables, scripts)
    return printed


def in_turn(variables: dict[str, str], *stages: Sequence[Script], seconds: int = 300) -> list[list[str]]:
    """Return what the scripts of each stage print; a stage begins when the one before has ended."""
    done = subprocess.run(
        FORKS,
        cwd=BASE_DIR,
        env=variables,
        input=json.dumps(stages),
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return _printed(done.stdout)


def _printed(answer: str) -> list[list[str]]:
    results = json.loads(answer)
    assert all(one["code"] == 0 and one["err"] == "" for stage in results for one in stage), results
    return [[one["out"] for one in stage] for stage in results]


class Hand:
    """Runs scripts on a site one after the other, in forks of one process in which Django is set up."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            FORKS, cwd=BASE_DIR, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, script: str, *arguments: str, seconds: int = 60) -> str:
        """Return what a script prints. Fails when it ends with an error, or not in time."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([[[script, *arguments]]]) + "\n")
        self._process.stdin.flush()
        answered, _, _ = select.select([self._process.stdout], [], [], seconds)
        assert answered, f"a script did not end in {seconds} seconds"
        [[printed]] = _printed(self._process.stdout.readline())
        return printed

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=20)

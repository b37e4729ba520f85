"""Real processes on a database of their own: SQLite in a folder, or a new one on the PostgreSQL that the tests use."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from config import BASE_DIR

SETUP = "import config\nimport django; django.setup()\n"
READY_AND_WAIT = """
import sys
def ready_and_wait():
    print("ready", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def site_of_its_own(folder: Path, *commands: str) -> Iterator[dict[str, str]]:
    """The environment of a new site on which these commands of manage.py have run; it is gone afterwards."""
    found = os.environ | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    server = os.environ.get("DATABASE_URL", "")
    name = f"own_site_{os.getpid()}"
    if server:
        _on_server(server, f"CREATE DATABASE {name}")
        found["DATABASE_URL"] = f"{server.rpartition('/')[0]}/{name}"
    try:
        for command in commands:
            subprocess.run(
                [sys.executable, "manage.py", command, "-v0"],
                cwd=BASE_DIR,
                env=found,
                check=True,
                capture_output=True,
            )
        yield found
    finally:
        if server:
            _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


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


def _on_server(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)

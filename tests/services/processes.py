"""Real processes on a database of their own: SQLite in a folder, or a new one on the PostgreSQL that the tests use."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg

from config import BASE_DIR
from tests import environment

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
    found = _environment(folder)
    server = os.environ.get("DATABASE_URL", "")
    name = f"own_site_{os.getpid()}"
    if server:
        _on_server(server, f"CREATE DATABASE {name} TEMPLATE {_database_with(commands)}")
        found["DATABASE_URL"] = _address(server, name)
    else:
        copy_of_site(folder, *commands)
    try:
        yield found
    finally:
        if server:
            _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def copy_of_site(folder: Path, *commands: str) -> None:
    """Put a site on SQLite into a folder, on which these commands of manage.py have run."""
    shutil.copytree(_folder_with(commands), folder, dirs_exist_ok=True)


@cache
def _folder_with(commands: tuple[str, ...]) -> Path:
    """A site on SQLite that is made once and copied from then on."""
    folder = Path(tempfile.mkdtemp(prefix="site-", dir=environment.FOLDER))
    variables = _environment(folder)
    variables.pop("DATABASE_URL", None)
    _run_commands(commands, variables)
    return folder


@cache
def _database_with(commands: tuple[str, ...]) -> str:
    """The name of a database that is made once and copied from then on; it is dropped in the end."""
    server = os.environ["DATABASE_URL"]
    name = f"own_template_{os.getpid()}_{len(commands)}"
    _on_server(server, f"CREATE DATABASE {name}")
    atexit.register(_on_server, server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    with tempfile.TemporaryDirectory() as folder:
        _run_commands(commands, _environment(Path(folder)) | {"DATABASE_URL": _address(server, name)})
    return name


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}


def _address(server: str, name: str) -> str:
    return f"{server.rpartition('/')[0]}/{name}"


def _run_commands(commands: Sequence[str], variables: dict[str, str]) -> None:
    for command in commands:
        subprocess.run(
            [sys.executable, "manage.py", command, "-v0"],
            cwd=BASE_DIR,
            env=variables,
            check=True,
            capture_output=True,
        )


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

"""A PostgreSQL of our own for the tests: a temporary folder, a free port on loopback, no root.

`python -m tests.services.postgres -- COMMAND ...` runs a command with DATABASE_URL pointing to it.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server, yield its DATABASE_URL, stop it and remove its files."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="forewarned-pg-"))
    port = free_port()
    try:
        _hand_over(folder)
        _run(
            [binaries / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        )
        # Durability does not matter here, speed does: the data is thrown away.
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        _run([binaries / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w", "-o", options, "start"])
        try:
            yield f"postgres://{USER}@127.0.0.1:{port}/postgres"
        finally:
            _run([binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _binaries() -> Path:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        sys.exit("PostgreSQL's server programs are missing (on Debian: the package postgresql).")
    return found[-1].parent


def _hand_over(folder: Path) -> None:
    """PostgreSQL refuses to run as root: then the folder and the server belong to another user."""
    if os.geteuid() == 0:
        account = pwd.getpwnam(_other_user())
        os.chown(folder, account.pw_uid, account.pw_gid)


def _other_user() -> str:
    try:
        return pwd.getpwnam(USER).pw_name
    except KeyError:
        return "nobody"


def _run(command: list[str | Path]) -> None:
    prefix = ["setpriv", f"--reuid={_other_user()}", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run([*prefix, *map(str, command)], capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        sys.exit(f"{Path(command[0]).name} failed: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    with running_postgres() as url:
        result = subprocess.run(sys.argv[2:], env=os.environ | {"DATABASE_URL": url}, check=False)
    sys.exit(result.returncode)

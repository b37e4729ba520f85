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

from tests.prepared.postgres import bare, catalogue_digest, loaded
from tests.prepared.store import prepared

USER = "postgres"
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server on which the templates of `tests.prepared` are there, yield its DATABASE_URL, stop it."""
    with running_cluster() as (_, url):
        yield url


@contextmanager
def running_cluster() -> Iterator[tuple[Path, str]]:
    """Start such a server; yield its folder, by which it can be restarted, and its DATABASE_URL.

    It works on a copy of a cluster that is made once, so that runs at the same time never meet.
    """
    cluster = prepared_cluster()
    with tempfile.TemporaryDirectory(prefix="forewarned-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        shutil.copytree(cluster / "data", folder / "data", symlinks=True)
        with _server_in(folder) as url:
            yield folder, url


def restart(folder: Path) -> None:
    """Restart the server of `running_cluster`; who is connected loses the connection."""
    _run([program("pg_ctl"), "-D", folder / "data", "-w", "-l", folder / "log", "-m", "fast", "restart"])


def prepared_cluster() -> Path:
    """Return the folder with a cluster that has both templates; it is made when there is none for this state."""
    version = subprocess.run([program("postgres"), "--version"], capture_output=True, text=True, check=True).stdout
    return prepared("postgres", catalogue_digest(version), _build_cluster)


def _build_cluster(folder: Path) -> None:
    """Make a cluster with both templates in it."""
    with tempfile.TemporaryDirectory(prefix="forewarned-pg-", ignore_cleanup_errors=True) as name:
        work = Path(name)
        _hand_over(work)
        options = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        _run([program("initdb"), "-D", work / "data", *options])
        with _server_in(work) as url:
            bare(url)
            loaded(url)
        shutil.copytree(work / "data", folder / "data", symlinks=True)


@contextmanager
def _server_in(folder: Path) -> Iterator[str]:
    """Run a server on the cluster in the folder."""
    port = free_port()
    _hand_over(folder)
    # Durability does not matter here, speed does: the data is thrown away.
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= {FAST}"
    control: list[str | Path] = [program("pg_ctl"), "-D", folder / "data", "-w"]
    _run([*control, "-l", folder / "log", "-o", options, "start"])
    try:
        yield f"postgres://{USER}@127.0.0.1:{port}/postgres"
    finally:
        _run([*control, "-m", "fast", "stop"])


def free_port() -> int:
    """A port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(name: str) -> Path:
    """Return the path of one of PostgreSQL's programs; ends the program with a message when there is none."""
    return _binaries() / name


def _binaries() -> Path:
    on_path = shutil.which("initdb")
    if on_path:
        # It may be a link out of the folder that holds all of them.
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        sys.exit("PostgreSQL's server programs are missing (on Debian: the package postgresql).")
    return found[-1].parent


def _hand_over(folder: Path) -> None:
    """PostgreSQL refuses to run as root: then the folder and the server belong to another user."""
    if os.geteuid() == 0:
        account = pwd.getpwnam(_other_user())
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


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

"""Scripts that run at the same moment, each in a process of its own: `python -m tests.services.forks`.

Each line of standard input holds a JSON list of stages, each a list of scripts with their arguments. Django is set up
once, before any connection is opened, and each script runs in a fork of that. The scripts of a stage run at the same
moment: one may call `ready_and_wait()` once, and goes on when all have that do. For each line, standard output has a
line with a JSON list of the same form: what each script printed, and how it ended.
"""

import json
import os
import sys
import tempfile
import traceback
from dataclasses import dataclass
from typing import IO, NoReturn

import django

import config  # noqa: F401  (puts the apps on the import path)


@dataclass
class Fork:
    """A process that runs one script, and the ends of its pipes that are ours."""

    pid: int
    ready: int
    go: int
    out: IO[bytes]
    err: IO[bytes]

    def wait_until_ready(self) -> bool:
        """Return whether the script called `ready_and_wait()`; it may also have ended before."""
        return os.read(self.ready, 1) == b"r"

    def result(self) -> dict[str, str | int]:
        """Wait for the end, and return how it ended and what it printed."""
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        for file in (self.out, self.err):
            file.seek(0)
        return {"code": code, "out": self.out.read().decode(), "err": self.err.read().decode()}


def fork(script: str, arguments: list[str]) -> Fork:
    """Start a script in a fork of this process."""
    ready_to_read, ready = os.pipe()
    go, go_to_write = os.pipe()
    out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115  (read when the fork has ended)
    pid = os.fork()
    if not pid:
        os.close(ready_to_read)
        os.close(go_to_write)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)

        def ready_and_wait() -> None:
            os.write(ready, b"r")
            os.read(go, 1)

        _run(script, arguments, {"__name__": "__main__", "ready_and_wait": ready_and_wait})
    os.close(ready)
    os.close(go)
    return Fork(pid, ready_to_read, go_to_write, out, err)


def _run(script: str, arguments: list[str], names: dict[str, object]) -> NoReturn:
    """Run a script as `python -c` would, and end this process."""
    code = 0
    sys.argv = ["-c", *arguments]
    try:
        exec(compile(script, "script", "exec"), names)  # noqa: S102  (a script of our own)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else bool(end.code)
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def together(scripts: list[list[str]]) -> list[dict[str, str | int]]:
    """Run the scripts of one stage, and return their results."""
    forks = [fork(script, arguments) for script, *arguments in scripts]
    ready = [one for one in forks if one.wait_until_ready()]
    for one in ready:
        os.write(one.go, b"g")
    return [one.result() for one in forks]


def main() -> None:
    """Run the stages that each line of standard input names in their order, and print their results."""
    django.setup()
    for line in sys.stdin:
        print(json.dumps([together(scripts) for scripts in json.loads(line)]), flush=True)


if __name__ == "__main__":
    main()

"""Trying a patch: in a copy of the work tree, with a pytest of its own for each file that has to fail."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from config import BASE_DIR
from tests.prepared.store import FOLDER
from tests.sabotage.mistakes import Patch, git_apply

# A mistake may let everything wait for ever: whatever takes longer is stopped, and is no catch.
LONGEST_RUN = 900
GREEN, RED = 0, 1


@dataclass(frozen=True)
class Run:
    """How a pytest ended; `code` is None where it had to be stopped."""

    code: int | None
    output: str

    @property
    def caught(self) -> bool:
        """Whether a test failed. An error before any test ran is a broken run."""
        return self.code == RED and re.search(r"^FAILED ", self.output, re.MULTILINE) is not None

    @property
    def end(self) -> str:
        """The last lines of what it said."""
        return "\n".join(self.output.splitlines()[-30:])


@dataclass(frozen=True)
class Outcome:
    """What came of one patch: `problem` is empty if every file caught it."""

    patch: Patch
    problem: str
    seconds: float
    output: str = ""

    def __str__(self) -> str:
        files = " ".join(self.patch.caught_by)
        if not self.problem:
            return f"caught      {self.patch.name}  {files}  {self.seconds:.1f} s"
        return f"NOT CAUGHT  {self.patch.name}  {self.problem}  {self.seconds:.1f} s"


@dataclass(frozen=True)
class Copy:
    """A copy of the work tree that one worker tries patches in, and its own database on PostgreSQL."""

    folder: Path
    postgresql: str

    def fill(self) -> None:
        """Copy what git knows of the work tree, and lend what npm installed."""
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=BASE_DIR, capture_output=True, text=True, check=True).stdout
        for name in filter(None, names.split("\0")):
            source, target = BASE_DIR / name, self.folder / name
            if source.is_file() and not source.is_symlink():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target)
        if (BASE_DIR / "node_modules").exists():
            (self.folder / "node_modules").symlink_to((BASE_DIR / "node_modules").resolve())

    def run(self, files: Iterable[str], *, on_postgresql: bool, options: tuple[str, ...] = ()) -> Run:
        """Run test files in one pytest on one of the databases."""
        variables = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DATA_DIR"}}
        # What the copies prepare is the same for both, and for the next run, unless a mistake changes it.
        variables["PREPARED_TESTS"] = str(FOLDER)
        if on_postgresql:
            variables["DATABASE_URL"] = self.postgresql
        command = [sys.executable, "-m", "pytest", "-q", *options, "-p", "no:cacheprovider", *files]
        said = self.folder / ".said"
        with said.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=self.folder, env=variables, stdout=output, stderr=output, start_new_session=True
            )
            try:
                code: int | None = process.wait(LONGEST_RUN)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                code = None
        return Run(code, said.read_text(encoding="utf-8", errors="replace"))

    def attempt(self, patch: Patch) -> Outcome:
        """Make the mistake, see whether every named file fails, and take the mistake back."""
        began = time.monotonic()
        if refusal := git_apply(patch, folder=self.folder):
            return Outcome(patch, f"does not apply: {refusal}", time.monotonic() - began)
        problem, output = "", ""
        for file in patch.caught_by:
            run = self.run([file], on_postgresql=patch.on_postgresql, options=("-x",))
            if not run.caught:
                problem, output = f"{file}: {_in_words(run)}", "" if run.code == GREEN else run.end
                break
        if refusal := git_apply(patch, "-R", folder=self.folder):
            raise RuntimeError(f"{patch.name} cannot be taken back: {refusal}")
        return Outcome(patch, problem, time.monotonic() - began, output)


def _in_words(run: Run) -> str:
    if run.code == GREEN:
        return "everything passed"
    if run.code == RED:
        return "the run broke: an error before any test"
    return "stopped, it took too long" if run.code is None else f"the run broke: pytest ended with {run.code}"

"""Patches as they are stored: a few lines that say what they are, an empty line, and the diff."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config import BASE_DIR

PATCHES = Path(__file__).parent / "patches"


class UnreadableError(ValueError):
    """A patch does not say what it has to; the message tells what is missing."""


@dataclass(frozen=True)
class Patch:
    """One mistake: what it is, the test files that each have to fail with it, and what it changes."""

    path: Path
    mistake: str
    caught_by: tuple[str, ...]
    on_postgresql: bool
    touched: frozenset[str]

    @property
    def name(self) -> str:
        """Its number and a few words: `12-own-vote`."""
        return self.path.stem

    def goes_by(self, word: str) -> bool:
        """Whether somebody who types this means it: its name, its number or the name without the number."""
        number, _, rest = self.name.partition("-")
        return word.removesuffix(".patch") in {self.name, number, number.lstrip("0"), rest}


def all_patches() -> list[Patch]:
    """All of them, by number. Raises UnreadableError."""
    return [read(path) for path in sorted(PATCHES.glob("*.patch"))]


def read(path: Path) -> Patch:
    """What a file says. Raises UnreadableError."""
    head, _, diff = path.read_text(encoding="utf-8").partition("\n\n")
    said: dict[str, str] = {}
    for line in head.splitlines():
        key, colon, value = line.partition(": ")
        if not colon or key not in {"Mistake", "Caught by", "Database"} or key in said or not value.strip():
            raise UnreadableError(f"{path.name}: {line!r} is no line of a header")
        said[key] = value.strip()
    if missing := {"Mistake", "Caught by"} - said.keys():
        raise UnreadableError(f"{path.name} lacks {', '.join(sorted(missing))}")
    if said.get("Database", "postgresql") != "postgresql":
        raise UnreadableError(f"{path.name}: there is no database {said['Database']}")
    touched = frozenset(re.findall(r"^(?:---|\+\+\+) [ab]/(.+)$", diff, re.MULTILINE))
    if not touched:
        raise UnreadableError(f"{path.name} changes nothing")
    return Patch(path, said["Mistake"], tuple(said["Caught by"].split()), "Database" in said, touched)


def git_apply(patch: Patch, *options: str, folder: Path = BASE_DIR) -> str:
    """Apply a patch to the files in a folder; return what git has against it, nothing where it applies."""
    done = subprocess.run(
        ["git", f"--git-dir={folder / '.no-repository'}", "apply", *options, str(patch.path)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.strip() or "git apply failed" if done.returncode else ""

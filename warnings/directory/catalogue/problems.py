"""Problems in a catalogue, worded so that the author of the file can fix them."""

from collections.abc import Sequence
from dataclasses import dataclass

MAX_SHOWN = 50


@dataclass(frozen=True)
class Problem:
    """A problem: the file relative to the catalogue folder, the entry's slug, the field and the message."""

    file: str
    entry: str
    field: str
    message: str

    def __str__(self) -> str:
        where = self.file
        if self.entry:
            where += f": entry {self.entry}"
        if self.field:
            where += f", field {self.field}"
        return f"{where}: {self.message}"


class CatalogueError(Exception):
    """The catalogue was not loaded, not even in part; `problems` has the reasons."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = list(problems)

    def __str__(self) -> str:
        count = len(self.problems)
        lines = [str(problem) for problem in self.problems[:MAX_SHOWN]]
        if count > MAX_SHOWN:
            lines.append(f"... and {count - MAX_SHOWN} more")
        lines.append(f"Nothing was loaded: {count} {'problem' if count == 1 else 'problems'}.")
        return "\n".join(lines)

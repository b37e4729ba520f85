"""Choosing tests that together send every shape: `python -m tests.database_subset.choice FOLDER` after a recording."""

import json
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Set
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Record:
    """What one test did: the shapes of the statements that it sent, and how many seconds it took."""

    shapes: frozenset[str]
    seconds: float


@dataclass(frozen=True)
class Choice:
    """Which tests were chosen, and which of those that were recorded send nothing to a database."""

    chosen: Collection[str]
    recorded: Collection[str]
    silent: Collection[str]

    def keeps(self, name: str, *, on_both: bool, processes: bool) -> bool:
        """Return whether a test runs: also one that runs on both databases in any case, or that was not recorded."""
        if processes or name not in self.recorded:
            return True
        return name in self.chosen or (on_both and name not in self.silent)


def read(folder: Path) -> dict[str, Record]:
    """Return what was recorded, by the name of the test."""
    found: dict[str, Record] = {}
    for path in folder.glob("*.json"):
        for name, record in json.loads(path.read_text(encoding="utf-8")).items():
            found[name] = Record(frozenset(record["shapes"]), record["seconds"])
    return found


def choose(records: Mapping[str, Record]) -> set[str]:
    """Return tests that together send every shape that any test sends.

    The classic greedy cover: again and again the test that sends the most shapes still missing for its time. In the
    end those are left out, the slowest first, whose shapes the others send as well.
    """
    missing: set[str] = set().union(*(record.shapes for record in records.values()))
    left, chosen = dict(records), set[str]()
    while missing:
        name = max(left, key=lambda one: (_worth(left[one], missing), one))
        chosen.add(name)
        missing -= left.pop(name).shapes
        left = {one: record for one, record in left.items() if record.shapes & missing}
    senders = Counter(shape for name in chosen for shape in records[name].shapes)
    for name in sorted(chosen, key=lambda one: (-records[one].seconds, one)):
        if all(senders[shape] > 1 for shape in records[name].shapes):
            chosen.remove(name)
            senders.subtract(records[name].shapes)
    return chosen


def _worth(record: Record, missing: Set[str]) -> float:
    """Return how many missing shapes a test sends for each second; what is over at once still has to be set up."""
    return len(record.shapes & missing) / (record.seconds + 0.02)


def main() -> None:
    """Write the choice into the folder of the recording, and say how much it is."""
    folder = Path(sys.argv[1])
    records = read(folder)
    silent = sorted(name for name, record in records.items() if not record.shapes)
    choice = Choice(sorted(choose(records)), sorted(records), silent)
    (folder / "choice").write_text(json.dumps(asdict(choice)), encoding="utf-8")
    shapes = set().union(*(record.shapes for record in records.values()))
    print(f"{len(shapes)} shapes of statements by {len(records)} tests; {len(choice.chosen)} tests send them all.")


if __name__ == "__main__":
    main()

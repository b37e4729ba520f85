"""`python -m tests.sabotage [NAME ...]`: make each mistake in a copy of the project, and see the tests catch it."""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import Queue

import psycopg

from tests.sabotage.attempts import GREEN, Copy, Outcome
from tests.sabotage.mistakes import Patch, all_patches
from tests.services.postgres import running_postgres

WORKERS = 2


def main(arguments: Sequence[str]) -> int:
    """Try the chosen patches; 0 if every one was caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.sabotage", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="names or numbers of patches; all of them without one"
    )
    parser.add_argument("--list", action="store_true", help="name the patches and do nothing")
    wanted = parser.parse_args(arguments)
    patches = _chosen(all_patches(), wanted.names)
    if wanted.list:
        for patch in patches:
            print(f"{patch.name}: {patch.mistake}")
        return 0
    began = time.monotonic()
    with ExitStack() as stack:
        copies = _copies(stack, with_postgresql=any(patch.on_postgresql for patch in patches))
        if not _all_green(copies, patches):
            return 1
        outcomes = _try_all(copies, patches)
    caught = sum(not outcome.problem for outcome in outcomes)
    minutes = (time.monotonic() - began) / 60
    print(f"{len(outcomes)} patches, {caught} caught, {len(outcomes) - caught} not caught, {minutes:.0f} min")
    return 0 if caught == len(outcomes) else 1


def _chosen(patches: list[Patch], names: Sequence[str]) -> list[Patch]:
    unknown = [name for name in names if not any(patch.goes_by(name) for patch in patches)]
    if unknown:
        sys.exit(f"There is no patch {', '.join(unknown)}.")
    return [patch for patch in patches if not names or any(map(patch.goes_by, names))]


def _copies(stack: ExitStack, *, with_postgresql: bool) -> list[Copy]:
    """A copy of the project for each worker, with a database of its own if there is a patch that needs one."""
    server = stack.enter_context(running_postgres()) if with_postgresql else ""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="forewarned-sabotage-")))
    made = []
    for number in range(1, WORKERS + 1):
        name, place = f"sabotage_{number}", folder / str(number)
        if server:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
        place.mkdir()
        made.append(Copy(place, f"{server.rpartition('/')[0]}/{name}" if server else ""))
        made[-1].fill()
    return made


def _all_green(copies: list[Copy], patches: list[Patch]) -> bool:
    """Whether every named file passes without any mistake: only then is its failing worth something."""
    named = sorted({(patch.on_postgresql, file) for patch in patches for file in patch.caught_by})
    with ThreadPoolExecutor(len(copies)) as workers:
        shares = [named[number :: len(copies)] for number in range(len(copies))]
        problems = [text for found in workers.map(_problems, copies, shares) for text in found]
    for text in problems:
        print(f"Not green without any mistake:\n{text}")
    if not problems:
        print(f"all green   {len({file for _, file in named})} test files without any mistake", flush=True)
    return not problems


def _problems(copy: Copy, named: list[tuple[bool, str]]) -> list[str]:
    """What the files say that do not pass. Those in the browser run by themselves, as they always do."""
    groups: dict[tuple[bool, bool], list[str]] = {}
    for on_postgresql, file in named:
        groups.setdefault((on_postgresql, file.startswith("tests/browser/")), []).append(file)
    runs = [copy.run(files, on_postgresql=on_postgresql) for (on_postgresql, _), files in groups.items()]
    return [run.end for run in runs if run.code != GREEN]


def _try_all(copies: list[Copy], patches: list[Patch]) -> list[Outcome]:
    """What came of each patch; as many are tried at a time as there are copies."""
    free: Queue[Copy] = Queue()
    for copy in copies:
        free.put(copy)

    def attempt(patch: Patch) -> Outcome:
        copy = free.get()
        outcome = copy.attempt(patch)
        free.put(copy)
        print(outcome, *filter(None, [outcome.output]), sep="\n", flush=True)
        return outcome

    with ThreadPoolExecutor(len(copies)) as workers:
        return list(workers.map(attempt, patches))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

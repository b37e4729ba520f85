"""Fails when too little of the code was run by the tests: `python -m tests.coverage_floor FILE` after a run.

FILE is what SlipCover counted: lines, and the ways out of each branch.

The modules in which a missed branch would hurt somebody must be covered whole; the rest never falls below
the floor, which goes up and never down.
"""

import ast
import json
import re
import sys
from pathlib import Path

from config import APPS_DIR, BASE_DIR

FLOOR = 98.0
# Modules in which a missed branch would hurt somebody, beside those that `is_whole` finds.
ALSO = (
    "warnings/accounts/permissions.py",
    "warnings/accounts/querysets.py",
    "warnings/audit/log.py",
    "warnings/common/http/headers.py",
    "warnings/common/http/rate_limits.py",
    "warnings/common/pagination.py",
    "warnings/common/urls.py",
    "warnings/directory/catalogue/loader.py",
    "warnings/reports/reputation.py",
    "warnings/reports/tag_rows.py",
)


def is_whole(path: Path) -> bool:
    """Return whether a module must be covered whole: it acts, decides who may do what, or is pure.

    What makes up data for a demonstration is left out: it draws lots, and nobody is hurt by it.
    """
    if path.parent.name == "demo":
        return False
    if not {path.stem, path.parent.name}.isdisjoint({"actions", "policies"}) or path.parent.name == "text":
        return True
    return says_pure(path)


def says_pure(path: Path) -> bool:
    """Return whether the first paragraph of a module's docstring says that it is pure."""
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return bool(re.search(r"\bPure\b[.:]", doc.partition("\n\n")[0]))


def whole() -> list[str]:
    """Return the names of the modules that must be covered whole, found by where they are and what they say."""
    paths = [path for path in APPS_DIR.rglob("*.py") if "migrations" not in path.parts]
    found = {path.relative_to(BASE_DIR).as_posix() for path in paths if path.stat().st_size and is_whole(path)}
    return sorted(found | set(ALSO))


def main() -> None:
    """Read what the last run covered and compare."""
    found = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    total = found["summary"]["percent_covered"]
    print(f"Covered: {total:.1f}% (at least {FLOOR}%)")
    missed = []
    for name in whole():
        part = found["files"].get(name)
        if part is None or part["summary"]["percent_covered"] < 100:
            missed.append(f"{name}: {part and (part['missing_lines'], part['missing_branches'])}")
    if missed or total < FLOOR:
        sys.exit("\n".join(["Not covered whole:", *missed]) if missed else "Less is covered than before.")


if __name__ == "__main__":
    main()

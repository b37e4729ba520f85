"""Runs every benchmark on a fresh database with the real catalogue and writes bench/results.md."""

import importlib
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUBJECTS = (
    "markdown",
    "catalogue",
    "pages",
    "over_http",
    "weight",
    "relevance",
    "enumeration",
    "votes",
    "desk",
    "log",
    "search",
    "growth",
)


def main() -> None:
    """Prepare the site, measure, print and write."""
    folder = tempfile.mkdtemp(prefix="forewarned-bench-")
    os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
    try:
        _prepare()
        rows = [row for name in SUBJECTS for row in importlib.import_module(f"bench.{name}").measure()]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    lines = ["# Benchmarks", "", f"Ratios of processor time, measured in one run ({machine}).", ""]
    lines += ["| what | against | ratio | should be | |", "|---|---|---|---|---|"]
    lines += [
        f"| {r.what} | {r.against} | {r.ratio:.2f} | {r.limit} | {'ok' if r.kept else 'not yet'} |" for r in rows
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    (HERE / "results.md").write_text(text, encoding="utf-8")


def _prepare() -> None:
    django = importlib.import_module("django")
    django.setup()
    management = importlib.import_module("django.core.management")
    for command in (
        ["migrate", "--verbosity=0"],
        ["load_catalogue"],
        ["collectstatic", "--no-input", "--verbosity=0"],
    ):
        management.call_command(*command)


if __name__ == "__main__":
    main()

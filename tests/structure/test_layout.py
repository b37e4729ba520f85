"""The layout holds what it promises, above all that Python's own `warnings` stays itself."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks

from common import checks
from config import APPS_DIR, BASE_DIR

PROBE = "import warnings; assert hasattr(warnings, 'catch_warnings'), warnings; print(warnings.__file__)"
ENTRY_POINTS = {
    "plain python in the project": ["-c", PROBE],
    "python without site packages": ["-S", "-c", PROBE],
    "isolated python": ["-I", "-c", PROBE],
    "after config": ["-c", f"import config; {PROBE}"],
    "wsgi": ["-c", f"import config.wsgi; {PROBE}"],
    "asgi": ["-c", f"import config.asgi; {PROBE}"],
    "manage.py": ["manage.py", "shell", "--no-imports", "-v", "0", "-c", PROBE],
    "pytest": ["-m", "pytest", "-q", "-s", "tests/structure/warnings_probe.py", "-p", "no:cacheprovider"],
    "with the apps folder on the path": ["-c", f"import sys; sys.path.insert(0, 'warnings'); {PROBE}"],
}


@pytest.mark.parametrize("entry_point", ENTRY_POINTS)
def test_warnings_is_the_standard_library_from(entry_point: str) -> None:
    done = subprocess.run(
        [sys.executable, *ENTRY_POINTS[entry_point]], cwd=BASE_DIR, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert str(APPS_DIR) not in done.stdout
    assert "warnings.py" in done.stdout or "passed" in done.stdout


def test_the_apps_folder_is_no_package() -> None:
    assert not (APPS_DIR / "__init__.py").exists()
    assert checks.apps_folder_is_not_a_package(None) == []


def test_a_check_fails_once_somebody_makes_it_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "__init__.py").touch()
    monkeypatch.setattr(checks, "APPS_DIR", tmp_path)
    assert [message.id for message in run_checks() if message.id == "forewarned.E001"] == ["forewarned.E001"]


def test_the_pieces_stand_where_the_design_puts_them() -> None:
    for name in ("manage.py", "config/settings.py", "templates", "static", "tests", "catalogue", "bench", "deploy", "docs",
                 "docs/decisions", "requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt",
                 "pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "SECURITY.md"):  # fmt: skip
        assert (BASE_DIR / name).exists(), name


def test_no_file_is_a_drawer() -> None:
    drawers = {"utils.py", "helpers.py", "misc.py", "util.py", "helper.py"}
    assert [path for path in APPS_DIR.rglob("*.py") if path.name in drawers] == []


def test_no_app_has_the_name_of_a_standard_module() -> None:
    apps = {path.name for path in APPS_DIR.iterdir() if path.is_dir()} - {"__pycache__"}
    assert apps & sys.stdlib_module_names == set()

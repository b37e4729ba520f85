"""The documents say what the code does."""

import ast
import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from config import APPS_DIR, BASE_DIR

DOCS = BASE_DIR / "docs"


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    source = (BASE_DIR / "config/environment.py").read_text(encoding="utf-8")
    settings = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (DOCS / "settings.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert settings == documented


def test_every_command_of_ours_is_documented() -> None:
    ours = {name for name, app in get_commands().items() if app in {"pages", "directory", "reports"}}
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert {name for name in ours if f"`{name}" not in text} == set()


def test_every_make_target_is_documented() -> None:
    makefile = (BASE_DIR / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split())
    readme = (BASE_DIR / "README.md").read_text(encoding="utf-8")
    assert {target for target in targets if f"make {target}" not in readme} == set()


def test_decisions_are_numbered_in_a_row() -> None:
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_met_requirement_names_a_test_or_a_document_that_exists() -> None:
    entries = yaml.safe_load((DOCS / "asvs.yml").read_text(encoding="utf-8"))["requirements"]
    assert len(entries) >= 70
    for number, entry in entries.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", number), number
        assert entry["state"] in {"met", "planned", "not applicable"}, number
        assert entry["what"], number
        if entry["state"] == "met":
            assert entry.get("tests") or entry.get("documents"), f"{number} names nothing"
        if entry["state"] == "not applicable":
            assert entry.get("why"), number
        for test in entry.get("tests", []):
            assert _exists(test), f"{number}: no test {test}"
        for document in entry.get("documents", []):
            assert (BASE_DIR / document).exists(), f"{number}: no {document}"


def _exists(test: str) -> bool:
    """Whether `tests/x/test_y.py::test_z` names a test function that is there (skipping is ruled out elsewhere)."""
    file, _, name = test.partition("::")
    path = BASE_DIR / file
    if not path.exists():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in ast.walk(tree))


def test_the_project_speaks_of_itself_alone() -> None:
    hosts = r"pypi\.org|npmjs\.(com|org)|deb\.debian|/work/|/root/"
    for path in _own_files():
        assert not re.search(hosts, path.read_text(encoding="utf-8")), path


def _own_files() -> list[Path]:
    own = [
        BASE_DIR / name
        for name in ("Makefile", "README.md", "package.json", "package-lock.json", ".npmrc", "pyproject.toml")
    ]
    for folder in ("config", "warnings", "templates", "static", "docs", "deploy", "bench", "tests"):
        own += [
            p
            for p in (BASE_DIR / folder).rglob("*")
            if p.suffix in {".py", ".md", ".html", ".css", ".js", ".yml", ".sh", ".txt"}
        ]
    return [path for path in own if path.name != "test_docs.py" and "node_modules" not in path.parts]


GUIDES = ["architecture.md", *sorted(f"howto/{path.name}" for path in (DOCS / "howto").glob("*.md"))]


@pytest.mark.parametrize("name", GUIDES)
def test_files_that_guides_name_are_there(name: str) -> None:
    named = re.findall(r"`([\w.-]+/[\w./-]+\.(?:py|md|yml|html))`", (DOCS / name).read_text(encoding="utf-8"))
    assert named
    assert [one for one in named if not any((base / one).exists() for base in (BASE_DIR, APPS_DIR))] == []

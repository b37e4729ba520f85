"""How the code reads: sizes, docstrings, words that must not appear, and rules that a machine can keep."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from config import APPS_DIR, BASE_DIR

LONGEST_FUNCTION = 60
LONGEST_FILE = 400
CODE = [p for p in [*APPS_DIR.rglob("*.py"), *(BASE_DIR / "config").rglob("*.py")] if "migrations" not in p.parts]
TESTS = list((BASE_DIR / "tests").rglob("*.py"))
TEMPLATES = list((BASE_DIR / "templates").rglob("*.html"))

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, Function):
            yield node


def lines_of(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def name_of(path: Path) -> str:
    return path.relative_to(BASE_DIR).as_posix()


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = [f"{name_of(p)}:{f.name}" for p in [*CODE, *TESTS] for f in functions(p) if lines_of(f) > LONGEST_FUNCTION]
    assert long == []


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    assert [
        name_of(p) for p in [*CODE, *TESTS] if len(p.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ] == []


def test_functions_are_short_in_the_middle_too() -> None:
    by_file = {name: median(sizes) for name in ("models", "querysets", "views", "actions")
               if (sizes := [lines_of(f) for p in CODE if name in (p.stem, p.parent.name) for f in functions(p)])}  # fmt: skip
    assert by_file["models"] <= 8
    assert by_file["querysets"] <= 8
    assert by_file["views"] <= 20
    assert by_file["actions"] <= 25


def test_every_module_and_every_public_thing_says_what_it_is_for() -> None:
    assert [target for path in CODE for target in _silent_things(path)] == []


def _silent_things(path: Path) -> Iterator[str]:
    tree = tree_of(path)
    if tree.body and not ast.get_docstring(tree):
        yield name_of(path)
    for parent in ast.walk(tree):
        for node in ast.iter_child_nodes(parent):
            if (
                isinstance(node, Function | ast.ClassDef)
                and _should_speak(node, parent)
                and not ast.get_docstring(node)
            ):
                yield f"{name_of(path)}:{node.name}"


def _should_speak(node: Function | ast.ClassDef, parent: ast.AST) -> bool:
    if node.name.startswith("_") or node.name == "Meta":
        return False
    return isinstance(parent, ast.Module) or (isinstance(parent, ast.ClassDef) and not parent.name.startswith("_"))


def test_imports_stand_at_the_top() -> None:
    inner = [f"{name_of(p)}:{f.name}" for p in CODE for f in functions(p)
             if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(f))]  # fmt: skip
    assert inner == []


def test_only_one_module_makes_peoples_text_trusted() -> None:
    allowed = {"warnings/common/text/markdown.py"}
    found = {name_of(p) for p in CODE if re.search(r"mark_safe|\.safe\(|SafeString\(", p.read_text(encoding="utf-8"))}
    assert found == allowed
    trusting = {name_of(p) for p in CODE if "trusted_html(" in p.read_text(encoding="utf-8")} - allowed
    assert trusting == {"warnings/reports/models/text.py", "warnings/common/templatetags/site.py"}
    assert [
        name_of(p) for p in TEMPLATES if re.search(r"\|\s*safe|autoescape\s+off", p.read_text(encoding="utf-8"))
    ] == []


def test_forms_take_text_as_its_author_sees_it() -> None:
    """Django's own field counts two characters for a line end, and takes a text that shows nothing."""
    forms = [p for p in CODE if re.search(r"/(reports|directory|moderation)/forms/", name_of(p))]
    assert [name_of(p) for p in forms if "forms.CharField" in p.read_text(encoding="utf-8")] == []
    assert len(forms) > 10


def test_only_two_functions_write_a_status() -> None:
    writers = [f"{name_of(p)}:{f.name}" for p in CODE for f in functions(p) for node in ast.walk(f)
               if isinstance(node, ast.Assign) and any(isinstance(t, ast.Attribute) and t.attr == "status" for t in node.targets)]  # fmt: skip
    assert set(writers) == {
        "warnings/reports/actions/status.py:change_status",
        "warnings/reports/actions/status.py:restore_status",
    }
    bulk = [
        name_of(p)
        for p in CODE
        if re.search(r"\.update\([^)]*\bstatus=(?!TaskResultStatus)", p.read_text(encoding="utf-8"))
    ]
    assert bulk == []


def test_every_public_action_is_one_transaction() -> None:
    for path in CODE:
        if "actions" not in {path.stem, path.parent.name}:
            continue
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in PARTS:
                decorators = [ast.unparse(d) for d in node.decorator_list]
                assert "transaction.atomic" in decorators, f"{name_of(path)}:{node.name}"
                assert not node.args.args, f"{name_of(path)}:{node.name} takes positional arguments"


# Public functions of action modules that write nothing, or only within the transaction of the action that calls them.
PARTS = {
    *("digest_of", "first_broken_entry", "holds_head", "unproved_names"),
    *("rendered", "to_render", "helpfulness_of", "audit_target", "save_text", "names_in", "proposed"),
    *("has_standing", "look_again", "settle", "counted", "settle_trust", "look_at_everybody_on", "tidy"),
    *("locked_people", "state_of_first_administrator_link"),
}


def test_views_fetch_only_through_access_and_querysets() -> None:
    for path in CODE:
        if "views" in {path.stem, path.parent.name}:
            assert not re.search(r"\.objects\.get\(|get_object_or_404", path.read_text(encoding="utf-8")), name_of(
                path
            )


def test_no_test_is_skipped_empty_or_sleeps() -> None:
    for path in TESTS:
        if path.name == "test_code.py":
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"pytest\.(skip|xfail|mark\.skip|mark\.xfail|importorskip)|time\.sleep|\.skipTest", text
        ), path
        for function in functions(path):
            if function.name.startswith("test_"):
                assert not all(isinstance(part, ast.Pass | ast.Expr) and not isinstance(getattr(part, "value", None), ast.Call)
                               for part in function.body), f"{name_of(path)}:{function.name}"  # fmt: skip


def test_templates_hold_no_inline_style_script_or_handler() -> None:
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script", text), name_of(path)


def test_the_stylesheet_uses_logical_properties_only() -> None:
    css = (BASE_DIR / "static/css/site.css").read_text(encoding="utf-8")
    physical = r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|width|height|text-align:\s*(?:left|right))\s*:"
    assert re.findall(physical, re.sub(r"@media[^{]*", "", css)) == []


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-s3.txt", "requirements-dev.txt", "package-lock.json"]
)
def test_lock_files_pin_with_hashes_and_name_no_registry_and_no_folder(name: str) -> None:
    text = (BASE_DIR / name).read_text(encoding="utf-8")
    assert "sha512-" in text or "--hash=sha256:" in text
    assert not re.search(r"https?://|index-url|trusted-host|find-links", text)


@pytest.mark.parametrize("name", ["requirements", "requirements-s3", "requirements-dev"])
def test_lock_files_keep_extras(name: str) -> None:
    """Without them pip takes `coverage[toml]` for a package that is not pinned once there is a newer one."""
    asked = re.findall(r"^[\w-]+\[[\w,-]+\]", (BASE_DIR / f"{name}.in").read_text(encoding="utf-8"), re.MULTILINE)
    locked = (BASE_DIR / f"{name}.txt").read_text(encoding="utf-8")
    assert [package for package in asked if f"\n{package}==".lower() not in f"\n{locked}".lower()] == []


def test_every_browser_test_is_marked_as_one() -> None:
    """Without the mark it would run beside tests that use the database, which a browser's loop does not allow."""
    paths = list((BASE_DIR / "tests" / "browser").glob("test_*.py"))
    assert paths
    assert [path.name for path in paths if "pytestmark = pytest.mark.browser" not in path.read_text("utf-8")] == []

"""Refusals share one base class, so that no view has to list them and none can be forgotten."""

import ast
import builtins
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core import exceptions
from django.http import Http404

from common.errors import ForewarnedError
from config import APPS_DIR
from tests.structure.test_code import CODE, name_of, tree_of

APPS_CODE = [path for path in CODE if APPS_DIR in path.parents]
VIEWS = [path for path in APPS_CODE if "views" in (*path.parts, path.stem)]
RULES = [path for path in APPS_CODE if {"actions", "policies", "decisions"} & {*path.parts, path.stem}]

# Our own exceptions that refuse nothing on a page.
NO_REFUSALS = {
    "WarningMergedError": "leads on to the page of another warning",
    "DecryptionError": "is about a stored text: whoever opens it says what that means",
    "RequestRefusedError": "is answered by the front of the server, before there is a page",
    "CatalogueError": "ends a command, which prints what is wrong with the files",
    "CorpusError": "ends a command on a site with real warnings",
}
# What else rules may raise.
OF_DJANGO = {
    Http404: "there is nothing at this address, or nothing that this person may know of",
    exceptions.PermissionDenied: "the page is not for this person at all",
    exceptions.ObjectDoesNotExist: "what was there a moment ago is not, which is our mistake",
}


def named(path: Path, node: ast.expr) -> object:
    """What a name such as `revisions.EditConflictError` stands for in a module."""
    if isinstance(node, ast.Attribute):
        return getattr(named(path, node.value), node.attr)
    assert isinstance(node, ast.Name), f"{name_of(path)}:{node.lineno}: {ast.unparse(node)}"
    module = importlib.import_module(".".join(path.relative_to(APPS_DIR).with_suffix("").parts))
    return getattr(module, node.id, None) or getattr(builtins, node.id)


@cache
def raised(path: Path) -> list[tuple[type, ast.Raise]]:
    """The exceptions that a module raises by their names."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Raise) and node.exc is not None:
            what = named(path, node.exc.func if isinstance(node.exc, ast.Call) else node.exc)
            assert isinstance(what, type), f"{name_of(path)}:{node.lineno} raises no class"
            found.append((what, node))
    return found


def exceptions_defined(path: Path) -> Iterator[type]:
    """The exceptions that a module defines."""
    for node in tree_of(path).body:
        if isinstance(node, ast.ClassDef) and any(
            "Error" in ast.unparse(base) or "Exception" in ast.unparse(base) or "Denied" in ast.unparse(base)
            for base in node.bases
        ):
            made = named(path, ast.Name(node.name))
            assert isinstance(made, type)
            if issubclass(made, Exception):
                yield made


def handled(path: Path) -> Iterator[tuple[ast.ExceptHandler, list[object]]]:
    """The except clauses of a module, with what each of them names."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ExceptHandler) and node.type is not None:
            listed = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            yield node, [named(path, one) for one in listed]


def test_there_is_something_to_look_at() -> None:
    assert len(VIEWS) > 30
    assert len(RULES) > 60
    assert sum(len(list(exceptions_defined(path))) for path in APPS_CODE) > 40


def test_our_exceptions_are_refusals_and_named_as_errors() -> None:
    made = [one for path in APPS_CODE for one in exceptions_defined(path)]
    assert [one.__name__ for one in made if not one.__name__.endswith("Error")] == []
    assert {one.__name__ for one in made if not issubclass(one, ForewarnedError)} == set(NO_REFUSALS)


def test_rules_refuse_by_refusals() -> None:
    found = {what for path in RULES for what, _ in raised(path)}
    others = {what for what in found if not issubclass(what, (ForewarnedError, *OF_DJANGO))}
    assert {what.__name__ for what in others} <= set(NO_REFUSALS)


def test_every_refusal_has_a_sentence_and_a_code() -> None:
    """Raised with words, it says its code as well; raised with none, its class has a sentence of its own."""
    silent = [
        f"{name_of(path)}:{node.lineno}"
        for path in RULES
        for what, node in raised(path)
        if issubclass(what, ForewarnedError) and not _says_why(what, node)
    ]
    assert silent == []


def _says_why(what: type[ForewarnedError], node: ast.Raise) -> bool:
    given = node.exc.args if isinstance(node.exc, ast.Call) else []
    if not given:
        return what.sentence is not ForewarnedError.sentence or "__init__" in vars(what)
    return len(given) > 1 or not isinstance(given[0], ast.Constant | ast.JoinedStr)


def test_views_list_no_refusals() -> None:
    """One that needs an answer of its own is caught by itself; `except ForewarnedError` catches all others."""
    lists = [
        f"{name_of(path)}:{node.lineno}"
        for path in VIEWS
        for node, listed in handled(path)
        if sum(isinstance(one, type) and issubclass(one, ForewarnedError) for one in listed) > 1
    ]
    assert lists == []


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_views_catch_no_general_class_before_the_base_class(path: Path) -> None:
    """A subclass below `except ForewarnedError` would never be reached."""
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.Try):
            continue
        seen: list[type] = []
        for handler in node.handlers:
            listed = [] if handler.type is None else dict(handled(path))[handler]
            for one in listed:
                assert isinstance(one, type)
                assert not any(issubclass(one, earlier) for earlier in seen), f"{name_of(path)}:{handler.lineno}"
                seen.append(one)

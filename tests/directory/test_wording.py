"""Sentences of the directory that carry a rule: what a catalogue is refused for, and that unknown is not safe."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pydantic import BaseModel

from directory.catalogue.problems import CatalogueError, Problem
from directory.catalogue.reader import read_folder
from directory.models import ToolFeature
from directory.verdict import verdict


@pytest.mark.parametrize(
    ("folder", "words"), [("nowhere", "there is no such folder"), (".", "holds none of the folders tools, features")]
)
def test_a_folder_without_a_catalogue_is_refused_for_what_it_lacks(tmp_path: Path, folder: str, words: str) -> None:
    with pytest.raises(CatalogueError, match=words):
        read_folder(tmp_path / folder, {"tools": BaseModel, "features": BaseModel})


@pytest.mark.parametrize(("count", "words"), [(1, "1 problem."), (2, "2 problems.")])
def test_a_refused_catalogue_says_that_nothing_was_loaded(count: int, words: str) -> None:
    refused = CatalogueError([Problem("a.yaml", "", "", "is wrong")] * count)
    assert str(refused).splitlines()[-1] == f"Nothing was loaded: {words}"


def test_so_does_the_command(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"\nNothing was loaded: 1 problem\.$"):
        call_command("load_catalogue", str(tmp_path))


@pytest.mark.django_db
def test_a_tool_that_nobody_looked_at_is_not_called_safe(visitor: Client) -> None:
    said = "That does not make it safe: nobody has looked closely."
    assert verdict("Wire", []).endswith(said)
    assert visitor.get("/tools/wire/").content.decode().count(said) > 1


def test_a_tool_of_which_nothing_was_read_is_not_called_harmful_or_safe() -> None:
    said = verdict("It", [ToolFeature(present=True, reviewed=False, control="user", can_disable="yes")])
    assert said == "Nothing is confirmed of It yet. That does not make it safe: the sources are still to be read."

"""Sentences of the directory that carry a rule: what a catalogue is refused for, and how many problems it has."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from directory.catalogue.problems import CatalogueRefused, Problem
from directory.catalogue.reading import read_folder


@pytest.mark.parametrize(
    ("folder", "words"), [("nowhere", "there is no such folder"), (".", "holds none of the folders tools, features")]
)
def test_a_folder_without_a_catalogue_is_refused_for_what_it_lacks(tmp_path: Path, folder: str, words: str) -> None:
    with pytest.raises(CatalogueRefused, match=words):
        read_folder(tmp_path / folder, {"tools": BaseModel, "features": BaseModel})


@pytest.mark.parametrize(("count", "words"), [(1, "1 problem."), (2, "2 problems.")])
def test_a_refused_catalogue_says_that_nothing_was_loaded(count: int, words: str) -> None:
    refused = CatalogueRefused([Problem("a.yaml", "", "", "is wrong")] * count)
    assert str(refused).splitlines()[-1] == f"Nothing was loaded: {words}"

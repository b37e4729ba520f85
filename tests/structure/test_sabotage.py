"""The mistakes of `tests/sabotage` are told in full, and can be made in the project as it is."""

from pathlib import Path

import pytest

from config import BASE_DIR
from tests.sabotage.mistakes import PATCHES, Patch, UnreadableError, all_patches, git_apply, read

FEWEST = 40


@pytest.fixture(scope="module")
def patches() -> list[Patch]:
    """All of them; one that does not say what it has to fails here."""
    return all_patches()


def test_there_are_many_and_they_are_numbered_in_a_row(patches: list[Patch]) -> None:
    assert len(patches) >= FEWEST
    numbers = [patch.name.partition("-")[0] for patch in patches]
    assert numbers == [f"{number:02}" for number in range(1, len(patches) + 1)]
    assert {path.suffix for path in PATCHES.iterdir()} == {".patch"}


def test_each_is_one_sentence_and_names_test_files_that_are_there(patches: list[Patch]) -> None:
    for patch in patches:
        assert patch.mistake.endswith("."), patch.name
        assert len(patch.caught_by) == len(set(patch.caught_by)), patch.name
        for file in patch.caught_by:
            assert file.startswith("tests/"), patch.name
            assert (BASE_DIR / file).name.startswith("test_"), patch.name
            assert (BASE_DIR / file).is_file(), patch.name


def test_each_changes_the_product_and_no_test(patches: list[Patch]) -> None:
    touched = {(patch.name, file) for patch in patches for file in patch.touched}
    assert [row for row in touched if row[1].startswith("tests/") or not (BASE_DIR / row[1]).is_file()] == []


def test_some_show_on_postgresql_alone(patches: list[Patch]) -> None:
    assert sum(patch.on_postgresql for patch in patches) >= 3


def test_each_can_be_made_in_the_project_as_it_is(patches: list[Patch]) -> None:
    assert {patch.name: refusal for patch in patches if (refusal := git_apply(patch, "--check"))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mistake: Too much is shown.\n\n--- a/x.py\n+++ b/x.py\n",
        "Caught by: tests/x/test_y.py\n\n--- a/x.py\n+++ b/x.py\n",
        "Mistake: Too much is shown.\nCaught by: \n\n--- a/x.py\n+++ b/x.py\n",
        "Mistake: Too much is shown.\nCaught by: tests/x/test_y.py\nDatabase: mysql\n\n--- a/x.py\n+++ b/x.py\n",
        "Mistake: Too much is shown.\nCaught by: tests/x/test_y.py\nBy: nobody\n\n--- a/x.py\n+++ b/x.py\n",
        "Mistake: Too much is shown.\nCaught by: tests/x/test_y.py\n\n",
    ],
)
def test_one_that_does_not_say_what_it_has_to_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "01-x.patch"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError):
        read(path)

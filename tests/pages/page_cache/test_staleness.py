"""No page is stale: right after a change commits, in this process and in another, it is as Django renders it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pages.page_cache.journeys import JOURNEYS
from tests.services.processes import site_of_its_own, start
from tests.services.site import serving

WALK = "import json\nfrom tests.pages.page_cache.journeys import walk\nprint(json.dumps(walk()))"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What became of every page after every journey. The other process may send nothing that is old, ever."""
    folder: Path = tmp_path_factory.mktemp("site")
    with site_of_its_own(folder) as variables, serving(variables | {"PAGE_CACHE_STALE_MS": "0"}) as found:
        walking = start(WALK, found)
        printed, errors = walking.communicate(timeout=120)
        assert walking.returncode == 0, errors
        yield json.loads(printed.splitlines()[-1])


@pytest.mark.parametrize("journey", [journey.__name__ for journey in JOURNEYS])
def test_no_page_is_stale_after(journey: str, results: dict[str, Any]) -> None:
    found = results[journey]
    assert found["changed"], "this journey changes no page, so it shows nothing"
    assert found["stale here"] == []
    assert found["stale there"] == []


def test_pages_are_sent_from_memory_meanwhile_and_after_a_change_that_is_taken_back(results: dict[str, Any]) -> None:
    assert results["asked again"] == 0
    assert results["rolled back"] == 0

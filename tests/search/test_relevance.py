"""The search answers as well as it must, and both databases answer the same."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench import relevance
from search.query import parse
from search.service import find

pytestmark = pytest.mark.django_db

# Made by `python -m tests.search.top_three`, on SQLite; the tests also run on PostgreSQL.
TOP_THREE = Path(__file__).resolve().parent / "top_three.yaml"


@lru_cache(maxsize=1_000)
def answer(query: str) -> Any:
    return find(parse(query), limit=10)


def top_three(query: str) -> dict[str, list[str]]:
    """The first three of each kind that a query finds."""
    found = answer(query)
    shown = {
        "tools": [match.tool.slug for match in found.tools],
        "maybe": [match.tool.slug for match in found.maybe],
        "features": [row.slug for row in found.features],
        "tactics": [row.slug for row in found.tactics],
        "marketplaces": [row.slug for row in found.marketplaces],
        "posts": [f"{post.kind} {post.key}" for post in found.posts],
    }
    return {kind: slugs[:3] for kind, slugs in shown.items() if slugs}


def test_it_is_as_good_as_it_must_be() -> None:
    found = relevance.outcomes(answer)
    assert len(found) >= 300
    assert relevance.recall(found, 1) >= relevance.FIRST
    assert relevance.recall(found, 3) >= relevance.AMONG_THREE


def test_it_is_hardly_ever_sure_of_nonsense() -> None:
    assert relevance.how_many_for_nothing() >= 50
    assert len(relevance.wrongly_sure(answer)) <= relevance.WRONGLY_SURE * relevance.how_many_for_nothing()


def test_both_databases_give_the_same_top_three() -> None:
    expected: dict[str, Any] = yaml.safe_load(TOP_THREE.read_text("utf-8"))
    assert {query: top_three(query) for query in expected} == expected

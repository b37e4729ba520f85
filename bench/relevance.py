"""How well the search answers: recall at 1 and 3, mean reciprocal rank, and how often it is sure of nonsense."""

import importlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.measure import Row

QUERIES = Path(__file__).resolve().parent / "queries.yaml"
FIRST, AMONG_THREE, WRONGLY_SURE = 0.97, 0.99, 0.02
NAMES, FOLDING_SECONDS = 100_000, 10


@dataclass(frozen=True)
class Outcome:
    """One query: of which sort, what should have come, and at which place it came (0: not at all)."""

    sort: str
    query: str
    slug: str
    place: int


def outcomes(find: Callable[[str], Any]) -> list[Outcome]:
    """Ask every query; `find` gives what `search.service.find` gives."""
    return [
        Outcome(sort, query, slug, _place(getattr(find(query), kind), slug, kind))
        for sort, kind, slug, query in _queries()
    ]


def wrongly_sure(find: Callable[[str], Any]) -> list[str]:
    """The queries for nothing to which a tool was the sure answer."""
    nonsense: list[str] = _read()["nothing"]
    return [query for query in nonsense if find(query).tools]


def how_many_for_nothing() -> int:
    """How many queries must find nothing."""
    return len(_read()["nothing"])


def all_queries() -> list[str]:
    """Every query once, those for nothing too."""
    nonsense: list[str] = _read()["nothing"]
    return list(dict.fromkeys([*(query for *_, query in _queries()), *nonsense]))


def recall(found: list[Outcome], places: int) -> float:
    """The share of queries whose answer came among the first `places`."""
    return sum(0 < one.place <= places for one in found) / len(found)


def reciprocal_rank(found: list[Outcome]) -> float:
    """The mean of one over the place."""
    return sum(1 / one.place for one in found if one.place) / len(found)


def measure() -> Iterator[Row]:
    """Rows for the table of results; the ratio is the figure itself."""
    finder = importlib.import_module("search.service")
    parse = importlib.import_module("search.query").parse

    def find(query: str) -> Any:
        return finder.find(parse(query), limit=10)

    found = outcomes(find)
    sure = len(wrongly_sure(find)) / how_many_for_nothing()
    what = f"search, {len(found)} queries"
    yield Row(f"{what}: recall@1", "1", recall(found, 1), f"at least {FIRST}", recall(found, 1) >= FIRST)
    yield Row(f"{what}: recall@3", "1", recall(found, 3), f"at least {AMONG_THREE}", recall(found, 3) >= AMONG_THREE)
    yield Row(
        f"{what}: mean reciprocal rank",
        "1",
        reciprocal_rank(found),
        f"at least {FIRST}",
        reciprocal_rank(found) >= FIRST,
    )
    yield Row(
        f"search, {how_many_for_nothing()} for nothing: wrongly sure",
        "1",
        sure,
        f"at most {WRONGLY_SURE}",
        sure <= WRONGLY_SURE,
    )
    seconds = _folding_seconds()
    yield Row(
        f"folding {NAMES:,} names in all their forms ({seconds:.1f} s)",
        f"{FOLDING_SECONDS} s",
        seconds / FOLDING_SECONDS,
        "at most 1",
        seconds <= FOLDING_SECONDS,
    )


def _folding_seconds() -> float:
    """Processor time for names in several scripts and disguises, each another one."""
    forms = importlib.import_module("search.names.variants").forms
    disguises = (
        "DingTalk",
        "钉钉",
        "Д1ngТаlk",
        "ｄｉｎｇ ｔａｌｋ",
        "मैसेंजर",
        "メッセンジャー",
        "라인",
        "d i n g t a l k",
    )
    start = time.process_time()
    for number in range(NAMES):
        forms(f"{disguises[number % len(disguises)]}{number}")
    return time.process_time() - start


def _place(answers: list[Any], slug: str, kind: str) -> int:
    slugs = [answer.tool.slug if kind == "tools" else answer.slug for answer in answers]
    return slugs.index(slug) + 1 if slug in slugs else 0


def _queries() -> Iterator[tuple[str, str, str, str]]:
    data = _read()
    for sort, answers in data["tools"].items():
        yield from ((sort, "tools", slug, query) for slug, queries in answers.items() for query in queries)
    for kind, answers in (("features", data["descriptions"]["features"]), ("tactics", data["tactics"]),
                          ("marketplaces", data["marketplaces"])):  # fmt: skip
        yield from ((kind, kind, slug, query) for slug, queries in answers.items() for query in queries)


def _read() -> Any:
    return yaml.safe_load(QUERIES.read_text("utf-8"))

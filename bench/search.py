"""How fast the search answers on a large synthetic corpus, on both databases, beside what the engines give bare.

Each size on each database is made and measured by a process of its own: `python -m bench.search WARNINGS` measures the
site that the environment names and prints rows as JSON. BENCH_WARNINGS="100000" leaves the large size out.
"""

import importlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bench.measure import Row

SIZES = [int(size) for size in os.environ.get("BENCH_WARNINGS", "100000,1000000").split(",")]
TOOLS = 10_000
SEED = 1
# Milliseconds at the 99th percentile.
NAME_LIMIT, TEXT_LIMIT, SUGGESTION_LIMIT = 10.0, 50.0, 15.0
ASKED = 400


def measure() -> Iterator[Row]:
    """All sizes on SQLite, then on a PostgreSQL of our own."""
    for size in SIZES:
        yield from _in_a_process([], size)
        yield from _in_a_process(["-m", "tests.services.postgres", "--", sys.executable], size)


def _in_a_process(prefix: Sequence[str], size: int) -> list[Row]:
    folder = tempfile.mkdtemp(prefix="forewarned-bench-search-")
    variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"DATA_DIR": folder}
    try:
        done = subprocess.run(
            [sys.executable, *prefix, "-m", "bench.search", str(size)],
            env=variables,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def main() -> None:
    """Make the corpus in the site of the environment, measure, print the rows as one line of JSON."""
    size = int(sys.argv[1])
    importlib.import_module("django").setup()
    call = importlib.import_module("django.core.management").call_command
    call("migrate", verbosity=0)
    call("load_catalogue", stdout=sys.stderr)
    start = time.perf_counter()
    call("generate_corpus", warnings=size, tools=TOOLS, seed=SEED, stdout=sys.stderr)
    built = time.perf_counter() - start
    rows = list(_rows(size, built))
    sys.stdout.write(json.dumps([vars(row) for row in rows]) + "\n")


def _rows(size: int, built: float) -> Iterator[Row]:
    finder, suggestions = importlib.import_module("search.service"), importlib.import_module("search.suggestions")
    current, parse = (
        importlib.import_module("search.names.store").current,
        importlib.import_module("search.query").parse,
    )
    connection = importlib.import_module("django.db").connection
    where = f"{connection.vendor}, {size:,} warnings"
    words = _queries()
    typed = _names()
    finder.find(parse("one more word"), limit=10)
    minutes = built / 60
    yield Row(
        f"{where}: making and indexing the corpus ({minutes:.1f} min)",
        "10 min",
        minutes / 10,
        "at most 1",
        minutes <= 10,
    )
    text_bytes, index_bytes = _sizes(connection)
    yield Row(
        f"{where}: index of {index_bytes / 1e6:,.0f} MB",
        f"texts of {text_bytes / 1e6:,.0f} MB",
        index_bytes / text_bytes,
        "for comparison",
        True,
    )
    text = _p99(lambda query: finder.find(parse(query), limit=10), words)
    bare = _p99(_bare_full_text(connection), words)
    yield _row(f"{where}: full text p99", text, TEXT_LIMIT)
    yield Row(
        f"{where}: full text p99 ({text:.1f} ms)",
        f"the engine's own ranking ({bare:.1f} ms)",
        text / bare,
        "for comparison",
        True,
    )
    name = _p99(lambda query: current().names.match(parse(query)), typed)
    yield _row(f"{where}, {TOOLS:,} tools: name p99", name, NAME_LIMIT)
    whole = _p99(lambda query: finder.find(parse(query), limit=10), typed)
    yield _row(f"{where}, {TOOLS:,} tools: everything that a name finds, p99", whole, TEXT_LIMIT)
    raw = _p99(_bare_names(), typed)
    yield Row(
        f"{where}: name p99 ({name:.2f} ms)",
        f"rapidfuzz over all folded names ({raw:.2f} ms)",
        name / raw,
        "for comparison",
        True,
    )
    begun = [query[:length] for query in (*typed, *words) for length in (2, 4)][: 2 * ASKED]
    yield _row(
        f"{where}: suggestions p99", _p99(lambda query: suggestions.suggest(parse(query)), begun), SUGGESTION_LIMIT
    )


def _row(what: str, found: float, limit: float) -> Row:
    return Row(f"{what} ({found:.1f} ms)", f"{limit:g} ms", found / limit, "at most 1", found <= limit)


def _p99(work: Callable[[str], object], queries: Sequence[str]) -> float:
    """Milliseconds within which 99 of 100 queries are answered; each is asked once."""
    times = []
    for query in queries:
        start = time.perf_counter()
        work(query)
        times.append((time.perf_counter() - start) * 1_000)
    return sorted(times)[int(len(times) * 0.99)]


def _queries() -> list[str]:
    """Words from the commonest to the rarest, pairs and triples of them, phrases, minus words."""
    language = importlib.import_module("search.corpus.text").Language(SEED)
    words, choose = language.words, random.Random(7)  # noqa: S311  (nothing secret)

    def word(most: int) -> str:
        return str(words[choose.randrange(most)])

    made: list[Callable[[], str]] = [
        lambda: word(10),
        lambda: word(200),
        lambda: word(len(words)),
        lambda: f"{word(50)} {word(200)}",
        lambda: f"{word(2_000)} {word(2_000)}",
        lambda: f"{word(30)} {word(300)} {word(3_000)}",
        lambda: f"{word(len(words))} {word(len(words))}",
        lambda: '"' + " ".join(choose.choice(language.sentences).text.lower().split()[:2]) + '"',
        lambda: f"{word(50)} -{word(50)}",
    ]
    return [made[number % len(made)]() for number in range(ASKED)]


def _names() -> list[str]:
    """Names as typed: whole, with slips, begun, in a sentence."""
    model = importlib.import_module("directory.models").ToolName
    known = list(
        model.objects.filter(tool__slug__startswith="synthetic", position=0).values_list("text", flat=True)[:ASKED]
    )
    slips: list[Callable[[str], str]] = [
        lambda name: name,
        lambda name: name[:3] + name[4:],
        lambda name: name[:2] + name[3:4] + name[2:3] + name[4:],
        lambda name: name[:5],
        lambda name: f"buyer wants me to install {name} today",
    ]
    return [slips[number % len(slips)](name) for number, name in enumerate(known)]


def _bare_full_text(connection: Any) -> Callable[[str], object]:
    """The engine alone: the same words, ranked by its own function, ten rows."""
    terms_of = importlib.import_module("search.terms").terms

    def sqlite(query: str) -> object:
        terms = " ".join(f'"{term.text}"' for term in terms_of(query))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %s ORDER BY rank LIMIT 10", [terms]
            )
            return cursor.fetchall()

    def postgresql(query: str) -> object:
        terms = " & ".join(f"'{term.text}'" for term in terms_of(query))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM search_indexeddocument WHERE terms @@ %s::tsquery"
                " ORDER BY ts_rank(terms, %s::tsquery) DESC LIMIT 10",
                [terms, terms],
            )
            return cursor.fetchall()

    return postgresql if connection.vendor == "postgresql" else sqlite


def _bare_names() -> Callable[[str], object]:
    process = importlib.import_module("rapidfuzz.process")
    scorer = importlib.import_module("rapidfuzz.distance").OSA.distance
    fold = importlib.import_module("common.text.folding").fold
    folded = list(importlib.import_module("directory.models").ToolName.objects.values_list("folded", flat=True))
    return lambda query: process.extract(fold(query), folded, scorer=scorer, score_cutoff=2, limit=10)


def _sizes(connection: Any) -> tuple[int, int]:
    """Bytes of the posts' texts, and of the index."""
    texts = ["SELECT sum(length(title) + length(summary) + length(body)) FROM reports_warning"]
    texts += [f"SELECT sum(length(body)) FROM reports_{name}" for name in ("report", "comment")]
    index = ["SELECT pg_total_relation_size('search_indexeddocument')"]
    if connection.vendor == "sqlite":
        # SQLite does not tell how large one table is.
        index = ["SELECT sum(length(block)) FROM search_fulltext_data"]
        index += ["SELECT sum(length(head) + 60) FROM search_indexeddocument"]
    with connection.cursor() as cursor:

        def total(questions: Sequence[str]) -> int:
            answers = []
            for question in questions:
                cursor.execute(question)
                answers.append(int(cursor.fetchone()[0] or 0))
            return sum(answers)

        return total(texts), total(index)


if __name__ == "__main__":
    main()

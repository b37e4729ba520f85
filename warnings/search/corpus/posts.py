"""Synthetic warnings with the reports, comments and votes on them, drawn and written in parts."""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from common.text.markdown import RENDERER_VERSION
from directory.models import Marketplace, Tool
from reports.choices import CountKind, Status
from reports.models import LINKS, Comment, Report, Vote, Warning
from reports.ranking import helpfulness
from search.corpus.documents import Documents
from search.corpus.entries import MARK, make_people, make_tags
from search.corpus.tables import Table
from search.corpus.text import Language, Passage
from search.index.documents import Document, post_quality
from search.kinds import Kind, label
from search.models import IndexedDocument
from search.terms import index_terms

# Shares of warnings that have another report or name a marketplace, and of later comments that are replies.
REPORTS, MARKETPLACES, REPLIES = 0.4, 0.7, 0.4
FIRST_DAY, DAYS = datetime(2020, 1, 1, 12, tzinfo=UTC), 2_500
_SENTENCES, _TAGS = (1, 2, 2, 3, 4), (0, 1, 2, 3)
_CACHED = 100_000

_POST = ("id", "body", "body_html", "published_at")
_COUNTED = ("vote_count", "standing_votes", "participants", "helpfulness")
_WARNING = (*_POST, *_COUNTED, "slug", "title", "summary", "recent_reporters", "report_count", "comment_count")
_BELOW = (*_POST, "warning_id", "public_id")


@dataclass(frozen=True, eq=False)
class _Day:
    """A day of publication and its month, also as the database stores them."""

    date: datetime
    stored: Any
    month: Any
    recent: bool


@dataclass(frozen=True, eq=False)
class _Subject:
    """A tag, tool or marketplace, its label and its name's terms."""

    key: int
    label: str
    terms: str = ""


@dataclass(eq=False, slots=True)
class _Drawn:
    """A warning as it was drawn: its texts, what it is about, and who voted and commented."""

    key: int
    day: _Day
    title: Passage
    summary: Passage
    body: Passage
    tool: _Subject
    marketplace: _Subject | None
    tags: Sequence[_Subject]
    reports: int
    voters: Sequence[int]
    authors: Sequence[int]
    subjects: str


class Posts:
    """Makes posts. All tables are written in parts, which fit into memory."""

    def __init__(self, language: Language, draw: random.Random) -> None:
        self._language, self._random = language, draw
        self._people = make_people()
        self._tags = [
            _Subject(key, label("tag", key), " ".join(index_terms(name))) for key, name in make_tags(language)
        ]
        self._tools = _subjects(Tool)
        self._marketplaces = _subjects(Marketplace)
        now = datetime.now(UTC)
        text = {"status": Status.PUBLISHED, "body_renderer": RENDERER_VERSION, "created_at": now}
        self._warnings = Table(Warning, *_WARNING, **text, updated_at=now)
        self._reports = Table(Report, *_BELOW, "happened_in", "marketplace_id", **text, updated_at=now)
        answered = ("author_id", "parent_id", "level", "participants", "helpfulness")
        self._comments = Table(Comment, *_BELOW, *answered, **text)
        self._votes = Table(Vote, "id", "warning_id", "user_id", created_at=now, standing=True)
        self._links = {kind: Table(link.model, "id", link.warning, link.entry) for kind, link in LINKS.items()}
        self._documents = Documents()
        self._days = self._days_until(now)

    @property
    def tables(self) -> list[str]:
        """The names of the tables with posts and their documents."""
        models = [Warning, Report, Comment, Vote, IndexedDocument, *(link.model for link in LINKS.values())]
        return [model._meta.db_table for model in models]

    def make_part(self, comments: Sequence[int], votes: Sequence[int]) -> None:
        """Write a warning for each number of comments and votes."""
        part = self._draw(comments, votes)
        self._warnings.write([self._warning(drawn) for drawn in part])
        self._reports.write(self._report(key, drawn) for key, drawn in self._reported(part))
        self._comments.write([row for drawn in part if drawn.authors for row in self._thread(drawn)])
        self._write_pairs(self._votes, [(drawn.key, voter) for drawn in part for voter in drawn.voters])
        self._write_pairs(self._links[CountKind.TAG], [(drawn.key, tag.key) for drawn in part for tag in drawn.tags])
        self._write_pairs(self._links[CountKind.TOOL], [(drawn.key, drawn.tool.key) for drawn in part])
        places = [(drawn.key, drawn.marketplace.key) for drawn in part if drawn.marketplace]
        self._write_pairs(self._links[CountKind.MARKETPLACE], places)
        self._documents.write()

    def move_sequences(self) -> None:
        """Have the database assign the next primary keys."""
        for table in (self._warnings, self._reports, self._comments, self._votes, *self._links.values()):
            table.move_sequence()
        self._documents.move_sequence()

    def _days_until(self, now: datetime) -> list[_Day]:
        recent = (now - timedelta(days=365)).date().replace(day=1)
        days = (FIRST_DAY + timedelta(days=number) for number in range(DAYS))
        return [
            _Day(
                day,
                self._warnings.prepared("published_at", day),
                self._reports.prepared("happened_in", date(day.year, day.month, 1)),
                day.date().replace(day=1) >= recent,
            )
            for day in days
        ]

    def _draw(self, comments: Sequence[int], votes: Sequence[int]) -> list[_Drawn]:
        number, language, choices = len(comments), self._language, self._random.choices
        random = self._random.random
        tools = [self._tools[int(len(self._tools) * random() ** 2)] for _ in range(number)]
        places = [place if random() < MARKETPLACES else None for place in choices(self._marketplaces, k=number)]
        tags = [self._random.sample(self._tags, few) if few else () for few in choices(_TAGS, k=number)]
        return list(
            map(
                _Drawn,
                self._warnings.keys(number),
                choices(self._days, k=number),
                choices(language.titles, k=number),
                choices(language.sentences, k=number),
                [_join(choices(language.sentences, k=few)) for few in choices(_SENTENCES, k=number)],
                tools,
                places,
                tags,
                [int(random() < REPORTS) for _ in range(number)],
                [self._random.sample(self._people, few) if few else () for few in votes],
                [choices(self._people, k=few) if few else () for few in comments],
                [_labels(tool, place, some) for tool, place, some in zip(tools, places, tags, strict=True)],
            )
        )

    def _warning(self, drawn: _Drawn) -> tuple[Any, ...]:
        votes, day, key = len(drawn.voters), drawn.day, drawn.key
        people = len({*drawn.voters, *drawn.authors}) if drawn.authors else votes
        # In order: labels of the title come before those of subjects. A title of short words has none.
        labels = " ".join([_WARNING_LABEL, *([drawn.title.begins] if drawn.title.begins else []), drawn.subjects])
        names = " ".join([tag.terms for tag in drawn.tags])
        texts = (drawn.title.terms, names, drawn.summary.terms, drawn.body.terms)
        document = Document(Kind.WARNING, key, key, *texts, labels, _quality(day, votes, drawn.reports))
        self._documents.add(document, drawn.subjects)
        return (
            *(key, drawn.body.text, f"<p>{drawn.body.text}</p>", day.stored),
            *(votes, votes, people, _helpfulness(day, votes, people)),
            *(f"{MARK}-{key}", drawn.title.text, drawn.summary.text),
            *(drawn.reports if day.recent else 0, drawn.reports, len(drawn.authors)),
        )

    def _reported(self, part: Sequence[_Drawn]) -> list[tuple[int, _Drawn]]:
        reported = [drawn for drawn in part if drawn.reports]
        return list(zip(self._reports.keys(len(reported)), reported, strict=True))

    def _report(self, key: int, drawn: _Drawn) -> tuple[Any, ...]:
        place = drawn.marketplace.key if drawn.marketplace else None
        return (*self._below(Kind.REPORT, key, drawn), drawn.day.month, place)

    def _thread(self, drawn: _Drawn) -> list[tuple[Any, ...]]:
        """Return the comments on a warning, of which some answer an earlier one."""
        keys = self._comments.keys(len(drawn.authors))
        written_by = dict(zip(keys, drawn.authors, strict=True))
        answered = self._answered(keys)
        return [
            (
                *self._below(Kind.COMMENT, key, drawn),
                *(author, answered[key], int(answered[key] is not None)),
                *(people := _repliers(key, written_by, answered), _helpfulness(drawn.day, 0, people)),
            )
            for key, author in written_by.items()
        ]

    def _answered(self, keys: Sequence[int]) -> dict[int, int | None]:
        """Return the comment that each of the comments answers, which answers none itself."""
        answered: dict[int, int | None] = {}
        first: list[int] = []
        for key in keys:
            answered[key] = self._random.choice(first) if first and self._random.random() < REPLIES else None
            if answered[key] is None:
                first.append(key)
        return answered

    def _below(self, kind: Kind, key: int, drawn: _Drawn) -> tuple[Any, ...]:
        """Return the common columns of a report or a comment, and index it."""
        body = self._random.choice(self._language.sentences)
        labels = f"{label('kind', kind)} {drawn.subjects}"
        document = Document(kind, key, drawn.key, "", "", "", body.terms, labels, _quality(drawn.day, 0, 0))
        self._documents.add(document, drawn.subjects)
        public = uuid.UUID(int=self._random.getrandbits(128), version=4).hex
        return (key, body.text, f"<p>{body.text}</p>", drawn.day.stored, drawn.key, public)

    def _write_pairs(self, table: Table, pairs: list[tuple[int, int]]) -> None:
        table.write((key, *pair) for key, pair in zip(table.keys(len(pairs)), pairs, strict=True))


_WARNING_LABEL = label("kind", Kind.WARNING)


def _subjects(model: type[Tool] | type[Marketplace]) -> list[_Subject]:
    keys = model._default_manager.order_by("pk").values_list("pk", flat=True)
    return [_Subject(key, label(str(model._meta.model_name), key)) for key in keys]


def _join(sentences: Sequence[Passage]) -> Passage:
    if len(sentences) == 1:
        return sentences[0]
    return Passage(" ".join([one.text for one in sentences]), " ".join([one.terms for one in sentences]))


def _labels(tool: _Subject, marketplace: _Subject | None, tags: Sequence[_Subject]) -> str:
    found = [tool.label, *[tag.label for tag in tags]]
    if marketplace:
        found.append(marketplace.label)
    return " ".join(sorted(found))


def _repliers(key: int, written_by: dict[int, int], answered: dict[int, int | None]) -> int:
    """Return how many people besides its author answered a comment."""
    if len(written_by) == 1:
        return 0
    return len({written_by[reply] for reply, above in answered.items() if above == key} - {written_by[key]})


@lru_cache(maxsize=_CACHED)
def _quality(day: _Day, votes: int, reports: int) -> int:
    return post_quality(day.date, votes, reports)


@lru_cache(maxsize=_CACHED)
def _helpfulness(day: _Day, votes: int, people: int) -> float:
    return helpfulness(votes=votes, people=people, published_at=day.date)

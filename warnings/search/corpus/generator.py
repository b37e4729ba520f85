"""Generate the corpus in parts: content, then documents, then the index of the database in use."""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from accounts.choices import TrustLevel
from accounts.models import User
from common.text.folding import fold
from common.text.markdown import RENDERER_VERSION
from directory.choices import NameKind, ToolKind
from directory.models import Marketplace, Tool
from directory.signals import entries_changed
from reports import count_triggers
from reports.choices import Status
from reports.models import Comment, Report, Tag, TaggedWarning, Vote, Warning
from reports.ranking import helpfulness
from search import actions
from search.backends.postgresql import vector
from search.corpus.tables import Table, write_rows
from search.corpus.text import Language, Passage
from search.index.documents import Document, post_quality
from search.index.rank_key import TIERS, rank_key_of
from search.kinds import Kind, label
from search.models import IndexedDocument
from search.terms import index_terms

PART = 20_000
PEOPLE = 500
TAGS = 400
# Shares of warnings that have another report, a comment, and a vote besides those only counted.
REPORTS, COMMENTS, VOTES = 0.4, 0.3, 0.2
FIRST_DAY, DAYS = datetime(2020, 1, 1, 12, tzinfo=UTC), 2_500
MARK = "synthetic"
# As many as the words of the language make names for.
MOST_TOOLS = 40_000
_GIN = ("search_terms_best", "search_terms_good", "search_terms_all")

Progress = Callable[[int, int], None]


class CorpusError(Exception):
    """The corpus cannot be made: beside real warnings, without a catalogue, or for want of names."""


@dataclass(frozen=True)
class _Post:
    """A row of content and its document."""

    row: list[Any]
    document: Document


def generate(*, warnings: int, tools: int, seed: int, progress: Progress) -> None:
    """Add synthetic tools and published warnings to what is there. Raises CorpusError."""
    if Warning.objects.filter(founding=False).exclude(slug__startswith=MARK).exists():
        raise CorpusError("This database holds warnings by people; make the corpus in one of its own.")
    if warnings and not (Marketplace.objects.exists() and (tools or Tool.objects.exists())):
        raise CorpusError("This database has no catalogue, which the warnings are about. Run load_catalogue first.")
    if Tool.objects.filter(slug__startswith=MARK).count() + tools > MOST_TOOLS:
        raise CorpusError(f"There are names for {MOST_TOOLS:,} synthetic tools only.")
    corpus = _Corpus(seed)
    corpus.make_tools(tools)
    corpus.make_people_and_tags()
    definitions = _drop_text_indexes()
    # Counting each row by itself would take as long as writing it.
    count_triggers.drop_triggers(connection)
    try:
        for start in range(0, warnings, PART):
            corpus.make_part(start, min(PART, warnings - start))
            progress(min(warnings, start + PART), warnings)
        actions.finish_rebuild()
        for tier in range(TIERS):
            actions.sort_into_tiers(tier=tier)
    finally:
        count_triggers.install_triggers(using=connection.alias)
        _restore_text_indexes(definitions)


def _source(seed: int) -> int | str:
    """Return the seed, or another one if the database has a corpus already, which would have the same random IDs."""
    last = Warning.objects.filter(slug__startswith=MARK).aggregate(last=Max("pk"))["last"]
    return seed if last is None else f"{seed} after {last}"


class _Corpus:
    """State shared by the parts: the language, the subjects and the next free primary keys."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(_source(seed))  # noqa: S311  (nothing secret)
        self.language = Language(seed)
        text = {"status": Status.PUBLISHED, "body_renderer": RENDERER_VERSION}
        now = datetime.now(UTC)
        self.warnings = Table(Warning, **text, created_at=now, updated_at=now)
        self.reports = Table(Report, **text, created_at=now, updated_at=now)
        self.comments = Table(Comment, **text, created_at=now)
        self.votes = Table(Vote, created_at=now, standing=True)
        self.tagged = Table(TaggedWarning)
        self.about_tools = Table(Warning.tools.through)
        self.about_marketplaces = Table(Warning.marketplaces.through)
        self.documents = Table(IndexedDocument)
        self.recent = (now - timedelta(days=365)).date().replace(day=1)
        self.days = [FIRST_DAY + timedelta(days=day) for day in range(DAYS)]

    def make_tools(self, number: int) -> None:
        """Create and index synthetic tools with a few names each."""
        first = Tool.objects.filter(slug__startswith=MARK).count()
        names = [f"{a}{b}" for a in self.language.words[600:1_000] for b in self.language.words[500:600]]
        self.random.shuffle(names)
        made = [
            Tool(slug=f"{MARK}-tool-{n}", name=names[n].capitalize(), kind=ToolKind.MESSENGER, summary="Made up.")
            for n in range(first, first + number)
        ]
        with transaction.atomic():
            tools = Tool.objects.bulk_create(made, batch_size=500)
            kinds = ((NameKind.OFFICIAL, ""), (NameKind.ALIAS, " app"), (NameKind.ALIAS, " chat"))
            rows = [
                tool.names.model(
                    tool=tool, text=text, folded=fold(text), kind=kind, script="Latin", position=position
                )
                for tool in tools
                for position, (kind, more) in enumerate(kinds)
                if (text := tool.name + more)
            ]
            Tool.names.rel.related_model.objects.bulk_create(rows, batch_size=500)  # type: ignore[attr-defined]
            for start in range(0, len(tools), 500):
                entries_changed.send(sender=Tool, keys=[tool.pk for tool in tools[start : start + 500]])

    def make_people_and_tags(self) -> None:
        """Create the voters and the tags."""
        people = [User(trust_level=TrustLevel.MEMBER) for _ in range(PEOPLE)]
        for number, person in enumerate(people):
            person.set_handle(f"{MARK}-{number}")
        User.objects.bulk_create(people, ignore_conflicts=True)
        words = self.language.words[400 : 400 + TAGS]
        tags = [Tag(name=word, slug=f"{MARK}-{word}", folded=fold(word)) for word in words]
        Tag.objects.bulk_create(tags, ignore_conflicts=True)
        self.people = list(User.objects.filter(handle__startswith=MARK).values_list("pk", flat=True))
        self.tags = [
            (key, " ".join(index_terms(name)), label("tag", key))
            for key, name in Tag.objects.filter(slug__startswith=MARK).order_by("pk").values_list("pk", "name")
        ]
        self.tools = list(Tool.objects.order_by("pk").values_list("pk", flat=True))
        self.marketplaces = list(Marketplace.objects.order_by("pk").values_list("pk", flat=True))

    @transaction.atomic
    def make_part(self, start: int, number: int) -> None:
        """Create one part, content and documents, atomically."""
        first = self.warnings.next_key()
        part = [self._warning(first + n, start + n) for n in range(number)]
        reports = [post for about in part if (post := self._report(about))]
        comments = [post for about in part if (post := self._comment(about))]
        self.warnings.write(about.post.row for about in part)
        self.reports.write(self._numbered(self.reports, reports))
        self.comments.write(self._numbered(self.comments, comments))
        _link(self.tagged, (("content_object_id", "tag_id"), [(a.key, t[0]) for a in part for t in a.tags]))
        _link(self.about_tools, (("warning_id", "tool_id"), [(a.key, a.tool) for a in part]))
        _link(
            self.about_marketplaces,
            (("warning_id", "marketplace_id"), [(a.key, a.marketplace) for a in part if a.marketplace]),
        )
        _link(self.votes, (("warning_id", "user_id"), [(a.key, user) for a in part for user in a.voters]))
        documents = [about.post.document for about in part]
        for table, posts in ((self.reports, reports), (self.comments, comments)):
            last = table.next_key() - len(posts)
            documents += [_with_key(post.document, last + n) for n, post in enumerate(posts)]
        _write_documents(self.documents, documents)
        for table in (self.warnings, self.reports, self.comments):
            table.move_sequence()

    def _warning(self, key: int, number: int) -> "_About":
        draw = self.random
        title, summary = draw.choice(self.language.titles), draw.choice(self.language.sentences)
        body = _join(draw.choices(self.language.sentences, k=draw.choice((1, 2, 2, 3, 4))))
        tags = draw.sample(self.tags, draw.choice((0, 1, 2, 3)))
        tool = self.tools[int(len(self.tools) * draw.random() ** 2)]
        marketplace = draw.choice(self.marketplaces) if draw.random() < 0.7 else None
        voters = self._voters() if draw.random() < VOTES else []
        reports, comments = int(draw.random() < REPORTS), int(draw.random() < COMMENTS)
        published = draw.choice(self.days)
        speaker = draw.choice(self.people) if comments else None
        people = len({*voters, *([speaker] if speaker else [])})
        labels = [label("tool", tool), *(tag[2] for tag in tags)]
        labels += [label("marketplace", marketplace)] if marketplace else []
        document = Document(
            kind=Kind.WARNING,
            key=key,
            parent=key,
            title=title.terms,
            names=" ".join(tag[1] for tag in tags),
            summary=summary.terms,
            body=body.terms,
            labels=" ".join([label("kind", Kind.WARNING), *sorted([*labels, *title.begins])]),
            quality=post_quality(published, len(voters), reports),
        )
        row = self.warnings.row(
            id=key,
            slug=f"{MARK}-{number}-{key}",
            title=title.text,
            summary=summary.text,
            body=body.text,
            body_html=f"<p>{body.text}</p>",
            published_at=self._day(published),
            vote_count=len(voters),
            standing_votes=len(voters),
            participants=people,
            helpfulness=helpfulness(votes=len(voters), people=people, published_at=published),
            recent_reporters=reports if published.date().replace(day=1) >= self.recent else 0,
            report_count=reports,
            comment_count=comments,
        )
        return _About(key, _Post(row, document), tool, marketplace, tags, voters, published, reports, speaker, labels)

    def _voters(self) -> list[int]:
        """Return voters: mostly one or two, rarely many."""
        return self.random.sample(self.people, min(len(self.people), int(self.random.paretovariate(1.5))))

    def _report(self, about: "_About") -> _Post | None:
        if not about.reports:
            return None
        happened = date(about.published.year, about.published.month, 1)
        extra = {"happened_in": self.reports.prepared("happened_in", happened), "marketplace_id": about.marketplace}
        return self._below(Kind.REPORT, self.reports, about, extra)

    def _comment(self, about: "_About") -> _Post | None:
        order = helpfulness(votes=0, people=0, published_at=about.published)
        extra = {"author_id": about.speaker, "helpfulness": order}
        return self._below(Kind.COMMENT, self.comments, about, extra) if about.speaker else None

    def _below(self, kind: Kind, table: Table, about: "_About", extra: dict[str, Any]) -> _Post:
        body = self.random.choice(self.language.sentences)
        labels = [label("kind", kind), *sorted(about.labels)]
        document = Document(
            kind, 0, about.key, "", "", "", body.terms, " ".join(labels), post_quality(about.published, 0)
        )
        public = uuid.UUID(int=self.random.getrandbits(128), version=4)
        row = table.row(
            warning_id=about.key,
            body=body.text,
            body_html=f"<p>{body.text}</p>",
            public_id=table.prepared("public_id", public),
            published_at=self._day(about.published),
            **extra,
        )
        return _Post(row, document)

    def _day(self, day: datetime) -> Any:
        return self.warnings.prepared("published_at", day)

    def _numbered(self, table: Table, posts: list[_Post]) -> list[list[Any]]:
        """Return the rows with primary keys, assigned in advance since no queries can run during COPY."""
        first, place = table.next_key(), table.columns.index("id")
        for number, post in enumerate(posts):
            post.row[place] = first + number
        return [post.row for post in posts]


@dataclass(frozen=True)
class _About:
    """A warning with the data that its reports and comments use."""

    key: int
    post: _Post
    tool: int
    marketplace: int | None
    tags: list[tuple[int, str, str]]
    voters: list[int]
    published: datetime
    reports: int
    speaker: int | None
    labels: list[str]


def _join(sentences: list[Passage]) -> Passage:
    return Passage(" ".join(s.text for s in sentences), " ".join(s.terms for s in sentences))


def _with_key(document: Document, key: int) -> Document:
    return Document(**{**vars(document), "key": key})


def _link(table: Table, pairs: tuple[tuple[str, str], list[tuple[int, int]]]) -> None:
    """Write rows of a many-to-many table."""
    (one, other), rows = pairs
    first = table.next_key()
    table.write(table.row(id=first + n, **{one: left, other: right}) for n, (left, right) in enumerate(rows))
    table.move_sequence()


def _write_documents(table: Table, documents: list[Document]) -> None:
    """Write documents and terms in bulk, with the same result as `search.actions`."""
    first = table.next_key()
    postgresql = connection.vendor == "postgresql"
    rows, terms = [], []
    for number, document in enumerate(documents):
        place, digest = rank_key_of(document.kind, document.key, document.quality), document.digest
        row = table.row(
            id=first + number,
            kind=str(document.kind.value),
            key=document.key,
            parent=document.parent,
            head=document.head,
            digest=digest,
            place=place,
            tier=2,
        )
        if postgresql:
            rows.append([*row, vector(document, digest)])
        else:
            rows.append(row)
            labels = f"{document.labels} {label('digest', digest)}"
            terms.append((place, document.title, document.names, document.summary, document.body, labels))
    write_rows("search_indexeddocument", [*table.columns, *(["terms"] if postgresql else [])], rows)
    if terms:
        # Sorted by place, since the full-text table is fastest when written in order.
        write_rows("search_fulltext", ("rowid", "title", "names", "summary", "body", "labels"), sorted(terms))
    table.move_sequence()


def _drop_text_indexes() -> list[str]:
    """Drop the GIN indexes on PostgreSQL, since rebuilding them is many times faster than updating them."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(_GIN)])
        definitions = [row[0] for row in cursor.fetchall()]
        for name in _GIN:
            cursor.execute(f"DROP INDEX IF EXISTS {name}")
    return definitions


def _restore_text_indexes(definitions: list[str]) -> None:
    with connection.cursor() as cursor:
        if definitions:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            for definition in definitions:
                cursor.execute(definition)
            cursor.execute("RESET maintenance_work_mem")
        # Update the planner's statistics for the larger tables.
        cursor.execute("ANALYZE")

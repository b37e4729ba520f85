"""Search: names first, then descriptions, then posts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from directory.models import Feature, Marketplace, Tactic, Tool, ToolFeature
from search import backends, descriptions
from search.descriptions import DescriptionMatch, tells
from search.fulltext import Candidate, SearchRequest
from search.kinds import POST_KINDS, Kind, label, subject_of
from search.names.matching import CONFIDENT, NAMED, PREFIX, NameMatch
from search.names.store import current
from search.query import Clause, Query
from search.ranking import Group, Ranked, rank
from search.synonyms import alike

# The number of best documents fetched for one word, and for all words together.
FOR_A_WORD = 150
FOR_ALL_WORDS = 300
# A description matches a document with at least two of its words and this share of their weight.
SURE_COVERAGE = 0.55
POSSIBLE_COVERAGE = 0.4
# Documents of tools have many words, so they must match more of a description than those of facts.
SURE_OF_A_TOOL = 0.75
WORDS_OF_A_TOOL = 3
FEWEST_WORDS = 2
DESCRIBED = 0.75
# What people say of a tool has no sources, unlike its facts.
UNSOURCED = 0.9
# The score from which a description says nearly all of the query.
SAYS_IT_ALL = 0.85
# Words that are too general to describe an entry.
SAYS_LITTLE = descriptions.SAYS_LITTLE | {"someon", "somebodi", "let", "buyer", "client", "freelanc", "seller"}
# Tools are left out if a tactic or marketplace matches the description better by this factor.
CLEARLY = 1.2
# Results below this share of the best score are left out.
MUCH_OF_THE_BEST = 0.4
# The number of documents for computing word frequencies in the directory; see `ranking`.
DIRECTORY_SIZE = 1_000


@dataclass(frozen=True)
class ToolMatch:
    """A tool that was found by a name, a domain or a description, and the confidence (0 to 1)."""

    tool: Tool
    matched: str
    score: float


@dataclass(frozen=True)
class Post:
    """A warning, report or comment that was found; `warning` is the key of its warning."""

    kind: Kind
    key: int
    warning: int


@dataclass(frozen=True)
class Found:
    """The results of a query.

    `tools` are confident matches, best first; `maybe` are possible ones. `posts` are at most a few hundred, best
    first; `subjects` counts their subjects, and `more` means that there are further posts.
    """

    tools: list[ToolMatch] = field(default_factory=list)
    maybe: list[ToolMatch] = field(default_factory=list)
    features: list[Feature] = field(default_factory=list)
    tactics: list[Tactic] = field(default_factory=list)
    marketplaces: list[Marketplace] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    subjects: Counter[tuple[str, int]] = field(default_factory=Counter)
    more: bool = False

    @property
    def nothing(self) -> bool:
        """Whether nothing was found."""
        return not (self.tools or self.features or self.tactics or self.marketplaces or self.posts)


def find(query: Query, *, limit: int, labels: Sequence[str] = (), kinds: Sequence[Kind] = POST_KINDS) -> Found:
    """Find at most `limit` entries of each kind; restrict posts to `labels` and `kinds`.

    An empty query finds nothing unless there are labels.
    """
    if not query.folded and not labels:
        return Found()
    indexes = current()
    matches = indexes.names.match(query) if query.folded else []
    sure = [match for match in matches if match.score >= CONFIDENT]
    if sure and sure[0].score >= NAMED:
        # A full name does not mean other entries whose names contain it.
        sure = [match for match in sure if match.score >= NAMED]
    described = _described(query)
    tools = _found_tools(sure, described, indexes.descriptions.match(query), limit)
    shown = {match.tool.pk for match in tools}
    candidates, more = _posts(query, tools, labels, kinds)
    return Found(
        tools=tools,
        maybe=[m for m in _tools([m for m in matches if m.score < CONFIDENT], limit) if m.tool.pk not in shown],
        features=_rows(Feature.objects.all(), _keys(Kind.FEATURE, sure, described), limit),
        tactics=_rows(Tactic.objects.all(), _keys(Kind.TACTIC, sure, described), limit),
        marketplaces=_rows(Marketplace.objects.all(), _keys(Kind.MARKETPLACE, sure, _Described()), limit),
        posts=[Post(Kind(c.kind), c.key, c.parent or 0) for c in candidates],
        subjects=Counter(subject for c in candidates for name in c.labels if (subject := subject_of(name))),
        more=more,
    )


def _found_tools(
    sure: Sequence[NameMatch], described: "_Described", alike: Sequence[DescriptionMatch], limit: int
) -> list[ToolMatch]:
    """Return the tools that are named, or else those that are described.

    A name that only resembles a word of the query gives way to a description that says nearly all of it.
    """
    if alike and alike[0].score >= SAYS_IT_ALL and (not sure or sure[0].score < PREFIX):
        return _described_tools(described, alike, limit)
    return _tools(sure, limit) or _described_tools(described, alike, limit)


def _tools(matches: Iterable[NameMatch], limit: int) -> list[ToolMatch]:
    """Return the tools among matches, most confident first, then the riskiest."""
    wanted = [match for match in matches if match.name.sort == Kind.TOOL]
    rows = Tool.objects.in_bulk([match.name.key for match in wanted])
    found = [ToolMatch(rows[m.name.key], m.name.text, round(m.score, 3)) for m in wanted if m.name.key in rows]
    return sorted(found, key=lambda match: (-match.score, -match.tool.risk, match.tool.name))[:limit]


@dataclass(frozen=True)
class _Described:
    """Directory entries that a query describes, by kind: keys and ranked candidates, best first."""

    by_kind: dict[Kind, list[tuple[int, Ranked]]] = field(default_factory=dict)

    def best(self, kind: Kind) -> float:
        """Return the best score of a kind, or 0."""
        rows = self.by_kind.get(kind)
        return rows[0][1].score if rows else 0.0


def _described_tools(described: _Described, alike: Sequence[DescriptionMatch], limit: int) -> list[ToolMatch]:
    """Return tools that the query describes with confidence, by their facts or as people describe them.

    If it rather describes a tactic or marketplace, only neutral descriptions count: what the tool looks like.
    """
    top = described.best(Kind.TOOL)
    rather_else = max(described.best(Kind.TACTIC), described.best(Kind.MARKETPLACE)) > CLEARLY * top
    scores = {m.tool: m.score * (1 if m.neutral else UNSOURCED) for m in alike if m.neutral or not rather_else}
    if not rather_else:
        for key, row in described.by_kind.get(Kind.TOOL, ()):
            if _is_sure(row):
                scores[key] = max(scores.get(key, 0.0), row.score / top)
    best = sorted(scores.items(), key=lambda item: -item[1])[:limit]
    rows = Tool.objects.in_bulk([key for key, _ in best])
    return [
        ToolMatch(rows[key], "what it does", round(DESCRIBED * (0.9 + 0.1 * score), 3))
        for key, score in best
        if key in rows
    ]


def _is_sure(row: Ranked) -> bool:
    if row.candidate.kind == Kind.FACT:
        return row.coverage >= SURE_COVERAGE
    return row.coverage >= SURE_OF_A_TOOL and row.answered >= WORDS_OF_A_TOOL


def _keys(kind: Kind, sure: Sequence[NameMatch], described: _Described) -> list[int]:
    """Return the keys of one kind, matched by name first and then by description."""
    named = [match.name.key for match in sure if match.name.sort == kind]
    return list(dict.fromkeys([*named, *(key for key, _ in described.by_kind.get(kind, ()))]))


def _rows(rows: Any, keys: Sequence[int], limit: int) -> list[Any]:
    """Return the objects with these keys, in order."""
    found = rows.in_bulk(keys[:limit])
    return [found[key] for key in keys[:limit] if key in found]


def _described(query: Query) -> _Described:
    """Return directory entries that contain enough of the query's words."""
    telling = [one for one in query.wanted if _tells(one.terms[0])]
    if len(query.wanted) < FEWEST_WORDS or query.links:
        return _Described()
    # A document need not contain every word, so search for each word and combine the documents.
    ranked = _some_of(telling, query.unwanted)
    good = [row for row in ranked if row.answered >= FEWEST_WORDS and row.coverage >= POSSIBLE_COVERAGE]
    facts = ToolFeature.objects.in_bulk([row.candidate.key for row in good if row.candidate.kind == Kind.FACT])
    by_kind: dict[Kind, dict[int, Ranked]] = {}
    # Confident matches first: a confident fact represents its tool rather than the tool's own document.
    for row in sorted(good, key=lambda row: (not _is_sure(row), -row.score)):
        if row.candidate.kind != Kind.FACT:
            by_kind.setdefault(Kind(row.candidate.kind), {}).setdefault(row.candidate.key, row)
        elif fact := facts.get(row.candidate.key):
            # A fact is a match of its tool and of its feature.
            by_kind.setdefault(Kind.TOOL, {}).setdefault(fact.tool_id, row)
            by_kind.setdefault(Kind.FEATURE, {}).setdefault(fact.feature_id, row)
    return _Described({kind: _near_the_best(rows) for kind, rows in by_kind.items()})


def _tells(term: str) -> bool:
    return tells(term, SAYS_LITTLE)


def _near_the_best(rows: dict[int, Ranked]) -> list[tuple[int, Ranked]]:
    ordered = sorted(rows.items(), key=lambda item: -item[1].score)
    return [(key, row) for key, row in ordered if row.score >= MUCH_OF_THE_BEST * ordered[0][1].score]


def _some_of(wanted: Sequence[Clause], unwanted: tuple[Clause, ...]) -> list[Ranked]:
    """Return directory entries with any of the words, best first."""
    index = backends.current()
    found: dict[int, tuple[Candidate, frozenset[int]]] = {}
    groups = []
    for number, one in enumerate(wanted):
        wider = _with_synonyms(one)
        candidates = [
            candidate
            for group in ("entries", "facts")
            for candidate in index.find(SearchRequest((wider,), unwanted, (label("group", group),)), FOR_A_WORD).best
        ]
        groups.append(Group((one.terms[0], *(other[0] for other in wider.others)), len(candidates)))
        for candidate in candidates:
            known = found.get(candidate.place, (candidate, frozenset()))[1]
            found[candidate.place] = (candidate, known | {number})
    return rank(found, groups, DIRECTORY_SIZE)


def _with_synonyms(wanted: Clause) -> Clause:
    if len(wanted.terms) > 1:
        return wanted
    return Clause(wanted.terms, (*wanted.others, *((term,) for term in alike(wanted.terms[0]))))


def _posts(
    query: Query, tools: Sequence[ToolMatch], labels: Sequence[str], kinds: Sequence[Kind]
) -> tuple[list[Candidate], bool]:
    """Return posts with every word, then those about the matched tools; and whether there are more."""
    index = backends.current()
    frame = (*labels, label("kind", kinds[0])) if len(kinds) == 1 else tuple(labels)
    ordered: dict[tuple[str, int], Candidate] = {}
    more = False
    if query.wanted or labels:
        matches = index.find(SearchRequest(query.wanted, query.unwanted, frame, posts=True), FOR_ALL_WORDS)
        candidates, more = matches.best, matches.more
        groups = [Group(wanted.terms, 1) for wanted in query.wanted]
        everything = frozenset(range(len(groups)))
        for row in rank({c.place: (c, everything) for c in candidates}, groups, FOR_ALL_WORDS):
            ordered[(row.candidate.kind, row.candidate.key)] = row.candidate
    if not query.exact:
        for match in tools[:3]:
            about = SearchRequest(
                (), query.unwanted, (label("tool", match.tool.pk), label("kind", Kind.WARNING), *labels)
            )
            for candidate in index.find(about, FOR_A_WORD).best:
                ordered.setdefault((candidate.kind, candidate.key), candidate)
    return [candidate for candidate in ordered.values() if candidate.kind in kinds], more

"""Generate the corpus: tools and people, then posts with their documents in parts, then indexes and counts."""

import random
from collections.abc import Callable

from django.db import connection
from django.db.models import Max

from directory.models import Marketplace, Tool
from reports.actions.counts import recount
from reports.models import Comment, Report, Warning
from search import actions
from search.corpus.entries import MARK, MOST_TOOLS, PEOPLE, make_tools
from search.corpus.load import bulk_load, large_parts, merge_full_text, without_indexes
from search.corpus.posts import Posts
from search.corpus.text import Language
from search.index.rank_key import TIERS

PART = 50_000
# Comments and votes for each warning, unless other numbers are asked for.
COMMENTS, VOTES = 0.3, 0.5
# How unequal the numbers of comments and of votes are, as the exponents of Pareto distributions.
_COMMENTS_SHAPE, _VOTES_SHAPE = 2.5, 1.5

Progress = Callable[[int, int], None]


class CorpusError(Exception):
    """The corpus cannot be made: beside real posts, without a catalogue, or for want of names or voters."""


def generate(
    *, warnings: int, tools: int, comments: int | None, votes: int | None, seed: int, progress: Progress
) -> None:
    """Add synthetic tools and published warnings to what is there, or nothing at all. Raises CorpusError.

    By default there are COMMENTS and VOTES for each warning.
    """
    comments = int(COMMENTS * warnings) if comments is None else comments
    votes = int(VOTES * warnings) if votes is None else votes
    _refuse(warnings, tools, comments, votes)
    language, draw = Language(seed), random.Random(_source(seed))  # noqa: S311  (nothing secret)
    with bulk_load():
        make_tools(tools, language, draw)
        posts = Posts(language, draw)
        with large_parts(), without_indexes(posts.tables):
            _make_parts(posts, draw, warnings, comments, votes, progress)
            posts.move_sequences()
            merge_full_text()
            actions.finish_rebuild()
            for tier in range(TIERS):
                actions.sort_into_tiers(tier=tier)
        recount()
        with connection.cursor() as cursor:
            # Update the planner's statistics for the larger tables.
            cursor.execute("ANALYZE")


def _refuse(warnings: int, tools: int, comments: int, votes: int) -> None:
    """Raise CorpusError if so many cannot be made here."""
    if _has_real_posts():
        raise CorpusError("This database holds posts by people; make the corpus in one of its own.")
    if warnings and not (Marketplace.objects.exists() and (tools or Tool.objects.exists())):
        raise CorpusError("This database has no catalogue, which the warnings are about. Run load_catalogue first.")
    if Tool.objects.filter(slug__startswith=MARK).count() + tools > MOST_TOOLS:
        raise CorpusError(f"There are names for {MOST_TOOLS:,} synthetic tools only.")
    if comments and not warnings:
        raise CorpusError("Comments are written on the new warnings; ask for some.")
    if votes > warnings * PEOPLE:
        raise CorpusError(
            f"There are {PEOPLE} voters, so {warnings:,} warnings get {warnings * PEOPLE:,} votes at most."
        )


def _has_real_posts() -> bool:
    """Return whether people wrote anything. Synthetic reports have neither an author nor a tracking code."""
    synthetic = {"author": None, "tracking_hash": None, "warning__slug__startswith": MARK}
    return (
        Warning.objects.filter(founding=False).exclude(slug__startswith=MARK).exists()
        or Report.objects.filter(founding=False).exclude(**synthetic).exists()
        or Comment.objects.filter(voice="").exclude(author__handle__startswith=MARK).exists()
    )


def _source(seed: int) -> int | str:
    """Return the seed, or another one if the database has a corpus already, which would have the same random IDs."""
    last = Warning.objects.filter(slug__startswith=MARK).aggregate(last=Max("pk"))["last"]
    return seed if last is None else f"{seed} after {last}"


def _make_parts(
    posts: Posts, draw: random.Random, warnings: int, comments: int, votes: int, progress: Progress
) -> None:
    for start in range(0, warnings, PART):
        end = min(warnings, start + PART)
        few = _share(comments, start, end, warnings), _share(votes, start, end, warnings)
        posts.make_part(
            deal(few[0], end - start, most=few[0], shape=_COMMENTS_SHAPE, draw=draw),
            deal(few[1], end - start, most=PEOPLE, shape=_VOTES_SHAPE, draw=draw),
        )
        progress(end, warnings)


def _share(total: int, start: int, end: int, warnings: int) -> int:
    """Return how many of all comments or votes the warnings from `start` to `end` get."""
    return total * end // warnings - total * start // warnings


def deal(total: int, number: int, *, most: int, shape: float, draw: random.Random) -> list[int]:
    """Deal comments or votes to warnings: none to most of them, one or two to others, many to very few."""
    dealt = [0] * number
    while total:
        place = draw.randrange(number)
        more = min(int(draw.paretovariate(shape)), total, most - dealt[place])
        dealt[place] += more
        total -= more
    return dealt

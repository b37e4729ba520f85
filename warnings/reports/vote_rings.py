"""Detect votes that do not look independent. Pure; moderators review the findings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

# A burst: this many votes for one post within an hour, most of them by accounts younger than a week.
BURST_VOTES, BURST_SPAN = 10, timedelta(hours=1)
YOUNG, YOUNG_SHARE = timedelta(days=7), 0.6
# A ring: accounts that gave each other this many votes, in both directions.
RING_VOTES = 3
MOST_NAMED = 50


@dataclass(frozen=True)
class Given:
    """A vote with its voter, post, the post's author and time; `warning` is the primary key of the post's warning."""

    voter: str
    joined_at: datetime
    at: datetime
    post: str
    author: str
    warning: int | None = None


@dataclass(frozen=True)
class Burst:
    """Many new accounts that voted for one post within an hour."""

    post: str
    warning: int | None
    votes: tuple[Given, ...]

    @property
    def key(self) -> str:
        """The post and the day: a continuing burst raises one alarm per day."""
        return f"{self.post}:{self.votes[0].at:%Y-%m-%d}"

    def evidence(self) -> dict[str, object]:
        """Return accounts and times, for moderators."""
        return {
            "votes": len(self.votes),
            "accounts": [
                {"handle": vote.voter, "joined": vote.joined_at.isoformat(), "voted": vote.at.isoformat()}
                for vote in self.votes[:MOST_NAMED]
            ],
        }


@dataclass(frozen=True)
class Ring:
    """Accounts that vote for each other."""

    members: tuple[str, ...]
    votes: int

    @property
    def key(self) -> str:
        """A hash of the members, so that the same members are the same ring."""
        return sha256("\n".join(self.members).encode()).hexdigest()[:32]

    def evidence(self) -> dict[str, object]:
        """Return the accounts and the number of votes between them."""
        return {"accounts": list(self.members[:MOST_NAMED]), "votes": self.votes}


def bursts(votes: Iterable[Given]) -> list[Burst]:
    """Return the first burst of each post."""
    by_post: dict[str, list[Given]] = defaultdict(list)
    for vote in votes:
        by_post[vote.post].append(vote)
    return [burst for rows in by_post.values() if (burst := _first_burst(sorted(rows, key=lambda row: row.at)))]


def rings(votes: Iterable[Given]) -> list[Ring]:
    """Return rings: groups of accounts connected by repeated mutual votes."""
    counted = Counter((vote.voter, vote.author) for vote in votes if vote.author and vote.voter != vote.author)
    friends: dict[str, set[str]] = defaultdict(set)
    for (voter, author), count in counted.items():
        if count >= RING_VOTES and counted[author, voter] >= RING_VOTES:
            friends[voter].add(author)
    found, seen = [], set()
    for start in sorted(friends):
        if start in seen:
            continue
        members = _reachable(start, friends)
        seen |= members
        between = sum(count for pair, count in counted.items() if set(pair) <= members)
        found.append(Ring(tuple(sorted(members)), between))
    return found


def _first_burst(rows: Sequence[Given]) -> Burst | None:
    begin = young = 0
    for end, row in enumerate(rows):
        young += _is_young(row)
        while row.at - rows[begin].at > BURST_SPAN:
            young -= _is_young(rows[begin])
            begin += 1
        size = end + 1 - begin
        if size >= BURST_VOTES and young >= YOUNG_SHARE * size:
            # Include later votes within the hour.
            whole = [vote for vote in rows[begin:] if vote.at - rows[begin].at <= BURST_SPAN]
            return Burst(row.post, row.warning, tuple(whole))
    return None


def _is_young(vote: Given) -> bool:
    return vote.at - vote.joined_at < YOUNG


def _reachable(start: str, friends: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for other in friends[waiting.pop()] - found:
            found.add(other)
            waiting.append(other)
    return found

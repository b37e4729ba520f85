"""Count words in removed and published texts, in hash buckets, so that no word is stored. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from math import log
from typing import Any, Self

# Words share this many buckets, so that the table is bounded and a count belongs to no single word or person.
BUCKETS = 8_192
# With fewer texts of either kind, the counts have no influence.
FEWEST_TEXTS = 20
# The number of words of a text that count, and the limit of their sum.
MOST_TELLING = 15
LOUDEST = 6.0


@dataclass(frozen=True)
class WordCounts:
    """The number of texts of each kind with a word in each bucket, and the total numbers of texts."""

    spam: Mapping[int, int] = field(default_factory=dict)
    fair: Mapping[int, int] = field(default_factory=dict)
    spam_texts: int = 0
    fair_texts: int = 0

    def counted(self, words: Iterable[str], *, spam: bool, times: int = 1) -> Self:
        """Return the counts with one more text; `times=-1` removes one. Counts are never negative."""
        return self.counted_in({bucket_of(word) for word in words}, spam=spam, times=times)

    def counted_in(self, buckets: Iterable[int], *, spam: bool, times: int = 1) -> Self:
        """Return the counts like `counted`, for the buckets of a text's words."""
        counts = dict(self.spam if spam else self.fair)
        for bucket in buckets:
            counts[bucket] = max(0, counts.get(bucket, 0) + times)
        counts = {bucket: count for bucket, count in counts.items() if count}
        if spam:
            return type(self)(counts, self.fair, max(0, self.spam_texts + times), self.fair_texts)
        return type(self)(self.spam, counts, self.spam_texts, max(0, self.fair_texts + times))

    def leaning(self, words: Iterable[str]) -> tuple[float, list[str]]:
        """Return how far the strongest words point to spam, from -1 to 1, and up to five of these words."""
        if min(self.spam_texts, self.fair_texts) < FEWEST_TEXTS:
            return 0.0, []
        lean = sorted(((self._lean(word), word) for word in set(words)), key=lambda pair: (-abs(pair[0]), pair[1]))
        total = sum(value for value, _ in lean[:MOST_TELLING])
        telling = [word for value, word in lean[:MOST_TELLING] if value * total > 0]
        return max(-LOUDEST, min(LOUDEST, total)) / LOUDEST, telling[:5]

    def to_json(self) -> dict[str, Any]:
        """Return the counts as JSON-compatible values."""
        return {
            "spam": {str(bucket): count for bucket, count in sorted(self.spam.items())},
            "fair": {str(bucket): count for bucket, count in sorted(self.fair.items())},
            "spam_texts": self.spam_texts,
            "fair_texts": self.fair_texts,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return counts from the output of `to_json`; ignore invalid buckets and counts."""
        return cls(
            _counts(stored.get("spam", {})),
            _counts(stored.get("fair", {})),
            max(0, int(stored.get("spam_texts", 0))),
            max(0, int(stored.get("fair_texts", 0))),
        )

    def _lean(self, word: str) -> float:
        """Return the log-likelihood ratio of a word in spam, with Laplace smoothing."""
        bucket = bucket_of(word)
        spam = (self.spam.get(bucket, 0) + 1) / (self.spam_texts + 2)
        fair = (self.fair.get(bucket, 0) + 1) / (self.fair_texts + 2)
        return log(spam / fair)


def bucket_of(word: str) -> int:
    """Return the bucket of a folded word."""
    return int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "big") % BUCKETS


def _counts(stored: Mapping[str, int]) -> dict[int, int]:
    return {int(key): int(value) for key, value in stored.items() if 0 <= int(key) < BUCKETS and int(value) > 0}

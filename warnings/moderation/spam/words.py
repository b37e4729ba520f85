"""Which words were in removed and in published texts: counted in buckets, so that no word is kept. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from math import log
from typing import Any, Self

# Words share this many buckets: the table is bounded, and what it holds belongs to no single word or person.
BUCKETS = 8_192
# With fewer texts of either kind the table is silent.
FEWEST_TEXTS = 20
# Of one text only its most telling words speak, and not louder than this in all.
MOST_TELLING = 15
LOUDEST = 6.0


@dataclass(frozen=True)
class WordCounts:
    """How many texts of each kind had a word of each bucket, with the numbers of texts."""

    spam: Mapping[int, int] = field(default_factory=dict)
    fair: Mapping[int, int] = field(default_factory=dict)
    spam_texts: int = 0
    fair_texts: int = 0

    def counted(self, words: Iterable[str], *, spam: bool, times: int = 1) -> Self:
        """The counts with one more text; `times=-1` takes it out again. Counts never fall below nothing."""
        return self.counted_in({bucket_of(word) for word in words}, spam=spam, times=times)

    def counted_in(self, buckets: Iterable[int], *, spam: bool, times: int = 1) -> Self:
        """The same, from the buckets of a text's words."""
        counts = dict(self.spam if spam else self.fair)
        for bucket in buckets:
            counts[bucket] = max(0, counts.get(bucket, 0) + times)
        counts = {bucket: count for bucket, count in counts.items() if count}
        if spam:
            return type(self)(counts, self.fair, max(0, self.spam_texts + times), self.fair_texts)
        return type(self)(self.spam, counts, self.spam_texts, max(0, self.fair_texts + times))

    def leaning(self, words: Iterable[str]) -> tuple[float, list[str]]:
        """How far the most telling words lean to spam (above 0) or away, -1 to 1, and the ones that lean most."""
        if min(self.spam_texts, self.fair_texts) < FEWEST_TEXTS:
            return 0.0, []
        lean = sorted(((self._lean(word), word) for word in set(words)), key=lambda pair: (-abs(pair[0]), pair[1]))
        total = sum(value for value, _ in lean[:MOST_TELLING])
        telling = [word for value, word in lean[:MOST_TELLING] if value * total > 0]
        return max(-LOUDEST, min(LOUDEST, total)) / LOUDEST, telling[:5]

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "spam": {str(bucket): count for bucket, count in sorted(self.spam.items())},
            "fair": {str(bucket): count for bucket, count in sorted(self.fair.items())},
            "spam_texts": self.spam_texts,
            "fair_texts": self.fair_texts,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The counts from what `to_json` gave; what is no bucket or count is left out."""
        return cls(
            _counts(stored.get("spam", {})),
            _counts(stored.get("fair", {})),
            max(0, int(stored.get("spam_texts", 0))),
            max(0, int(stored.get("fair_texts", 0))),
        )

    def _lean(self, word: str) -> float:
        """The logarithm of how much likelier the word is in spam, smoothed by Laplace's rule."""
        bucket = bucket_of(word)
        spam = (self.spam.get(bucket, 0) + 1) / (self.spam_texts + 2)
        fair = (self.fair.get(bucket, 0) + 1) / (self.fair_texts + 2)
        return log(spam / fair)


def bucket_of(word: str) -> int:
    """The bucket of a folded word."""
    return int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "big") % BUCKETS


def _counts(stored: Mapping[str, int]) -> dict[int, int]:
    return {int(key): int(value) for key, value in stored.items() if 0 <= int(key) < BUCKETS and int(value) > 0}

"""Compute how helpful a post is, as one sort value. Pure."""

import math
from datetime import datetime

# The 95 % quantile of the normal distribution, two-sided.
Z = 1.96
# What a vote is worth halves each year.
HALF_LIFE_DAYS = 365
# Nobody has voted yet: as good as this share.
UNKNOWN = 0.05
_FIRST_DAY = 719_163  # 1 January 1970 as an ordinal


def wilson_lower_bound(votes: int, people: int) -> float:
    """The least share, 0 to 1, of people who find it helpful that fits the votes of those who took part so far.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209-212.
    """
    if people <= 0:
        return 0.0
    share = votes / people
    middle = share + Z * Z / (2 * people)
    spread = Z * math.sqrt((share * (1 - share) + Z * Z / (4 * people)) / people)
    return max(0.0, (middle - spread) / (1 + Z * Z / people))


def helpfulness(*, votes: int, people: int, published_at: datetime) -> float:
    """A number to order by: the lower bound, halved for each year of age.

    It is the logarithm to base 2 plus the years since 1970: as time goes by all such numbers would shrink alike, so
    that none has to be worked out anew.
    """
    share = max(UNKNOWN, wilson_lower_bound(votes, max(votes, people)))
    days = published_at.toordinal() - _FIRST_DAY + published_at.hour / 24
    return math.log2(share) + days / HALF_LIFE_DAYS

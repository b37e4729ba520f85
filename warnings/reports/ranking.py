"""Compute how helpful a post is, as one sort value. Pure."""

import math
from datetime import datetime

# The two-sided 95 % quantile of the normal distribution.
Z = 1.96
# The value of votes halves each year.
HALF_LIFE_DAYS = 365
# The minimum share, for posts without votes.
UNKNOWN = 0.05
_FIRST_DAY = 719_163  # 1 January 1970 as an ordinal


def wilson_lower_bound(votes: int, people: int) -> float:
    """Return the lower bound of the Wilson score interval, 0 to 1.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209-212.
    """
    if people <= 0:
        return 0.0
    share = votes / people
    middle = share + Z * Z / (2 * people)
    spread = Z * math.sqrt((share * (1 - share) + Z * Z / (4 * people)) / people)
    return max(0.0, (middle - spread) / (1 + Z * Z / people))


def helpfulness(*, votes: int, people: int, published_at: datetime) -> float:
    """Return the sort value of a post: the lower bound, halved for each year of age.

    The value is a base-2 logarithm plus the years since 1970. Since all values decay alike, their order does not
    change and none has to be recomputed.
    """
    share = max(UNKNOWN, wilson_lower_bound(votes, max(votes, people)))
    days = published_at.toordinal() - _FIRST_DAY + published_at.hour / 24
    return math.log2(share) + days / HALF_LIFE_DAYS

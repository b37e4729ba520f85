"""Write durations in words. Pure."""

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def humanize_duration(seconds: float) -> str:
    """Return a waiting time in words: `20 seconds`, `40 minutes`, `about an hour`, `about 7 hours`."""
    if seconds <= MINUTE:
        return _counted(max(1, round(seconds)), "second")
    if seconds <= 55 * MINUTE:
        return _counted(-(-int(seconds) // MINUTE), "minute")
    if seconds <= 75 * MINUTE:
        return "about an hour"
    if seconds <= 36 * HOUR:
        return f"about {_counted(max(2, round(seconds / HOUR)), 'hour')}"
    return f"about {_counted(round(seconds / DAY), 'day')}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"

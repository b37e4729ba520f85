"""Parse image areas: one per line, four numbers in percent. Pure."""

import re
from http import HTTPStatus

from common.errors import ForewarnedError
from common.images.limits import Area

MOST_AREAS = 20
_NUMBER = r"(\d{1,3}(?:\.\d{1,2})?)"
_LINE = re.compile(rf"{_NUMBER}[\s,;%]+{_NUMBER}[\s,;%]+{_NUMBER}[\s,;%]+{_NUMBER}[\s%]*")
_LEAST = 0.5


class AreasError(ForewarnedError, ValueError):
    """The areas cannot be parsed; the message names the line and the reason."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


def areas_in(text: str) -> list[Area]:
    """Parse lines of "left top right bottom" in percent into fractions from 0 to 1.

    Raises AreasError with a message that names the line.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise AreasError("Say which area is to be covered.", "none")
    if len(lines) > MOST_AREAS:
        raise AreasError(f"At most {MOST_AREAS} areas at a time.", "too-many")
    return [_area(line, number) for number, line in enumerate(lines, start=1)]


def _area(line: str, number: int) -> Area:
    found = _LINE.fullmatch(line)
    if found is None:
        raise AreasError(f"Line {number} is not four numbers such as 10 20 45 30.", "not-four-numbers")
    left, top, right, bottom = (float(part) for part in found.groups())
    if max(left, top, right, bottom) > 100:
        raise AreasError(f"Line {number}: nothing lies beyond 100 percent.", "beyond")
    if right - left < _LEAST or bottom - top < _LEAST:
        words = f"Line {number}: right is behind left and bottom below top, by half a percent at least."
        raise AreasError(words, "too-small")
    return left / 100, top / 100, right / 100, bottom / 100

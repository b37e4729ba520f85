"""The weighted typing distance between a word and a name: adjacent keys, transpositions, doubled letters."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")
SWAP = 0.5
NEIGHBOUR = 0.6
VOWEL = 0.6
DOUBLE = 0.4
LEFT_OUT_VOWEL = 0.7
OTHER = 1.0
REACH = 4
# The first letter is rarely wrong.
FIRST_LETTER = 0.3


def similarity(typed: str, name: str) -> float:
    """Return the similarity from 0 to 1: 1 minus the weighted distance divided by the longer length."""
    if typed == name:
        return 1.0
    longest = max(len(typed), len(name))
    return max(0.0, 1 - cost(typed, name) / longest)


def cost(typed: str, name: str) -> float:
    """Return the lowest cost of editing `typed` into `name` (optimal string alignment with the weights above).

    Letters more than REACH positions apart are not aligned. Words whose lengths differ by more have nothing in
    common.
    """
    if abs(len(typed) - len(name)) > REACH:
        return float(max(len(typed), len(name)))
    far = float(len(typed) + len(name))
    before: list[float] = []
    row = [0.0]
    for column, letter in enumerate(name):
        row.append(row[-1] + _one_more(name, column, letter))
    for line, char in enumerate(typed):
        last, row = row, [far] * (len(name) + 1)
        row[0] = last[0] + _one_more(typed, line, char)
        for column in range(max(0, line - REACH), min(len(name), line + REACH + 1)):
            letter = name[column]
            if char == letter:
                best = last[column]
            else:
                best = last[column] + _other(char, letter)
                if line and column and char == name[column - 1] and typed[line - 1] == letter:
                    best = min(best, before[column - 1] + SWAP)
            best = min(best, last[column + 1] + _one_more(typed, line, char))
            row[column + 1] = min(best, row[column] + _one_more(name, column, letter))
        before = last
    return row[-1] + (FIRST_LETTER if typed[:1] != name[:1] else 0.0)


def _one_more(word: str, place: int, letter: str) -> float:
    if place and word[place - 1] == letter:
        return DOUBLE
    return LEFT_OUT_VOWEL if place and letter in _VOWELS else OTHER


def _other(one: str, other: str) -> float:
    if one in _VOWELS and other in _VOWELS:
        return VOWEL
    return NEIGHBOUR if other in _NEIGHBOURS.get(one, "") else OTHER


def _neighbours() -> dict[str, str]:
    """Return the adjacent keys of each letter on a QWERTY keyboard, in its row and the rows above and below."""
    found: dict[str, str] = {}
    for number, keys in enumerate(_ROWS):
        for place, key in enumerate(keys):
            near = keys[max(0, place - 1) : place] + keys[place + 1 : place + 2]
            if number:
                near += _ROWS[number - 1][place : place + 2]
            if number + 1 < len(_ROWS):
                near += _ROWS[number + 1][max(0, place - 1) : place + 1]
            found[key] = near
    return found


_NEIGHBOURS = _neighbours()

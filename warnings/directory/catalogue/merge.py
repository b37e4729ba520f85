"""Three-way merge of a new version of a catalogue file with local edits.

For each field: a change in the file only is applied, a local change only is kept, and on a conflict the local version
wins. Lists of parts with a key (facts of a tool, rules of a marketplace) are merged part by part.
"""

from collections.abc import Callable, Mapping
from typing import Any

Content = Mapping[str, Any]
Key = Callable[[Content], Any]

PART_KEYS: dict[str, Key] = {
    "features": lambda fact: (fact["feature"], fact["platform"], fact["plan"], fact["role"], fact["region"]),
    "protections": lambda part: part["name"] if isinstance(part, Mapping) else part,
    "rules": lambda rule: rule["topic"],
    "names": lambda name: name["name"],
    "descriptions": lambda row: (row["lang"], row["text"]),
}


def merge(base: Content | None, current: Content, new: Content) -> dict[str, Any]:
    """Return the merged entry; `base` is the last file loaded, `current` the database and `new` the file."""
    known = base or {}
    return {name: _merge_field(name, _before(name, known), current.get(name), new[name]) for name in new}


def _before(name: str, known: Content) -> Any:
    """Return a field of the last file; for an entry added locally, an empty list of parts or None."""
    return known.get(name, [] if name in PART_KEYS else None)


def _merge_field(name: str, base: Any, current: Any, new: Any) -> Any:
    if current == base or (base is None and not current):
        return new
    if new == base:
        return current
    key = PART_KEYS.get(name)
    if key and isinstance(base, list) and isinstance(current, list) and isinstance(new, list):
        return _merge_parts(key, base, current, new)
    return current


def _merge_parts(key: Key, base: list[Any], current: list[Any], new: list[Any]) -> list[Any]:
    before = {key(part): part for part in base}
    here = {key(part): part for part in current}
    there = {key(part): part for part in new}
    merged = []
    for part_key in [*here, *(k for k in there if k not in here)]:
        part = _merge_part(before.get(part_key), here.get(part_key), there.get(part_key))
        if part is not None:
            merged.append(part)
    return merged


def _merge_part(base: Any, current: Any, new: Any) -> Any:
    """Merge one part by the same rule; None means that it is missing."""
    if current == base:
        return new
    return current

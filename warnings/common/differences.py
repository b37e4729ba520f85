"""The fields of two versions beside each other: which differ, and how, word by word. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from common.diffing import Run, diff, shortened


@dataclass(frozen=True)
class Difference:
    """One field that differs between two versions."""

    label: str
    runs: list[Run]


def differences(labels: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """The fields that differ, in the order of `labels`; both versions hold readable texts by field."""
    return [
        Difference(label, shortened(diff(before.get(name, ""), after.get(name, ""))))
        for name, label in labels.items()
        if before.get(name, "") != after.get(name, "")
    ]

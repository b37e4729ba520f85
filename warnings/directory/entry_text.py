"""An entry's content for readers: labels, and fields as text for comparison."""

from collections.abc import Mapping
from typing import Any

from directory.choices import CanDisable, Control, EntryKind

LABELS: Mapping[str, Mapping[str, str]] = {
    EntryKind.TOOL: {
        "summary": "In short",
        "names": "Other names",
        "ambiguous": "Is its name also an ordinary word",
        "domains": "Where links to it lead",
        "app_schemes": "How links that open its app begin",
        "recognised_by": "How to recognise it",
        "searched_as": "What people who look for it say",
        "safer_use": "If you must use it",
        "common_where": "Met with",
        "website": "Website",
        "status_note": "If it is retired",
    },
    EntryKind.FACT: {
        "present": "Does it do this",
        "control": "Who controls it",
        "can_disable": "Can you switch it off",
        "detail": "What is known",
        "platform": "Only on this platform",
        "plan": "Only on this plan",
        "role": "Only for this role",
        "region": "Only in this region",
        "checked_on": "Checked on",
        "sources": "Sources",
    },
    EntryKind.TACTIC: {
        "summary": "In short",
        "what_to_do": "What to do",
        "reply": "What to answer",
        "signs": "How to recognise it",
        "how_it_works": "How it works",
        "phrases": "What they write",
        "severity": "Severity, 1 to 5",
        "severity_reason": "Why this severity",
        "checked_on": "Checked on",
        "sources": "Sources",
    },
    EntryKind.RULE: {
        "rule": "The rule",
        "exceptions": "Exceptions",
        "consequence": "If you break it",
        "checked_on": "Checked on",
        "sources": "Sources",
    },
}
_YES_OR_NO = {True: "Yes", False: "No", None: ""}
_WORDS: Mapping[str, Mapping[Any, str]] = {
    "present": _YES_OR_NO,
    "ambiguous": _YES_OR_NO,
    "control": dict(Control.choices),
    "can_disable": dict(CanDisable.choices),
}


def readable(content: Mapping[str, Any]) -> dict[str, str]:
    """Return each field as text: one line per list item, and labels for choices."""
    return {name: _text(name, value) for name, value in content.items()}


def _text(name: str, value: Any) -> str:
    if name in _WORDS:
        return str(_WORDS[name].get(value, value))
    if name == "sources":
        return "\n".join(_source(source) for source in value)
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else str(value)


def _source(source: Mapping[str, str]) -> str:
    passage = f": “{source['passage']}”" if source["passage"] else ""
    return f"{source['title']} <{source['url']}>{passage}"

"""What a redaction removed, encrypted with the site's key until it expires."""

import json
from collections.abc import Iterator
from typing import Any

from common.encryption import decrypt_text, encrypt_text
from common.text.diff import Difference, differences

# Keeps its value: texts are sealed with it.
_PURPOSE = "redacted passages"
_KINDS = {
    "warning": "Warning",
    "report": "Report",
    "comment": "Comment",
    "message": "Message",
    "step": "Step",
    "evidence": "Picture",
}


def seal(kept: dict[str, Any]) -> str:
    """Encrypt what a redaction removed."""
    return encrypt_text(json.dumps(kept), purpose=_PURPOSE)


def opened(sealed: str) -> dict[str, Any]:
    """Return what a redaction removed. Raises DecryptionError."""
    kept: dict[str, Any] = json.loads(decrypt_text(sealed, purpose=_PURPOSE))
    return kept


def removed_words(sealed: str) -> list[Difference]:
    """Return the removed words with what stands around them, each text once. Raises DecryptionError.

    Earlier versions repeat the text of the warning, so they are left out.
    """
    kept = opened(sealed)
    found = [one for item in kept["texts"] if item["kind"] in _KINDS for one in _differences(item)]
    names = [item["name"] for part in ("tags", "synonyms") for item in kept.get("tags", {}).get(part, ())]
    return [*found, *differences({"tags": "Tags"}, {"tags": "\n".join(names)}, {"tags": ""})]


def _differences(item: dict[str, Any]) -> Iterator[Difference]:
    label = _KINDS[item["kind"]]
    labels = {name: f"{label}: {name.replace('_', ' ')}" for name in item["after"]}
    yield from differences(labels, _readable(item["before"]), _readable(item["after"]))


def _readable(fields: dict[str, Any]) -> dict[str, str]:
    return {name: "\n".join(_lines(value)) for name, value in fields.items()}


def _lines(value: Any) -> list[str]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]

"""The icon sprite: the few Lucide icons that pages use, in one file that the browser keeps."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "node_modules/lucide-static"
VENDORED = ROOT / "static/vendor/lucide"
SPRITE = VENDORED / "icons.svg"
LICENCE = VENDORED / "LICENSE"

# Name in our templates -> name in the package.
ICONS = {
    "answer": "message-square-reply",
    "arrow": "arrow-right",
    "bell": "bell-ring",
    "camera": "eye",
    "check": "check",
    "close": "x",
    "copy": "copy",
    "device": "monitor-cog",
    "done": "circle-check",
    "error": "circle-x",
    "evidence": "file-x",
    "flag": "flag",
    "history": "history",
    "identity": "fingerprint-pattern",
    "info": "info",
    "key": "key-round",
    "money": "wallet",
    "people": "users",
    "rules": "scale",
    "search": "search",
    "switch": "toggle-left",
    "upvote": "arrow-big-up",
    "warning": "triangle-alert",
}
_SVG = "{http://www.w3.org/2000/svg}"


def sprite() -> str:
    """The sprite as it must be, made from the installed package: one `<symbol>` for each icon."""
    version = json.loads((PACKAGE / "package.json").read_text("utf-8"))["version"]
    symbols = [_symbol(name, (PACKAGE / f"icons/{source}.svg").read_text("utf-8")) for name, source in ICONS.items()]
    head = '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2"'
    return (
        f"<!-- lucide-static {version}, ISC; see LICENSE -->\n"
        f'{head} stroke-linecap="round" stroke-linejoin="round">\n' + "\n".join(symbols) + "\n</svg>\n"
    )


def write() -> None:
    """Write the sprite and the package's licence where the site serves them."""
    VENDORED.mkdir(parents=True, exist_ok=True)
    SPRITE.write_text(sprite(), "utf-8")
    LICENCE.write_text((PACKAGE / "LICENSE").read_text("utf-8"), "utf-8")


def _symbol(name: str, source: str) -> str:
    """One icon's drawing without its frame."""
    frame = ET.fromstring(re.sub(r"<!--.*?-->", "", source))  # noqa: S314  (a pinned package's own file)
    shapes = "".join(_shape(element) for element in frame)
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def _shape(element: ET.Element) -> str:
    attributes = "".join(f' {key}="{value}"' for key, value in element.attrib.items())
    return f"<{element.tag.removeprefix(_SVG)}{attributes}/>"

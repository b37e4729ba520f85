"""What axe finds on a page: all its rules once, and in other widths and colours those rules that these can change."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

from tests.browser.people import fits

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
# Only what is wrong is worth describing: the rest would take twice the time.
TAGS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# Neither names nor roles nor the order of headings depend on the width or the colours; these do.
CHANGED_BY_THE_VIEW = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]},
    "resultTypes": ["violations"],
}
Scheme = Literal["light", "dark"]
OTHER_VIEWS: list[tuple[int, Scheme]] = [(1280, "dark"), (320, "dark"), (320, "light")]


def findings(page: Page, rules: dict[str, Any] = TAGS) -> list[str]:
    """What axe finds on the page, one line each."""
    # By hand and not as a script of the page, which the site's own policy would keep out.
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", rules)
    return [f"{v['id']}: {n['html'][:120]} {n['failureSummary']}" for v in result["violations"] for n in v["nodes"]]


@contextmanager
def in_colours(page: Page, scheme: Scheme) -> Iterator[None]:
    """Show the page in these colours, without motion: they would be looked at halfway from one to the other."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    yield
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")


def no_findings(page: Page) -> None:
    """Nothing is wrong with the page as it is."""
    assert findings(page) == []


def no_findings_by_night(page: Page) -> None:
    """Nothing is wrong with the page as it is, nor with its colours when they are dark."""
    no_findings(page)
    with in_colours(page, "dark"):
        assert findings(page, CHANGED_BY_THE_VIEW) == []


def findings_in_every_view(page: Page) -> list[str]:
    """All rules for the page as it is; colours, sizes and nothing over the edge in the other widths and colours."""
    found = findings(page)
    as_it_was = page.viewport_size
    for width, scheme in OTHER_VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        with in_colours(page, scheme):
            found += [f"{width} {scheme}: {line}" for line in findings(page, CHANGED_BY_THE_VIEW)]
            if not fits(page):
                found.append(f"{width} {scheme}: reaches over the edge")
    if as_it_was:
        page.set_viewport_size(as_it_was)
    return found

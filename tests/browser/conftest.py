"""The real site in a real Chromium: the system's own, never a downloaded one."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.people import MAKE_PEOPLE
from tests.services.chromium import FLAGS, find_chromium
from tests.services.processes import start
from tests.services.site import OwnSite, running_site

# A busy machine is slow, and slow is not wrong: so long something may take to appear, in milliseconds.
expect.set_options(timeout=30_000)
AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a site with the real catalogue, started as `make run` starts it."""
    with running_site() as running:
        yield running.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How Chromium starts: without the connections that it makes of its own accord."""
    arguments = [*FLAGS.split(), "--disable-quic", "--no-first-run"]
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": arguments}


class Visit:
    """One person's visit: a page, and everything that went wrong or went elsewhere on it."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.page: Page = context.new_page()
        self.context = context
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._watch(request.url))

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.site + path)

    def _hear(self, kind: str, text: str) -> None:
        # A missing page is a 404 on purpose in some tests, and a form with mistakes a 422; Chromium calls both errors.
        on_purpose = ("404 (Not Found)", "422 (Unprocessable", "409 (Conflict)")
        if kind in {"error", "warning"} and not any(words in text for words in on_purpose):
            self.complaints.append(text)

    def _watch(self, url: str) -> None:
        if not url.startswith((self.site, "data:")):
            self.foreign.append(url)


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Somebody with a laptop."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Visit(context, site)
    context.close()


@pytest.fixture(scope="module")
def peopled_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnSite]:
    """A site with Tess and Theo, who are trusted, Mary and Max, who are members, and Heron, who is new."""
    folder = tmp_path_factory.mktemp("peopled")
    site = OwnSite(folder)
    site.start()
    variables = os.environ | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    out, err = start(MAKE_PEOPLE, variables, "Tess", "Theo", "Mary", "Max", "Heron").communicate(timeout=60)
    assert err == "", out + err
    yield site
    site.kill()

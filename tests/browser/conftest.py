"""The real site in a real Chromium: the system's own, never a downloaded one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.people import MAKE_PEOPLE
from tests.services.chromium import FLAGS, find_chromium
from tests.services.site import OwnSite, running_site

# A busy machine is slow, and slow is not wrong: so long something may take to appear, in milliseconds.
expect.set_options(timeout=30_000)


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


@contextmanager
def visiting(browser: Browser, site: str) -> Iterator[Visit]:
    """Somebody with a laptop, from the first page to the last."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Visit(context, site)
    context.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Somebody with a laptop."""
    with visiting(browser, site) as visit:
        yield visit


@pytest.fixture(scope="session")
def site_to_change(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnSite]:
    """A site that is known by a name, that tests may change or kill; each file of tests begins it anew."""
    site = OwnSite(tmp_path_factory.mktemp("changed"))
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def own_site(site_to_change: OwnSite) -> OwnSite:
    """A site for one file of tests, as a new one is."""
    site_to_change.begin_anew()
    return site_to_change


@pytest.fixture(scope="module")
def peopled_site(own_site: OwnSite) -> OwnSite:
    """A site with Tess and Theo, who are trusted, Mary and Max, who are members, and Heron, who is new."""
    own_site.run(MAKE_PEOPLE, "Tess", "Theo", "Mary", "Max", "Heron")
    return own_site

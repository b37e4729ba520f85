"""The tags that every template may use."""

import pytest
from django.template import TemplateSyntaxError
from pytest_django import Settings

from common.templatetags.site import host, percent, script, stylesheet


def test_files_are_named_with_a_fingerprint_and_a_hash() -> None:
    assert "/static/css/site." in stylesheet("css/site.css")
    assert 'integrity="sha384-' in stylesheet("css/site.css")
    assert script("js/shortcuts.js").startswith('<script type="module" src="/static/js/shortcuts.')


def test_while_developing_the_hash_is_that_of_the_source(settings: Settings) -> None:
    kept = script("js/shortcuts.js").partition("integrity=")[2]
    settings.DEBUG = True
    assert script("js/shortcuts.js").partition("integrity=")[2] == kept
    with pytest.raises(TemplateSyntaxError, match=r"js/nothing\.js"):
        script("js/nothing.js")


@pytest.mark.parametrize(
    ("url", "shown"),
    [("https://www.example.org/a", "example.org"), ("http://a.b:80", "a.b"), ("nothing", "nothing")],
)
def test_it_shows_where_a_link_leads(url: str, shown: str) -> None:
    assert host(url) == shown


def test_a_share_is_shown_as_a_percentage() -> None:
    assert percent(0.476) == "48%"

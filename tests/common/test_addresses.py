"""Only plain web addresses get in."""

import pytest

from common.urls import MAX_ADDRESS, validate_domain, validate_link_prefix, validate_web_url


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "http://example.org:8080/a?b=c#d", "https://münchen.example/ä", "https://sub.t.me/x"],
)
def test_it_takes_web_addresses(url: str) -> None:
    assert validate_web_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "https://",
        "https://localhost",
        "https://user:pass@example.org",
        "https://exa mple.org",
        "https://example.org/\nx",
        "https://example.org:port/",
        'https://example.org/"onclick',
        "https://[::1",
        "https://example.org/" + "x" * MAX_ADDRESS,
    ],
)
def test_it_refuses_everything_else(url: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        validate_web_url(url)


@pytest.mark.parametrize("domain", ["t.me", "example.co.uk", "bücher.example"])
def test_it_takes_domains(domain: str) -> None:
    assert validate_domain(domain) == domain


@pytest.mark.parametrize("domain", ["", "localhost", "T.me", "-a.org", "a..org", "a.org/", "a b.org", "1.2.3.4"])
def test_it_refuses_what_is_no_domain(domain: str) -> None:
    with pytest.raises(ValueError, match="domain"):
        validate_domain(domain)


def test_it_takes_a_domain_with_the_first_part_of_a_path() -> None:
    assert validate_link_prefix("g.co/meet") == "g.co/meet"
    with pytest.raises(ValueError, match="path"):
        validate_link_prefix("g.co/a/b")

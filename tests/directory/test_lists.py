"""The lists of the directory: filters, order, pages, empty states."""

import re

import pytest
from django.test import Client

from directory.choices import FeatureFamily, ToolKind
from directory.models import Feature, Tool
from tests.factories import FeatureFactory, ToolFactory
from tests.pages_under_test import codes, elements, links, numbers, states

pytestmark = pytest.mark.django_db


def tools_on(visitor: Client, query: str = "") -> list[str]:
    response = visitor.get(f"/tools/{query}")
    assert response.status_code == 200
    return re.findall(r'<h3[^>]*><a href="/tools/([^/]+)/"', response.content.decode())


def test_tools_come_worst_first(visitor: Client) -> None:
    assert tools_on(visitor)[:3] == ["dingtalk", "controlio", "teramind"]


def test_tools_that_are_not_assessed_come_last(visitor: Client) -> None:
    assert "signal" not in tools_on(visitor)
    assert "signal" in tools_on(visitor, "?page=2")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?kind=email", {"email"}),
        ("?feature=urgent-repeat&kind=workplace-chat", {"dingtalk", "mattermost", "microsoft-teams"}),
        ("?name=钉钉", {"dingtalk"}),
        ("?name=D1NG talk", {"dingtalk"}),
        ("?kind=video-call&grade=none", {"zoom", "google-meet", "jitsi"}),
        ("?grade=A", set()),
        ("?name=!!!", set()),
    ],
)
def test_filters_narrow_the_list(query: str, expected: set[str], visitor: Client) -> None:
    assert set(tools_on(visitor, query)) == expected


def test_tools_can_be_sorted_by_name(visitor: Client) -> None:
    names = list(Tool.objects.order_by("name").values_list("slug", flat=True)[:5])
    assert tools_on(visitor, "?sort=name")[:5] == names


def test_an_unknown_filter_is_reported_and_lists_nothing(visitor: Client) -> None:
    response = visitor.get("/tools/?kind=spaceship&name=%00")
    assert codes(response.context["form"]) == {"kind": ["invalid_choice"], "name": ["null_characters_not_allowed"]}
    assert len(elements(response, "ul", class_="errorlist")) == 2
    assert numbers(response, "total") == [0]
    assert "unknown" in states(response)
    assert "/tools/" in links(response)


@pytest.mark.parametrize(
    "address",
    ["/features/?family=nonsense", "/tactics/?family=nonsense", "/tools/matrix/?kind=x&family=money", "/tools/?grade=F",
     "/tools/?feature=nonsense&kind=email", "/transparency/?act=nonsense"],
)  # fmt: skip
def test_every_list_has_nothing_to_show_for_something_unknown(address: str, visitor: Client) -> None:
    response = visitor.get(address)
    assert (response.status_code, "unknown" in states(response)) == (200, True)
    assert address.partition("?")[0] in links(response)
    assert not elements(response, "article", class_="card")


def test_the_matrix_to_download_neither(visitor: Client) -> None:
    assert len(visitor.get("/tools/matrix.csv?kind=nonsense").content.splitlines()) == 1


def test_an_unknown_order_is_no_filter(visitor: Client) -> None:
    assert tools_on(visitor, "?sort=nonsense") == tools_on(visitor)


@pytest.mark.parametrize("typed", ["Screen-Capture", "screen capture", " SCREEN_CAPTURE "])
def test_a_feature_is_found_by_any_spelling(typed: str, visitor: Client) -> None:
    response = visitor.get("/tools/", {"feature": typed})
    assert response.context["form"].chosen()["feature"] == "screen-capture"
    assert numbers(response, "total") == numbers(visitor.get("/tools/?feature=screen-capture"), "total")


def test_a_feature_that_was_replaced_is_the_new_one(visitor: Client) -> None:
    new = Feature.objects.get(slug="screen-capture")
    FeatureFactory(slug="old-capture", replaced_by=new)
    assert numbers(visitor.get("/tools/?feature=old-capture"), "total") == numbers(
        visitor.get("/tools/?feature=screen-capture"), "total"
    )


def test_an_empty_list_says_what_to_do(visitor: Client) -> None:
    [empty] = elements(visitor.get("/tools/?grade=A"), "div", class_="empty")
    assert [one.attributes["href"] for one in empty.everything() if one.name == "a"] == ["/tools/"]


@pytest.mark.parametrize(
    "junk", ["x" * 20_000, "微" * 3_000, "&".join(f"p{n}={n:0100}" for n in range(90)), "%26" * 5_000]
)
def test_links_do_not_repeat_what_no_filter_is(junk: str, visitor: Client) -> None:
    ToolFactory.create_batch(31, kind="email")
    page = visitor.get(f"/tools/?kind=email&junk={junk}&page=2")
    assert len(page.content) < len(visitor.get("/tools/?kind=email&page=2").content) + 40_000
    links = elements(page, "nav", aria_label="Pages")[0].everything()
    assert "kind=email" in next(link for link in links if link.name == "a").attributes["href"]
    assert elements(page, "a", class_="chip")[0].attributes["href"] == "?"


def test_pages_keep_the_filter(visitor: Client) -> None:
    for _ in range(31):
        ToolFactory(kind="email")
    assert 'href="?kind=email&amp;page=2"' in visitor.get("/tools/?kind=email").content.decode()


@pytest.mark.parametrize("page", ["0", "99", "x", "-1", "9" * 5_000, "%00"])
def test_a_page_that_is_not_there_is_a_404(page: str, visitor: Client) -> None:
    assert visitor.get(f"/tools/?page={page}").status_code == 404


@pytest.mark.parametrize(
    ("address", "shown", "hidden"),
    [
        ("/features/?family=money", "Time without input is taken off", "Read receipts on by default"),
        ("/tactics/?family=malware", "malware", "scope-creep"),
    ],
)
def test_features_and_tactics_can_be_narrowed_by_family(
    address: str, shown: str, hidden: str, visitor: Client
) -> None:
    html = visitor.get(address).content.decode()
    assert shown.lower() in html.lower()
    assert hidden not in html.partition("</form>")[2]


def test_a_feature_lists_its_tools_riskiest_first(visitor: Client) -> None:
    html = visitor.get("/features/escalating-alerts/").content.decode()
    assert html.index("/tools/dingtalk/") < html.index("/tools/lark/")


@pytest.mark.usefixtures("empty_site")
@pytest.mark.parametrize("address", ["/", "/tools/", "/features/", "/tactics/", "/marketplaces/", "/warnings/", "/tags/",
                                     "/about/", "/about/method/", "/sitemap.xml"])  # fmt: skip
def test_an_empty_site_answers_everywhere(address: str, visitor: Client) -> None:
    assert visitor.get(address).status_code == 200


def test_features_stand_together_by_family_worst_first(visitor: Client) -> None:
    html = visitor.get("/features/").content.decode()
    headings = re.findall(r'<h2 id="family-[^>]*>([^<]+)<', html)
    assert len(headings) == len(set(headings)) == 7
    section = html.partition(f">{FeatureFamily.SURVEILLANCE.label}</h2>")[2].partition("<h2")[0]
    severities = re.findall(r"\b(\d) of 5", section)
    assert severities
    assert severities == sorted(severities, reverse=True)


def test_marketplaces_come_by_name(visitor: Client) -> None:
    names = re.findall(
        r'<h2[^>]*><a href="/marketplaces/[^"]+">([^<]+)<', visitor.get("/marketplaces/").content.decode()
    )
    assert names == sorted(names)


@pytest.mark.parametrize("kind", ["tools", "features", "tactics", "marketplaces"])
def test_an_entry_that_is_not_there_is_a_404(kind: str, visitor: Client) -> None:
    assert visitor.get(f"/{kind}/no-such-entry/").status_code == 404


def test_active_filters_can_be_taken_away_one_by_one(visitor: Client) -> None:
    html = visitor.get("/tools/?kind=messenger&grade=C&sort=name&page=1").content.decode()
    chips = re.findall(r'<a class="chip" href="([^"]*)">([^<]+) <span', html)
    assert [(address, words.rpartition(": ")[2]) for address, words in chips] == [
        ("?grade=C&amp;sort=name", ToolKind.MESSENGER.label),
        ("?kind=messenger&amp;sort=name", "C"),
    ]


def test_a_wrong_filter_is_no_active_one(visitor: Client) -> None:
    assert not elements(visitor.get("/tools/?kind=spaceship&sort=name"), "a", class_="chip")

"""Pages of a list, by number, with the page kept in the address."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest

if TYPE_CHECKING:
    from django.core.paginator import Page

PER_PAGE = 30


@dataclass(frozen=True)
class PageLink:
    """One link below a list; `address` is empty for the gap between far-away pages."""

    label: str
    address: str
    current: bool = False


@dataclass(frozen=True)
class Listing:
    """One page of a list with what the navigation below it needs; no links where one page is all."""

    page: "Page[Any]"
    total: int
    previous: PageLink | None
    following: PageLink | None
    links: list[PageLink]


def paginate(request: HttpRequest, rows: Any, *, per_page: int = PER_PAGE, parameter: str = "page") -> Listing:
    """Cut `rows` (a queryset or list) to the page that `?page=` asks for. Raises Http404 for no such page.

    A page with two lists gives each a `parameter` of its own; everything else in the address is kept.
    """
    paginator: Paginator[Any] = Paginator(rows, per_page)
    try:
        page = paginator.page(request.GET.get(parameter, "1"))
    except (PageNotAnInteger, EmptyPage):
        raise Http404("There is no such page of this list.") from None

    def link(number: int, label: str = "") -> PageLink:
        query = request.GET.copy()
        query[parameter] = str(number)
        return PageLink(label or str(number), f"?{query.urlencode()}", number == page.number)

    shown = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1) if paginator.num_pages > 1 else ()
    return Listing(
        page=page,
        total=paginator.count,
        previous=link(page.previous_page_number(), "Previous") if page.has_previous() else None,
        following=link(page.next_page_number(), "Next") if page.has_next() else None,
        links=[link(part) if isinstance(part, int) else PageLink(str(part), "") for part in shown],
    )

"""Pages of a list, by number, with the page kept in the address."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest

Row = TypeVar("Row")
PER_PAGE = 30


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """One page of a list with what the navigation below it needs."""

    page: "Page[Row]"
    total: int
    numbers: list[int | str]


def paginate(request: HttpRequest, rows: Any, *, per_page: int = PER_PAGE) -> Listing[Any]:
    """Cut `rows` (a queryset or list) to the page that `?page=` asks for. Raises Http404 for no such page."""
    paginator: Paginator[Any] = Paginator(rows, per_page)
    try:
        page = paginator.page(request.GET.get("page", "1"))
    except (PageNotAnInteger, EmptyPage):
        raise Http404("There is no such page of this list.") from None
    numbers = list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return Listing(page=page, total=paginator.count, numbers=numbers)

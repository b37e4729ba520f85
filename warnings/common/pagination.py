"""Paginate lists, by number or, for long lists, by cursor."""

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, QueryDict

from common.encryption import DecryptionError, decrypt_from_address, encrypt_for_address
from common.text.timestamps import parse_timestamp

if TYPE_CHECKING:
    from django.core.paginator import Page

PER_PAGE = 30
# More than the filters of any list. A page has ten links, so a longer query string would come back ten times as long.
MOST_REPEATED = 3_000


@dataclass(frozen=True)
class PageLink:
    """A link below a list. `address` is empty for the gap between distant pages, `number` for a list with cursors."""

    label: str
    address: str
    current: bool = False
    number: int = 0


@dataclass(frozen=True)
class Listing:
    """One page of a list and its navigation, which has no links if there is only one page."""

    page: "Page[Any]"
    total: int
    previous: PageLink | None
    following: PageLink | None
    links: list[PageLink]


def paginate(request: HttpRequest, rows: Any, *, per_page: int = PER_PAGE, parameter: str = "page") -> Listing:
    """Return the page of `rows` (a queryset or list) that the query string selects. Raises Http404.

    Without a number it is the first page. On a page with two lists, each has its own `parameter`. Other query
    parameters are kept.
    """
    paginator: Paginator[Any] = Paginator(rows, per_page)
    try:
        page = paginator.page(_number(request.GET.get(parameter, "")))
    except (PageNotAnInteger, EmptyPage):
        raise Http404("There is no such page of this list.") from None

    def link(number: int, label: str = "") -> PageLink:
        query = _repeated(request.GET)
        query[parameter] = str(number)
        return PageLink(label or str(number), f"?{query.urlencode()}", number == page.number, number)

    shown = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1) if paginator.num_pages > 1 else ()
    return Listing(
        page=page,
        total=paginator.count,
        previous=link(page.previous_page_number(), "Previous") if page.has_previous() else None,
        following=link(page.next_page_number(), "Next") if page.has_next() else None,
        links=[link(part) if isinstance(part, int) else PageLink(str(part), "") for part in shown],
    )


def _number(given: str) -> str:
    """Return the number of a page. Raises PageNotAnInteger for what `int` reads and no link of ours has, as `1_0`."""
    number = given.strip() or "1"
    if not (number.isascii() and number.isdecimal()):
        raise PageNotAnInteger(number)
    return number


def _repeated(given: QueryDict) -> QueryDict:
    """Return the parameters that links to other pages repeat: all that fit into MOST_REPEATED characters."""
    repeated, left = QueryDict(mutable=True), MOST_REPEATED
    for name, values in given.lists():
        length = len(urlencode([(name, value) for value in values])) + 1
        if length <= left:
            repeated.setlist(name, values)
            left -= length
    return repeated


CURSOR_PARAMETERS = AFTER, BEFORE, FROM = ("after", "before", "from")
_LONGEST = 300
_PURPOSE = "cursor"
# Exact totals above this are not worth their cost.
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class CursorPage:
    """One page of a list. `total` counts at most `MOST_COUNTED` rows; `more` is whether there are more."""

    items: list[Any]
    total: int
    more: bool
    first: PageLink | None
    previous: PageLink | None
    following: PageLink | None


def cursor_page(
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    by: tuple[str, ...],
    per_page: int = PER_PAGE,
    total: int | None = None,
) -> CursorPage:
    """Return the page of `rows` that the query string selects. Raises Http404 for an invalid cursor.

    `by` lists the fields or annotations of the order, with `-` for descending; the last one is unique. Rows are
    counted unless their number is known as `total`.
    """
    fields = [name.lstrip("-") for name in by]
    parameter = next((name for name in (AFTER, BEFORE, FROM) if request.GET.get(name)), "")
    backwards = parameter == BEFORE
    ordered = rows.order_by(*(_turned(by) if backwards else by))
    if parameter:
        place = _place(request.GET[parameter], rows, fields)
        ordered = ordered.filter(_beyond(_turned(by) if backwards else by, place, inclusive=parameter == FROM))
    found = list(ordered[: per_page + 1])
    beyond, items = len(found) > per_page, found[:per_page]
    if backwards:
        items.reverse()
    has_before = beyond if backwards else bool(parameter)
    has_after = beyond if not backwards else bool(items)

    def link(name: str, row: Any, label: str) -> PageLink:
        query = _repeated(request.GET)
        for other in (AFTER, BEFORE, FROM):
            query.pop(other, None)
        if name:
            query[name] = cursor_of(row, by)
        return PageLink(label, f"?{query.urlencode()}" if query else "?")

    if total is None:
        total = rows.order_by()[: MOST_COUNTED + 1].count()
    return CursorPage(
        items=items,
        total=min(total, MOST_COUNTED),
        more=total > MOST_COUNTED,
        first=link("", None, "First") if has_before else None,
        previous=link(BEFORE, items[0], "Previous") if has_before and items else None,
        following=link(AFTER, items[-1], "Next") if has_after and items else None,
    )


def cursor_of(row: Any, by: tuple[str, ...]) -> str:
    """Encode the position of a row in an order as a cursor.

    It is encrypted, because the position may be the exact time at which somebody was active.
    """
    values = [getattr(row, name.lstrip("-")) for name in by]
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return encrypt_for_address(json.dumps(plain), purpose=_PURPOSE)


def _place(cursor: str, rows: QuerySet[Any], fields: list[str]) -> list[Any]:
    try:
        values = json.loads(decrypt_from_address(cursor[:_LONGEST], purpose=_PURPOSE))
        if not isinstance(values, list) or len(values) != len(fields):
            raise ValueError(cursor)
        return [_value(_field(rows, name), value) for name, value in zip(fields, values, strict=True)]
    except (DecryptionError, ValueError, TypeError, OverflowError):
        raise Http404("There is no such page of this list.") from None


def _field(rows: QuerySet[Any], name: str) -> Any:
    annotation = rows.query.annotations.get(name)
    return annotation.output_field if annotation is not None else rows.model._meta.get_field(name)


def _value(field: Any, value: Any) -> Any:
    """Convert a cursor's value to the type of a field. Raises ValueError."""
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        return parse_timestamp(value)
    if kind == "FloatField" and isinstance(value, int | float) and abs(value) < 1e300:
        return float(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**62:
        return value
    raise ValueError(value)


def _turned(by: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in by)


def _beyond(by: tuple[str, ...], place: list[Any], *, inclusive: bool) -> Q:
    """Return a filter for the rows after a position. It repeats the first comparison so that an index is used."""
    condition = Q(pk__in=[])
    equal = Q()
    for position, (name, value) in enumerate(zip(by, place, strict=True)):
        field = name.lstrip("-")
        last = position == len(by) - 1
        compare = ("lt" if name.startswith("-") else "gt") + ("e" if inclusive and last else "")
        condition |= equal & Q(**{f"{field}__{compare}": value})
        equal &= Q(**{field: value})
    head, value = by[0], place[0]
    return Q(**{f"{head.lstrip('-')}__{'lte' if head.startswith('-') else 'gte'}": value}) & condition

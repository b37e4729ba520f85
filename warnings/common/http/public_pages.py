"""Mark the pages that are the same for every anonymous reader, so that finished ones may be sent again."""

from collections.abc import Callable, MutableMapping
from datetime import datetime
from typing import Any, TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])

_EXPIRES = "forewarned.page_expires"
_PARAMETERS = "public_parameters"


def public_page(*parameters: str) -> Callable[[View], View]:
    """Mark a view whose page depends only on its path, these query parameters, the database and the date.

    Other query parameters do not reach the view when the page is rendered for all. Must be the outermost decorator.
    """

    def mark(view: View) -> View:
        setattr(view, _PARAMETERS, frozenset(parameters))
        return view

    return mark


def parameters_of(view: Callable[..., Any]) -> frozenset[str] | None:
    """Return the query parameters of a public page, or None for a view that is not one."""
    found: frozenset[str] | None = getattr(view, _PARAMETERS, None)
    return found


def expire_page(request: HttpRequest, at: datetime) -> None:
    """Say that the page of this request changes at a given time by itself. Every page expires at midnight anyway."""
    request.META[_EXPIRES] = min(request.META.get(_EXPIRES, float("inf")), at.timestamp())


def do_not_keep(request: HttpRequest) -> None:
    """Say that the page of this request is incomplete, for example because the database did not answer."""
    request.META[_EXPIRES] = 0.0


def expiry_of(environ: MutableMapping[str, Any]) -> float:
    """Return when a rendered page expires, in seconds since the epoch; infinity if it never does."""
    return float(environ.get(_EXPIRES, float("inf")))

"""A system check that the path of the admin site is free."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.urls import URLResolver, get_resolver


def admin_path_is_free(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an ADMIN_PATH that is also the first part of another URL."""
    part = settings.ADMIN_PATH
    if part and part in {"static", *_first_parts()}:
        return [Error(f"ADMIN_PATH: the site has pages below /{part}/. Choose another.", id="forewarned.E003")]
    return []


def _first_parts() -> Iterator[str]:
    """Yield the first path segments of all URLs but the admin site's."""
    for route in get_resolver().url_patterns:
        if isinstance(route, URLResolver) and route.app_name == "admin":
            continue
        inside = route.url_patterns if isinstance(route, URLResolver) and not str(route.pattern) else [route]
        yield from (str(each.pattern).partition("/")[0] for each in inside)

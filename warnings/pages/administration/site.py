"""A read-only admin site with the tables of `shown.py`."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import ForeignKey, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.permissions import may
from accounts.policies import has_second_factor
from pages.administration.shown import SHOWN, Shown

View = Callable[..., HttpResponseBase]
ROWS_ON_A_PAGE = 100
# The views of each table and of the site are read-only. Signing in and out and everything else happens on the site
# itself.
_OF_TABLES = ("changelist", "change")
_OF_SITE = {"index", "app_list"}


class Table(ModelAdmin[Any]):
    """A read-only table: a list, and a page for each row."""

    actions = None
    list_per_page = ROWS_ON_A_PAGE
    show_full_result_count = False
    view_on_site = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: rows are added where it is logged and can be undone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may see the site. Trust levels decide, not Django's permissions."""
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user may see the site."""
        return self.admin_site.has_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows with the related objects that lists show."""
        related = [
            name for name in self.fields or () if isinstance(self.model._meta.get_field(str(name)), ForeignKey)
        ]
        return super().get_queryset(request).select_related(*map(str, related))

    def get_urls(self) -> list[Any]:
        """Return the URLs of the list and of a row, without forms and history, which would be empty."""
        wanted = {f"{self.opts.app_label}_{self.opts.model_name}_{name}" for name in _OF_TABLES}
        return [route for route in super().get_urls() if route.name in wanted]

    @property
    def media(self) -> forms.Media:
        """No scripts: there is nothing to edit, and Django's write HTML, which the security policy forbids."""
        return forms.Media()


class Window(AdminSite):
    """The admin site, for administrators with a second factor who signed in recently; a 404 for all others."""

    site_header = f"{settings.SITE_NAME}: the tables"
    site_title = settings.SITE_NAME
    index_title = "Look, and change nothing"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may see the tables."""
        return may("see_tables", request.user) and has_second_factor(request.user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Wrap a view: raise Http404 for all others, and require reauthentication after ten minutes."""
        inner = super().admin_view(reauthentication_required(view), cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                raise Http404("There is nothing here.")
            answer: HttpResponseBase = inner(request, *args, **kwargs)
            return answer

        return update_wrapper(guarded, view)

    def get_urls(self) -> list[Any]:
        """Return the URLs of the index and the tables. The site itself handles signing in and out."""
        return [
            route
            for route in super().get_urls()
            if getattr(route, "name", None) in _OF_SITE or not getattr(route, "name", "")
        ]


def _register(site: AdminSite, model: Any, shown: Shown) -> None:
    site.register(
        model,
        Table,
        fields=shown.fields,
        readonly_fields=shown.fields,
        list_display=shown.fields[: shown.in_list],
        search_fields=shown.searched,
        list_filter=shown.filtered,
    )


window = Window(name="admin")
for _model, _shown in SHOWN.items():
    _register(window, _model, _shown)

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
# Of each table and of the whole: looking only. Signing in, out and everything else is done on the site itself.
_OF_TABLES = ("changelist", "change")
_OF_SITE = {"index", "app_list"}


class Table(ModelAdmin[Any]):
    """One table: a list and a page for each row, without anything to change it."""

    actions = None
    list_per_page = ROWS_ON_A_PAGE
    show_full_result_count = False
    view_on_site = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: what is added, is added where it is logged and can be undone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may see the site: trust levels decide, not the library's permissions."""
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user may see the site."""
        return self.admin_site.has_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows with what their lists name."""
        related = [
            name for name in self.fields or () if isinstance(self.model._meta.get_field(str(name)), ForeignKey)
        ]
        return super().get_queryset(request).select_related(*map(str, related))

    def get_urls(self) -> list[Any]:
        """The list and the page of a row; no forms, and no history, which would be empty."""
        wanted = {f"{self.opts.app_label}_{self.opts.model_name}_{name}" for name in _OF_TABLES}
        return [route for route in super().get_urls() if route.name in wanted]

    @property
    def media(self) -> forms.Media:
        """No scripts: there is nothing to fill in, and those of the library write HTML, which our pages forbid."""
        return forms.Media()


class Window(AdminSite):
    """Seen by administrators with a second factor who signed in a moment ago; nobody else learns that it is there."""

    site_header = f"{settings.SITE_NAME}: the tables"
    site_title = settings.SITE_NAME
    index_title = "Look, and change nothing"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may look."""
        return may("see_tables", request.user) and has_second_factor(request.user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A view that is not there for others, and asks to sign in again after ten minutes."""
        inner = super().admin_view(reauthentication_required(view), cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                raise Http404("There is nothing here.")
            answer: HttpResponseBase = inner(request, *args, **kwargs)
            return answer

        return update_wrapper(guarded, view)

    def get_urls(self) -> list[Any]:
        """The overview and the tables; signing in and out are the site's own."""
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

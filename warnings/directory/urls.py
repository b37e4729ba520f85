"""URLs of the directory: its lists, and an edit form and a history for each kind of entry.

The pages of tools, tactics and marketplaces also show warnings: see `reports.urls`.
"""

from django.urls import path

from directory.choices import EntryKind
from directory.views import directory as directory_views
from directory.views import edits, gaps, history

ENTRIES = {
    EntryKind.TOOL: "tools/<slug:slug>/",
    EntryKind.FACT: "tools/<slug:slug>/facts/<slug:part>/",
    EntryKind.TACTIC: "tactics/<slug:slug>/",
    EntryKind.RULE: "marketplaces/<slug:slug>/rules/<slug:part>/",
}

urlpatterns = [
    path("tools/", directory_views.list_tools, name="tools"),
    path("tools/matrix/", directory_views.show_matrix, name="matrix"),
    path("tools/matrix.csv", directory_views.download_matrix, name="matrix-csv"),
    path("tools/compare/", directory_views.compare_tools, name="compare"),
    path("card/<slug:slug>.png", directory_views.show_card, name="card"),
    path("features/", directory_views.list_features, name="features"),
    path("features/<slug:slug>/", directory_views.show_feature, name="feature"),
    path("tactics/", directory_views.list_tactics, name="tactics"),
    path("marketplaces/", directory_views.list_marketplaces, name="marketplaces"),
    *(path(f"{at}edit/", edits.edit, {"kind": kind}, name=f"edit_{kind}") for kind, at in ENTRIES.items()),
    *(path(f"{at}history/", history.show, {"kind": kind}, name=f"history_{kind}") for kind, at in ENTRIES.items()),
    path("tools/<slug:slug>/facts/", gaps.facts, name="missing_facts"),
    path("marketplaces/<slug:slug>/rules/", gaps.rules, name="missing_rules"),
    path("directory-edits/<int:pk>/", edits.revision, name="entry_revision"),
    path("directory-edits/<int:pk>/restore/", edits.restore, name="restore_entry"),
    path("accounts/connections/", edits.connections, name="connections"),
    path("accounts/connections/<int:pk>/end/", edits.end_connection, name="end_connection"),
]

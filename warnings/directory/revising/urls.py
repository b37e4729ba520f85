"""Addresses of editing the directory: a form and a history for each kind of entry, and one page for each edit."""

from django.urls import path

from directory.revising import histories, missing, views
from directory.words import EntryKind

ENTRIES = {
    EntryKind.TOOL: "tools/<slug:slug>/",
    EntryKind.FACT: "tools/<slug:slug>/facts/<slug:part>/",
    EntryKind.TACTIC: "tactics/<slug:slug>/",
    EntryKind.RULE: "marketplaces/<slug:slug>/rules/<slug:part>/",
}

urlpatterns = [
    *(path(f"{at}edit/", views.edit, {"kind": kind}, name=f"edit_{kind}") for kind, at in ENTRIES.items()),
    *(path(f"{at}history/", histories.show, {"kind": kind}, name=f"history_{kind}") for kind, at in ENTRIES.items()),
    path("tools/<slug:slug>/facts/", missing.facts, name="missing_facts"),
    path("marketplaces/<slug:slug>/rules/", missing.rules, name="missing_rules"),
    path("directory-edits/<int:pk>/", views.revision, name="entry_revision"),
    path("directory-edits/<int:pk>/restore/", views.restore, name="restore_entry"),
    path("accounts/connections/", views.connections, name="connections"),
    path("accounts/connections/<int:pk>/end/", views.end_connection, name="end_connection"),
]

"""Addresses of editing a warning, its suggestions and its history."""

from django.urls import path

from reports.revising import histories, views

urlpatterns = [
    path("warnings/<slug:slug>/edit/", views.edit, name="edit_warning"),
    path("warnings/<slug:slug>/suggestions/<int:pk>/", views.suggestion, name="suggestion"),
    path("warnings/<slug:slug>/history/", histories.show_history, name="history"),
    path("warnings/<slug:slug>/history/<int:number>/", histories.show_version, name="version"),
    path("warnings/<slug:slug>/history/<int:number>/restore/", views.restore, name="restore_version"),
    path("accounts/edits/", views.own_edits, name="your_edits"),
]

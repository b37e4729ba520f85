"""Warnings, and the directory's pages that show warnings."""

from django.urls import path

from reports import profiles, views

urlpatterns = [
    path("tools/<slug:slug>/", views.show_tool, name="tool"),
    path("tactics/<slug:slug>/", views.show_tactic, name="tactic"),
    path("marketplaces/<slug:slug>/", views.show_marketplace, name="marketplace"),
    path("warnings/", views.list_warnings, name="warnings"),
    path("warnings/<slug:slug>/", views.show_warning, name="warning"),
    path("u/<str:handle>/", profiles.show_profile, name="profile"),
    path("accounts/", profiles.overview, name="account"),
    path("accounts/export/", profiles.export, name="export"),
]

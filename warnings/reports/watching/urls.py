"""Addresses of watching."""

from django.urls import path

from reports.watching import views

urlpatterns = [
    path("watch/<slug:kind>/<str:slug>/", views.watch, name="watch"),
    path("accounts/watches/", views.watches, name="watches"),
    path("accounts/watches/feed/", views.renew_feed, name="renew_feed"),
    path("feeds/mine/<str:secret>.atom", views.own_feed, name="own_feed"),
]

"""Addresses of following a report."""

from django.urls import path

from reports.following import views

urlpatterns = [
    path("track/", views.track, name="track"),
    path("track/<str:code>/", views.tracked, name="tracked"),
    path("accounts/reports/", views.own_reports, name="your_reports"),
    path("accounts/reports/<uuid:public_id>/", views.own_report, name="your_report"),
]

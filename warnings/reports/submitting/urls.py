"""Addresses of writing a report and following it."""

from django.urls import path

from reports.submitting import views

urlpatterns = [
    path("report/", views.write, name="report"),
    path("report/draft/", views.autosave, name="report_autosave"),
    path("report/offers/", views.offers, name="report_offers"),
    path("report/drafts/", views.list_drafts, name="drafts"),
    path("report/drafts/<uuid:public_id>/delete/", views.delete_draft, name="delete_draft"),
    path("report/forget/", views.forget_browser, name="report_forget"),
    path("report/sent/<uuid:key>/", views.sent, name="report_sent"),
    path("warnings/<slug:slug>/happened/", views.happened, name="happened"),
    path("evidence/<uuid:public_id>/", views.show_picture, name="evidence"),
]

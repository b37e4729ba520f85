"""Addresses of comments."""

from django.urls import path

from reports.discussing import views

urlpatterns = [
    path("warnings/<slug:slug>/comments/", views.write, name="write_comment"),
    path("comments/<uuid:public_id>/", views.show, name="comment"),
    path("comments/<uuid:public_id>/answers/", views.answers, name="answers"),
    path("comments/<uuid:public_id>/edit/", views.edit, name="edit_comment"),
    path("comments/<uuid:public_id>/delete/", views.delete, name="delete_comment"),
]

"""Where votes go."""

from django.urls import path

from reports.voting import views

urlpatterns = [
    path("warnings/<slug:slug>/vote/", views.vote_on_warning, name="vote"),
    path("comments/<uuid:public_id>/vote/", views.vote_on_comment, name="vote_comment"),
]

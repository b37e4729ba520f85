"""Where votes go."""

from django.urls import path

from reports.voting import views

urlpatterns = [
    path("warnings/<slug:slug>/vote/", views.vote_on_warning, name="vote"),
    path("warnings/<slug:slug>/vote/begin/", views.begin_vote_on_warning, name="begin_vote"),
    path("comments/<uuid:public_id>/vote/", views.vote_on_comment, name="vote_comment"),
    path("comments/<uuid:public_id>/vote/begin/", views.begin_vote_on_comment, name="begin_vote_comment"),
]

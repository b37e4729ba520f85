"""Addresses of the tags."""

from django.urls import path

from common.urls import TAG_SLUG
from reports.tagging import views

urlpatterns = [
    path("tags/", views.list_tags, name="tags"),
    path("tags/suggestions/", views.suggestions, name="tag_suggestions"),
    path(f"tags/<{TAG_SLUG}:slug>/", views.show_tag, name="tag"),
    path(f"tags/<{TAG_SLUG}:slug>/curate/", views.curate, name="curate_tag"),
]

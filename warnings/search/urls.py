"""URLs of the search page, its suggestions and its OpenSearch description."""

from django.urls import path

from search import views

urlpatterns = [
    path("search/", views.results, name="search"),
    path("search/suggestions/", views.suggestions, name="suggestions"),
    path("opensearch/suggestions/", views.browser_suggestions, name="browser-suggestions"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
]

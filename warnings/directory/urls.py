"""The directory's lists. The pages of one tool, tactic or marketplace also show warnings: see reports.urls."""

from django.urls import path

from directory import views

urlpatterns = [
    path("tools/", views.list_tools, name="tools"),
    path("tools/matrix/", views.show_matrix, name="matrix"),
    path("tools/matrix.csv", views.download_matrix, name="matrix-csv"),
    path("tools/compare/", views.compare_tools, name="compare"),
    path("card/<slug:slug>.png", views.show_card, name="card"),
    path("features/", views.list_features, name="features"),
    path("features/<slug:slug>/", views.show_feature, name="feature"),
    path("tactics/", views.list_tactics, name="tactics"),
    path("marketplaces/", views.list_marketplaces, name="marketplaces"),
]

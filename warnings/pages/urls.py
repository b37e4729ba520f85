"""URLs of the home page, the pages about the site, and machine-readable files."""

from django.urls import path

from pages import design, views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("about/method/", views.method, name="method"),
    path("about/guidelines/", views.guidelines, name="guidelines"),
    path("about/privacy/", views.privacy, name="privacy"),
    path("about/design/", design.show, name="design"),
    path("offline/", views.offline, name="offline"),
    path("service-worker.js", views.service_worker, name="service-worker"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:file>.xml", views.sitemap_file, name="sitemap-file"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]

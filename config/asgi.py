"""The ASGI application of the production server: a front that lets no slow client occupy a thread, then Django."""

from importlib import import_module

from django.conf import settings

from config.wsgi import application as django

# The apps can be imported only now.
front = import_module("common.http.front")
content_version = import_module("common.db.content_version")
page_cache = import_module("common.http.page_cache")

versions = content_version.content_versions(stale=settings.PAGE_CACHE_STALE_MS / 1_000)
pages = page_cache.PageCache(versions, megabytes=settings.PAGE_CACHE_MB) if settings.PAGE_CACHE_MB else None
application = front.Front(django, threads=settings.WEB_THREADS, pages=pages)

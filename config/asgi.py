"""The ASGI application of the production server: a front that lets no slow client occupy a thread, then Django."""

from importlib import import_module

from django.conf import settings

from config.wsgi import application as django

# The apps can be imported only now.
front = import_module("common.http.front")
application = front.Front(django, threads=settings.WEB_THREADS)

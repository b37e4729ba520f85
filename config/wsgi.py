"""The WSGI application of the production server."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("FOREWARNED_PROCESS", "web")

application = get_wsgi_application()

# The apps can be imported only now.
import_module("common.db.open_database").keep_open()
background = import_module("common.worker")
if os.environ["FOREWARNED_PROCESS"] == "web":
    database = connections.settings["default"]
    if database["ENGINE"].endswith(".postgresql"):
        database["OPTIONS"] |= settings.POSTGRES_WEB_OPTIONS
    import_module("pages.warm_up").start()
    if settings.BACKGROUND_WORK == "web":
        background.start()

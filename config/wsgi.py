"""The WSGI application of the production server."""

import os
from importlib import import_module
from threading import Thread

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("FOREWARNED_PROCESS", "web")

application = get_wsgi_application()

# The apps can be imported only now. Load what the first search would wait for, while other pages are there already.
Thread(target=import_module("common.text.han").prepare, name="dictionaries", daemon=True).start()
import_module("common.db.open_database").keep_open()
background = import_module("common.worker")
if settings.BACKGROUND_WORK == "web" and os.environ["FOREWARNED_PROCESS"] == "web":
    background.start()

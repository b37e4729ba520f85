"""The ASGI application, for hosts with an ASGI server."""

import os
from importlib import import_module

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("FOREWARNED_PROCESS", "web")

application = get_asgi_application()

# Load what the first search would wait for. The apps can be imported only now.
import_module("common.text.han").prepare()

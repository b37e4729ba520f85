"""The ASGI application, for hosts that run an ASGI server."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("FOREWARNED_PROCESS", "web")

application = get_asgi_application()

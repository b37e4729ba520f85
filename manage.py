#!/usr/bin/env python
"""Django's command line for Forewarned."""

import gc
import importlib
import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config.preparation import require_prepared


def main() -> None:
    """Run one management command; a wrong setting or an unprepared site ends it with one line, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        require_prepared(sys.argv[1:])
        importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])
        _load_apps()
    except ImproperlyConfigured as error:
        sys.exit(f"forewarned: {error}")
    execute_from_command_line(sys.argv)


def _load_apps() -> None:
    """Load all apps. Almost nothing of what that makes is garbage, so looking for it would only delay the start."""
    gc.disable()
    django.setup()
    gc.freeze()
    gc.enable()


if __name__ == "__main__":
    main()

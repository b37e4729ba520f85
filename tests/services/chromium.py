"""The system's own Chromium, for the browser tests and for Lighthouse."""

import os
import shutil
import sys

# Without the connections that it makes of its own accord, and as whoever runs the tests.
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"


def find_chromium() -> str:
    """Its path; ends the program with a message that names the package when it is missing.

    The shell without windows is the same browser of the same package source. It draws no toolbars and tabs of its
    own, which take half of the time.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    return found or sys.exit("Chromium is missing (on Debian: the package chromium-headless-shell, or chromium).")

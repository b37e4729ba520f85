"""The production server: `python -m config.server HOST PORT`. `manage.py serve` prepares everything and starts it."""

import resource
import sys
from importlib import import_module

import uvicorn
from django.conf import settings

# Open files and connections of one process, as far as the system allows.
MOST_FILES = 16_384
# Seconds that an idle connection stays open, and that requests have to finish when the server stops.
KEEP_ALIVE = 15
GRACE = 10


def main(host: str, port: int) -> None:
    """Serve until a signal arrives."""
    _allow_open_files()
    uvicorn.run(
        "config.asgi:application",
        host=host,
        port=port,
        workers=settings.WEB_PROCESSES,
        loop="uvloop",
        http=import_module("common.http.page_protocol").PageProtocol,
        ws="none",
        lifespan="on",
        # No access log: addresses and queries must not be recorded.
        access_log=False,
        log_level="error",
        # Its errors go through the filter of the site's log.
        log_config=None,
        server_header=False,
        # Who may say where a request comes from is the site's own setting, BEHIND_PROXY.
        proxy_headers=False,
        backlog=2_048,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
    )


def _allow_open_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

"""The production server. `manage.py serve` prepares everything and starts it."""

import gc
import multiprocessing
import resource
from importlib import import_module

import uvicorn
import uvicorn._subprocess
from django.conf import settings

# Open files and connections of one process, as far as the system allows.
MOST_FILES = 16_384
# Seconds that an idle connection stays open, and that requests have to finish when the server stops.
KEEP_ALIVE = 15
GRACE = 10


def main(host: str, port: int) -> None:
    """Serve until a signal arrives, from this process or from copies of it. No thread may run yet."""
    _allow_open_files()
    gc.freeze()
    # uvicorn starts its processes anew, and each would spend seconds loading what this one has loaded.
    uvicorn._subprocess.spawn = multiprocessing.get_context("fork")  # type: ignore[assignment]
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

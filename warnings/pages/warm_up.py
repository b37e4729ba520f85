"""Load, beside the first requests, what the first search would wait for. `/readyz` waits for the end of that."""

import logging
from threading import Event, Thread

from django.db import DatabaseError, connection

from common.text import han
from search.query import parse
from search.service import find

logger = logging.getLogger(__name__)

# Needs the dictionaries of Chinese, the names of all tools and the synonyms.
QUERY = "釘釘"
# Set unless a web server is still loading, so processes that never load are ready.
_done = Event()
_done.set()


def start() -> Thread:
    """Start loading; return the thread that does it."""
    _done.clear()
    thread = Thread(target=_load, name="warm-up", daemon=True)
    thread.start()
    return thread


def is_done() -> bool:
    """Return whether nothing is being loaded."""
    return _done.is_set()


def _load() -> None:
    try:
        han.prepare()
        find(parse(QUERY), limit=1)
    except DatabaseError as error:
        # Its own part of `/readyz` says so, and the first search loads the rest.
        logger.warning("The search was not loaded at the start: %s", type(error).__name__)
    finally:
        connection.close()
        _done.set()

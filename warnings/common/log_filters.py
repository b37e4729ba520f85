"""Keep what strangers send, and secrets, out of the log.

Only the method, the route and the status of a request are written: paths, headers and bodies hold what visitors
typed, and so do the messages of exceptions. Of other libraries, only the fixed part of a message is written.
"""

import logging
import re
from collections.abc import Iterator
from traceback import format_tb
from typing import Any

# Prefixes of secrets in URLs: tracking codes, one-time links and private feeds.
_BEFORE = (
    *("/track/", "/notice/", "/invitation/", "/stop-mail/", "/feeds/mine/", "/accounts/first/"),
    *("/accounts/confirm-email/", "/accounts/password/reset/key/", r"/statements/[^/\s]+/", "[?&]code="),
)
_SECRET = re.compile(rf"({'|'.join(_BEFORE)})[^/&\s]+")
# Loggers whose messages without a request hold nothing that strangers sent.
_KNOWN = frozenset(
    "accounts api audit common config directory django django_tasks django_tasks_db moderation pages reports root"
    " search uvicorn".split()
)
# Attributes of exceptions that say what happened in words or codes of the system or the database.
_FIXED = ("sqlite_errorname", "sqlstate", "strerror")
# What people send as a method is theirs as well.
_METHODS = frozenset("GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT".split())


class WithoutSecrets(logging.Filter):
    """Rewrite what is logged of requests and exceptions, mask secrets in URLs, and escape line breaks."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the message and the traceback. Every record passes."""
        message = _SECRET.sub(r"\1...", _message(record))
        record.msg, record.args = message.replace("\n", "\\n").replace("\r", "\\r"), ()
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.exc_info, record.exc_text = None, "\n".join(_traceback(error))
        return True


class WithoutTraceback(logging.Filter):
    """Leave one line of what is refused: that a request makes no sense is no failure of the site."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Drop the traceback. Every record passes."""
        record.exc_info = record.exc_text = None
        return True


def _message(record: logging.LogRecord) -> str:
    request: Any = getattr(record, "request", None)
    if request is not None:
        method = request.method if request.method in _METHODS else "?"
        route = request.resolver_match.route if getattr(request, "resolver_match", None) else "?"
        return f"{getattr(record, 'status_code', '?')} {method} /{route}"
    if record.name.partition(".")[0] in _KNOWN:
        return record.getMessage()
    return f"{record.module}:{record.lineno} {record.msg if record.args else ''}".strip()


def _traceback(error: BaseException) -> Iterator[str]:
    """Yield an exception and those that led to it, the first one first, without their messages."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _traceback(before)
    yield "".join(format_tb(error.__traceback__)).rstrip()
    fixed = (str(getattr(error, name)) for name in _FIXED if getattr(error, name, None))
    yield " ".join([f"{type(error).__module__}.{type(error).__qualname__}", *fixed])

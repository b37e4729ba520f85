"""Remove secrets and tracebacks from log lines before they are written."""

import logging
import re

# Prefixes of secrets in URLs: tracking codes, one-time links and private feeds.
_BEFORE = (
    *("/track/", "/notice/", "/invitation/", "/stop-mail/", "/feeds/mine/", "/accounts/first/"),
    *("/accounts/confirm-email/", "/accounts/password/reset/key/", r"/statements/[^/\s]+/", "[?&]code="),
)
_SECRET = re.compile(rf"({'|'.join(_BEFORE)})[^/&\s]+")


class WithoutSecrets(logging.Filter):
    """Mask secrets in URLs, and escape line breaks, with which a log line could be forged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the message. Every record passes."""
        message = _SECRET.sub(r"\1...", record.getMessage())
        record.msg, record.args = message.replace("\n", "\\n").replace("\r", "\\r"), ()
        return True


class WithoutTraceback(logging.Filter):
    """Leave one line of what is refused: that a request makes no sense is no failure of the site."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Drop the traceback. Every record passes."""
        record.exc_info = record.exc_text = None
        return True

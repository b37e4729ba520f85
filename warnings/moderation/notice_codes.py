"""The codes by which the senders of legal notices find out where these stand."""

from django.conf import settings

from moderation.models import LegalNotice
from reports.tracking_codes import codes_of, hash_of


def codes_from(submission_key: str) -> tuple[str, ...]:
    """Return the codes of a notice with this key, so that a retry after a lost response leads to the same receipt."""
    return codes_of(settings.SECRET_KEY.encode(), "notice", submission_key)


def code_of_notice(notice: LegalNotice) -> str:
    """Return the code that leads to where a notice stands."""
    return next(code for code in codes_from(notice.submission_key) if hash_of(code) == notice.code_hash)

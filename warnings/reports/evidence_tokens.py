"""Tokens that let the page of a report without an account show its images, so that no log has the tracking code."""

import uuid

from django.core.signing import BadSignature, TimestampSigner

# Seconds, for a page that stays open.
VALID_FOR = 3_600
_signer = TimestampSigner(salt="reports.evidence")


def token_for(public_id: uuid.UUID) -> str:
    """Return a token for one image."""
    return _signer.sign(public_id.hex).partition(":")[2]


def is_valid(token: str, public_id: uuid.UUID) -> bool:
    """Return whether a token is for this image and was made within the last hour."""
    try:
        _signer.unsign(f"{public_id.hex}:{token}", max_age=VALID_FOR)
    except BadSignature:
        return False
    return True

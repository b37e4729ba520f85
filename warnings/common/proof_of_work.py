"""Proof of work: the browser computes for a second before an anonymous user may submit something.

The challenge is ALTCHA's, signed and usable once.
"""

import base64
import binascii
import json
import time
from typing import Any

import altcha
from django.conf import settings
from django.core.cache import cache

ALGORITHM = "PBKDF2/SHA-256"
# Iterations per attempt. A solution takes 256 attempts on average (key prefix 00), or half a million iterations.
COST = 2_000
SECONDS = 3_600
MOST_CHARACTERS = 4_000


def challenge() -> dict[str, Any]:
    """Return a new challenge for a browser, valid for an hour."""
    made: dict[str, Any] = altcha.create_challenge(
        ALGORITHM, COST, expires_at=int(time.time()) + SECONDS, hmac_secret=settings.SECRET_KEY
    ).to_dict()
    return made


def is_solved(payload: str) -> bool:
    """Return whether a payload solves one of our challenges and was not used before."""
    if not payload or len(payload) > MOST_CHARACTERS:
        return False
    try:
        signature = json.loads(base64.b64decode(payload, validate=True))["challenge"]["signature"]
        result = altcha.verify_solution(payload, settings.SECRET_KEY)
    except (binascii.Error, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    return bool(result.verified) and cache.add(f"proof:{signature}", 1, timeout=SECONDS)

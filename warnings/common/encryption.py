"""Encrypt texts so that the database alone does not reveal them. The key comes from the environment."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class DecryptionError(Exception):
    """An encrypted text cannot be decrypted: its key is gone, or it was changed."""


def encrypt_text(text: str, *, purpose: str) -> str:
    """Encrypt a text for storage. It can only be decrypted for the same purpose."""
    return _box(purpose).encrypt(text.encode()).decode()


def decrypt_text(sealed: str, *, purpose: str) -> str:
    """Decrypt a text. Fallback keys are tried as well. Raises DecryptionError."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise DecryptionError from None


def _box(purpose: str) -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hmac.new(purpose.encode(), key.encode(), hashlib.sha256).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])

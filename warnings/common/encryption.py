"""Encrypt and hash texts so that the database alone does not reveal them. The key comes from the environment."""

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


def keyed_hashes(text: str, *, purpose: str) -> list[str]:
    """Return the keyed hashes of a text, by which it is recognised: store the first, look for all of them.

    The first is made with the current key, the others with the fallback keys.
    """
    return [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in _keys(purpose)]


def _box(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in _keys(purpose)])


def _keys(purpose: str) -> list[bytes]:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [hmac.new(purpose.encode(), key.encode(), hashlib.sha256).digest() for key in keys]

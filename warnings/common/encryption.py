"""Encrypt and hash texts so that neither the database nor an address reveals them. The key is in the environment."""

import base64
import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
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


def encrypt_for_address(text: str, *, purpose: str) -> str:
    """Encrypt a short text for an address: the same text always gives the same address, which caches rely on."""
    sealed = AESSIV(_keys(purpose)[0]).encrypt(text.encode(), None)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def decrypt_from_address(sealed: str, *, purpose: str) -> str:
    """Decrypt a text from an address. Fallback keys are tried as well. Raises DecryptionError."""
    try:
        content = base64.b64decode(sealed + "=" * (-len(sealed) % 4), b"-_", validate=True)
    except ValueError:
        raise DecryptionError from None
    for key in _keys(purpose):
        try:
            return AESSIV(key).decrypt(content, None).decode()
        except (InvalidTag, ValueError):
            continue
    raise DecryptionError


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

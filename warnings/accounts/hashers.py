"""Hash passwords in one form, however a keyboard composes their letters."""

import unicodedata

from django.contrib.auth.hashers import Argon2PasswordHasher


def normalised(password: str) -> str:
    """Return a password in the form that is hashed: NFKC, as NIST SP 800-63B advises.

    It unifies composed and decomposed letters, full-width letters, and spaces.
    """
    return unicodedata.normalize("NFKC", password)


class NormalisingHasher(Argon2PasswordHasher):
    """Argon2 over the normalised password. Hashes of passwords as they were typed, which are older, still verify."""

    def encode(self, password: str, salt: str) -> str:
        """Hash a password. Takes as long as `verify`, since unknown accounts are answered by hashing."""
        if normalised(password) != password:
            super().encode(password, salt)
        return super().encode(normalised(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Return whether a password, normalised or as typed, belongs to a hash."""
        plain = normalised(password)
        return super().verify(plain, encoded) or (plain != password and super().verify(password, encoded))

"""How users are made and found."""

from typing import TYPE_CHECKING

from django.contrib.auth.base_user import BaseUserManager

from common.folding import fold

if TYPE_CHECKING:
    from accounts.models import User


class UserManager(BaseUserManager["User"]):
    """Users by handle; handles that fold alike belong to one person."""

    def create_user(self, handle: str, password: str | None = None, *, email: str | None = None) -> "User":
        """Make a user with the lowest trust. `password=None` makes an account nobody can sign in to."""
        user = self.model(handle=handle, handle_folded=fold(handle), email=email or None)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by handle in any case and spacing, as sign-in does."""
        return self.get(handle_folded=fold(username or ""))

"""People with an account, where they are signed in, and the small values that outlive a restart."""

from accounts.models.notification import Notification, NotificationSettings
from accounts.models.session import CacheEntry, Session
from accounts.models.user import User

__all__ = ["CacheEntry", "Notification", "NotificationSettings", "Session", "User"]

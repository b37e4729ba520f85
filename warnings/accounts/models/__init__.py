"""Users, their sessions and notifications, and the rows of the database cache."""

from accounts.models.notification import Notification, NotificationSettings
from accounts.models.session import CacheEntry, Session
from accounts.models.user import User

__all__ = ["CacheEntry", "Notification", "NotificationSettings", "Session", "User"]

"""Users, their sessions and notifications, and the rows of the database cache."""

from accounts.models.notification import Notification, NotificationSettings
from accounts.models.session import CacheEntry, Session
from accounts.models.user import FormerHandle, User

__all__ = ["CacheEntry", "FormerHandle", "Notification", "NotificationSettings", "Session", "User"]

"""Moderators cover parts of pictures; for seven days that can be undone."""

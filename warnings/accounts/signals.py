"""Signals about accounts."""

from django.dispatch import Signal

account_leaving = Signal()
"""Sent before an account is erased. Receivers lock their rows, before those of the account and the log."""

account_erased = Signal()
"""Sent inside the transaction that erases an account, while `user` still has its handle."""

archive_wanted = Signal()
"""Sent when `user` exports their data. Each receiver returns what it stores about them, by file name."""

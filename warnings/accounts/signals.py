"""Signals about accounts."""

from django.dispatch import Signal

account_leaving = Signal()
"""An account is about to be erased; whoever has to hold what it wrote does so now, before the account and the log."""

account_erased = Signal()
"""An account is being erased: `user` is its row; sent inside the transaction, before the row loses its name."""

archive_wanted = Signal()
"""Somebody takes their data with them: `user`; each receiver returns what it stores of them, by name of a file."""

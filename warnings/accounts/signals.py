"""What this app tells those who keep something of people."""

from django.dispatch import Signal

account_erased = Signal()
"""An account is being erased: `user` is its row; sent inside the transaction, before the row loses its name."""

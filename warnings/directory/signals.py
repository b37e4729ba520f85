"""What the directory tells those who keep something that depends on its entries."""

from django.dispatch import Signal

entries_changed = Signal()
"""Entries were written: `sender` is their model, `keys` their primary keys. Sent inside the transaction."""

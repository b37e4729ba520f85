"""Signals about the directory."""

from django.dispatch import Signal

entries_changed = Signal()
"""Entries were created, changed or deleted.

`sender` is their model, `keys` their primary keys. Sent inside the transaction.
"""

edit_submitted = Signal()
"""An edit was submitted for review: `post` is the `EntryRevision`. Sent inside the transaction."""

edit_settled = Signal()
"""An edit was accepted, declined or withdrawn: `post` is the `EntryRevision`. Sent inside the transaction."""

edit_accepted = Signal()
"""A suggested edit was applied: `author` is the user who suggested it. Sent inside the transaction."""

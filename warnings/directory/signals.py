"""Signals about the directory."""

from django.dispatch import Signal

entries_changed = Signal()
"""Entries were written: `sender` is their model, `keys` their primary keys. Sent inside the transaction."""

edit_submitted = Signal()
"""An edit waits for a decision: `post` is the `EntryRevision`. Sent inside the transaction."""

edit_settled = Signal()
"""An edit was accepted, declined or withdrawn: `post` is the `EntryRevision`. Sent inside the transaction."""

edit_accepted = Signal()
"""A suggested edit became a part of the directory: `author` suggested it; sent inside the transaction."""

"""Signals about warnings, reports and comments."""

from django.dispatch import Signal

posts_changed = Signal()
"""Posts were written or taken back: `sender` is their model, `keys` their primary keys; sent inside the transaction.

`below` is true when what changed of a warning also concerns everything below it: its status, or what it is about.
"""

post_submitted = Signal()
"""A report, comment or edit was written or changed, or an alarm was raised: `post` is the row, `sender` its model.
Sent inside the transaction."""

post_settled = Signal()
"""A report, comment or edit has a new status, so it waits for a moderator no longer, or again: `post` is the row,
`sender` its model. Sent inside the transaction."""

posts_erased = Signal()
"""The words of posts are gone for good: `sender` is their model, `keys` their primary keys, `slugs` maps addresses of
warnings that are gone to new ones (of a warning without one only the summary is gone); whoever keeps copies removes
them too, inside the transaction."""

comment_leaving = Signal()
"""A comment whose words are gone is about to be deleted: `key` is its primary key. A receiver returns whether
somebody waits for an answer about it, or had one; then it keeps its place."""

passages_removed = Signal()
"""Passages of texts were removed from `warnings` (keys) and all below them; whoever keeps copies removes them too,
inside the transaction, and returns what it takes to put them back. `slugs` maps addresses that went to new ones."""

passages_put_back = Signal()
"""Removed passages are put back: `kept` is what one receiver of `passages_removed` returned."""

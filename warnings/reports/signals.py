"""Signals about warnings, reports and comments."""

from django.dispatch import Signal

posts_changed = Signal()
"""Posts were created, changed or unpublished: `sender` is their model, `keys` their primary keys.

`below` is true if a change to a warning also affects everything below it: its status or its subjects. Sent inside the
transaction.
"""

post_submitted = Signal()
"""A report, comment or edit was created or changed, or an alarm was raised.

`post` is the object, `sender` its model. Sent inside the transaction.
"""

post_settled = Signal()
"""A report, comment or edit has a new status and may have left or re-entered the review queue.

`post` is the object, `sender` its model. Sent inside the transaction.
"""

posts_erased = Signal()
"""The texts of posts were erased; receivers must delete their copies.

`sender` is the posts' model, `keys` their primary keys. `slugs` maps old slugs of erased warnings to new ones; a
warning that is not in it lost only its summary. Sent inside the transaction.
"""

comment_leaving = Signal()
"""An erased comment is about to be deleted; `key` is its primary key.

A receiver returns true if the comment must be kept, because a flag, a legal notice or an appeal refers to it.
"""

passages_removed = Signal()
"""Passages were removed from `warnings` (primary keys) and everything below them; receivers must remove their copies.

A receiver returns what is needed to restore them. `slugs` maps changed slugs to new ones. Sent inside the
transaction.
"""

passages_put_back = Signal()
"""Removed passages are restored: `kept` is what a receiver of `passages_removed` returned."""

"""Background tasks of the search."""

from django_tasks import task

from search import backends


@task()
def forget_removed_words() -> None:
    """Remove from the index the words of documents that are gone from it, which it keeps for some time."""
    backends.current().forget_removed_words()

"""What changes public pages, and how an anonymous reader asks for them: from this process, from another, and afresh."""

import asyncio
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.test import Client

from accounts.choices import TrustLevel
from accounts.models import User
from common.db.content_version import content_versions
from common.http.front import Front
from common.http.page_cache import PageCache
from directory.catalogue import loader
from directory.models import Tool
from reports.actions import comments, moderation, revisions, status, tags, votes
from reports.choices import Stance, Status
from reports.models import Tag, Warning
from reports.version_text import fields_now
from tests.factories import UserFactory, WarningFactory

PATHS = ("/", "/warnings/in-question/", "/tools/dingtalk/", "/tags/")
HIDDEN_WORD = "unmentionable"


class Reader:
    """An anonymous reader of this process, whose pages the front keeps."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.rendered = 0
        self.django = get_wsgi_application()
        self.versions = content_versions(stale=0.1)
        self.front = Front(self._counted, threads=1, pages=PageCache(self.versions, megabytes=8))

    def _counted(self, environ: Any, start_response: Any) -> Any:
        self.rendered += 1
        return self.django(environ, start_response)

    def ask(self, path: str) -> bytes:
        """Return the page at a path."""
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request"}

        async def send(message: Any) -> None:
            sent.append(message)

        path, _, query = path.partition("?")
        scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "scheme": "http"}
        scope |= {"query_string": query.encode(), "http_version": "1.1", "server": ("127.0.0.1", 80)}
        scope |= {"client": ("127.0.0.1", 1), "headers": [(b"host", b"localhost")]}
        self.loop.run_until_complete(self.front(scope, receive, send))
        return b"".join(message.get("body", b"") for message in sent)


def from_another_process(path: str) -> bytes:
    """Return the page of the site that runs elsewhere on the same database."""
    try:
        with urllib.request.urlopen(f"{settings.PUBLIC_URL}{path}", timeout=30) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as refused:
        return bytes(refused.read())


def afresh(path: str) -> bytes:
    """Return the page as Django renders it now."""
    content: bytes = Client().get(path, HTTP_HOST="localhost").content
    return content


def begin() -> Warning:
    """Make the warning that the journeys are about."""
    UserFactory(handle="Mona", trust_level=TrustLevel.MODERATOR)
    author = UserFactory(handle="Alice", trust_level=TrustLevel.TRUSTED)
    UserFactory(handle="Bob", trust_level=TrustLevel.MEMBER)
    warning: Warning = WarningFactory(
        slug="in-question", title="Questionable", status=Status.PENDING, published_at=None, author=author
    )
    return warning


def _warning() -> Warning:
    return Warning.objects.get(slug="in-question")


def _user(handle: str) -> User:
    return User.objects.get(handle=handle)


def publish() -> None:
    """Publish the warning."""
    status.change_status(actor="Mona", post=_warning(), status=Status.PUBLISHED, reason="")


def edit() -> None:
    """Edit its text, tags and tools."""
    fields = fields_now(_warning()) | {
        "summary": f"Questionable and {HIDDEN_WORD}",
        "tags": ["odd jobs", "strange jobs"],
        "tools": ["dingtalk"],
    }
    revisions.edit(actor=_user("Alice"), warning=_warning(), fields=fields, based_on=1, comment="More")


def vote() -> None:
    """Find it helpful."""
    votes.cast_vote(actor=_user("Bob"), post=_warning())


def comment() -> None:
    """Write below it."""
    key = uuid.uuid4()
    comments.post_comment(
        actor=_user("Bob"), warning=_warning(), body="So it was.", stance=Stance.NONE, submission_key=key
    )


def merge_tags() -> None:
    """Merge its tags."""
    tag, into = (Tag.objects.get(name=name) for name in ("odd jobs", "strange jobs"))
    tags.merge(actor=_user("Mona"), tag=tag, into=into)


def redact() -> None:
    """Remove a word from it."""
    moderation.redact(actor="Mona", warning=_warning(), passages=[HIDDEN_WORD])


def hide() -> None:
    """Hide it."""
    status.change_status(actor="Mona", post=_warning(), status=Status.HIDDEN, reason="")


def restore() -> None:
    """Show it again."""
    status.change_status(actor="Mona", post=_warning(), status=Status.PUBLISHED, reason="")


def load_catalogue() -> None:
    """Put back a tool that was changed here by hand, as an upgrade of the catalogue would change it."""
    Tool.objects.filter(slug="dingtalk").delete()
    loader.load(Path(settings.CATALOGUE_DIR), today=date(2026, 11, 1), progress=lambda *_: None)
    call_command("refresh_assessments", verbosity=0)


def write_sql() -> None:
    """Change the title of the warning behind the back of all code."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_warning SET title = 'Quite questionable' WHERE slug = 'in-question'")


JOURNEYS: tuple[Callable[[], None], ...] = (
    *(publish, edit, vote, comment, merge_tags, redact, hide, restore, load_catalogue, write_sql),
)


def walk() -> dict[str, Any]:
    """Go through all journeys; return for each which pages changed, and which were not as Django renders them."""
    begin()
    reader = Reader()
    results: dict[str, Any] = {}
    for journey in JOURNEYS:
        before = {path: (reader.ask(path), from_another_process(path)) for path in PATHS}
        journey()
        # As the front does after each form.
        reader.versions.changed()
        after = {path: (reader.ask(path), from_another_process(path)) for path in PATHS}
        fresh = {path: afresh(path) for path in PATHS}
        results[journey.__name__] = {
            "changed": [path for path in PATHS if before[path][0] != fresh[path]],
            "stale here": [path for path in PATHS if after[path][0] != fresh[path]],
            "stale there": [path for path in PATHS if after[path][1] != fresh[path]],
        }
    rendered = reader.rendered
    for path in PATHS:
        reader.ask(path)
    results["asked again"] = reader.rendered - rendered
    with transaction.atomic():
        write_sql()
        transaction.set_rollback(True)
    reader.versions.changed()
    for path in PATHS:
        reader.ask(path)
    results["rolled back"] = reader.rendered - rendered
    return results

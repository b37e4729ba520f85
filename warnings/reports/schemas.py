"""The schema of catalogue files under `warnings/`."""

from typing import Annotated

from pydantic import Field, StringConstraints

from directory.catalogue.schemas import CleanText, Entry, Part, Slug, Sources, TextList
from reports.choices import Stance
from reports.models.text import LONGEST_TITLE


class ReplyEntry(Part):
    """One comment of a founding discussion."""

    author_handle: Annotated[CleanText, StringConstraints(max_length=40)]
    stance: Stance
    body_markdown: CleanText


class WarningEntry(Entry):
    """A founding warning with its discussion."""

    slug: Annotated[Slug, StringConstraints(max_length=120)]
    title: Annotated[CleanText, StringConstraints(max_length=LONGEST_TITLE)]
    tool: Slug | None = None
    marketplace: Slug | None = None
    tactics: list[Slug] = []
    tags: Annotated[list[Annotated[CleanText, StringConstraints(max_length=60)]], Field(max_length=8)] = []
    summary: CleanText
    body_markdown: CleanText
    replies: list[ReplyEntry] = []
    what_to_do: TextList = []
    sources: Sources = []

"""Which mail is written, by the template that it is made of and not by its words."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test.signals import template_rendered


@pytest.fixture
def letters() -> Iterator[list[str]]:
    """The names of the templates of all mail of a test, in their order, such as `outcome`."""
    written: list[str] = []

    def note(template: Any, **_: Any) -> None:
        folder, slash, name = (template.name or "").rpartition("/")
        if slash and folder.endswith("/mail"):
            written.append(name.removesuffix(".txt"))

    template_rendered.connect(note)
    yield written
    template_rendered.disconnect(note)

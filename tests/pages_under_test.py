"""What tests ask of a page: what stands in which part of it, which state it shows, what it told and refused.

Sentences are not asked for: they are rewritten now and then, and a page that says the same in other words is right.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.backends.django import Template

from common.errors import ForewarnedError

_EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass
class Element:
    """An element of a page."""

    name: str
    attributes: dict[str, str]
    pieces: list["str | Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text as it is read, with single spaces."""
        return " ".join("".join(self._texts()).split())

    def everything(self) -> Iterator["Element"]:
        """The elements in it, in their order."""
        for piece in self.pieces:
            if isinstance(piece, Element):
                yield piece
                yield from piece.everything()

    def _texts(self) -> Iterator[str]:
        for piece in self.pieces:
            if isinstance(piece, Element):
                yield from piece._texts()
            else:
                yield piece


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].pieces.append(made)
        if tag not in _EMPTY:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].pieces.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in [element.name for element in self.open[1:]]:
            while self.open.pop().name != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].pieces.append(data)


def elements(page: Any, name: str = "", /, **attributes: str) -> list[Element]:
    """The elements of a response or text with this name and these attributes, in their order.

    `data_part="coverage"` asks for `data-part`; `class_="empty"` for one class among others.
    """
    reader = _Reader()
    reader.feed(page if isinstance(page, str) else page.content.decode())
    asked = {key.strip("_").replace("_", "-"): value for key, value in attributes.items()}
    return [one for one in reader.open[0].everything() if name in ("", one.name) and _fits(one, asked)]


def part(page: Any, name: str) -> str:
    """The text of the one element with this `data-part`."""
    [found] = elements(page, data_part=name)
    return found.text


def numbers(page: Any, name: str) -> list[int]:
    """The numbers in the text of the one element with this `data-part`, in their order."""
    return [int(digits) for digits in re.findall(r"\d+", part(page, name))]


def parts(page: Any) -> list[str]:
    """The names of all parts that the page has, in their order."""
    return _values(page, "data-part")


def states(page: Any) -> list[str]:
    """Every `data-state` of the page, in their order."""
    return _values(page, "data-state")


def message_codes(page: Any) -> list[str]:
    """The codes of the messages that the page shows once, in their order."""
    return _values(page, "data-message")


def links(page: Any) -> list[str]:
    """Where the links of the page lead."""
    return [one.attributes["href"] for one in elements(page, "a") if "href" in one.attributes]


def targets(page: Any) -> list[str]:
    """Where the forms of the page are sent; empty for a form that is sent to its own page."""
    return [one.attributes.get("action", "") for one in elements(page, "form")]


def fields(page: Any) -> set[str]:
    """The names of the fields and buttons that the page offers."""
    offered = [one for tag in ("input", "select", "textarea", "button") for one in elements(page, tag)]
    return {one.attributes["name"] for one in offered if "name" in one.attributes}


def acts(page: Any) -> list[str]:
    """The values of the buttons with a name, such as the `preview` of `name="act"`."""
    return [one.attributes.get("value", "") for one in elements(page, "button") if "name" in one.attributes]


def codes(form: Any) -> dict[str, list[str]]:
    """The codes of the errors of a form, by field; `__all__` for those of the whole."""
    return {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()}


@contextmanager
def refuses(kind: type[ForewarnedError], code: str) -> Iterator[None]:
    """Whatever stands in it is refused in this way and for this reason."""
    with pytest.raises(kind) as caught:
        yield
    assert caught.value.code == code


def _fits(element: Element, asked: dict[str, str]) -> bool:
    for name, value in asked.items():
        has = element.attributes.get(name)
        if has is None or (value not in has.split() if name == "class" else value != has):
            return False
    return True


def _values(page: Any, attribute: str) -> list[str]:
    return [one.attributes[attribute] for one in elements(page) if attribute in one.attributes]


@contextmanager
def unrendered() -> Iterator[None]:
    """Pages are empty, for tests of what is decided before one is rendered, or after: that takes most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda *_, **__: "")
        yield

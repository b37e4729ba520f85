"""Exceptions for refused actions: a sentence for people, and a code that is stable when the wording changes."""

from http import HTTPStatus
from typing import ClassVar, Self


class Sentence(str):
    """A sentence for people, with a `code` for programs."""

    code: str

    def __new__(cls, words: str, code: str) -> Self:
        """Create a sentence with a code such as `changed-since`."""
        made = super().__new__(cls, words)
        made.code = code
        return made


class ForewarnedError(Exception):
    """Base class of refusals: a `sentence` for people, a `code` and an HTTP `status` for programs.

    A subclass sets its status, and a default sentence if it is raised without one. `common.http.refusals` handles
    those that no view catches.
    """

    # Four exceptions are not subclasses: WarningMergedError redirects to another page; DecryptionError is about a
    # stored text, and the caller decides what it means; CatalogueError and CorpusError end a command,
    # which prints them.

    status: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT
    sentence = Sentence("This is not possible at present.", "refused")

    def __init__(self, words: str = "", code: str = "") -> None:
        if words:
            self.sentence = Sentence(words, code or code_of(words))
        super().__init__(self.sentence)

    @property
    def code(self) -> str:
        """The code of the sentence."""
        return self.sentence.code


def code_of(words: str) -> str:
    """Return the code of a sentence; empty if it has none."""
    return words.code if isinstance(words, Sentence) else ""

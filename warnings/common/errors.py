"""Refusals: a sentence for people, and a code that stays when the wording changes."""

from http import HTTPStatus
from typing import ClassVar, Self


class Sentence(str):
    """A sentence for people; its `code` says the same to programs."""

    code: str

    def __new__(cls, words: str, code: str) -> Self:
        """The sentence with its code, such as `changed-since`."""
        made = super().__new__(cls, words)
        made.code = code
        return made


class ForewarnedError(Exception):
    """Base class of all refusals: a `sentence` for people, and a `code` and an HTTP `status` for programs.

    A subclass sets its status, and a sentence for where it is raised without one. What no view catches is answered
    by `common.http.refusals`.
    """

    # Five exceptions are no refusals on a page and stay apart: WarningMergedError leads on to another page;
    # DecryptionError is about a stored text, and whoever opens the text says what that means; CatalogueError,
    # CorpusError and NotEmptyError end a command, which prints why.

    status: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT
    sentence = Sentence("This is not possible at present.", "refused")

    def __init__(self, words: str = "", code: str = "") -> None:
        if words:
            self.sentence = Sentence(words, code or code_of(words))
        super().__init__(self.sentence)

    @property
    def code(self) -> str:
        """Why, in a word that does not change with the sentence."""
        return self.sentence.code


def code_of(words: str) -> str:
    """The code of a sentence; empty if it has none."""
    return words.code if isinstance(words, Sentence) else ""

"""What people are told when something is refused: a sentence, and a code that stays when the words change."""

from typing import Self


class Sentence(str):
    """A sentence for people; its `code` says the same to programs."""

    code: str

    def __new__(cls, words: str, code: str) -> Self:
        """The sentence with its code, such as `changed-since`."""
        made = super().__new__(cls, words)
        made.code = code
        return made


class ForewarnedError(Exception):
    """Something is refused: the message says why, as a sentence, and `code` says it to programs."""

    def __init__(self, words: str, code: str = "") -> None:
        super().__init__(words)
        self.sentence = Sentence(words, code or code_of(words))

    @property
    def code(self) -> str:
        """Why, in a word that does not change with the sentence."""
        return self.sentence.code


def code_of(words: str) -> str:
    """The code of a sentence; empty if it has none."""
    return words.code if isinstance(words, Sentence) else ""

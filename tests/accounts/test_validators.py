"""Passwords that are guessed first are refused, also those that were stolen elsewhere."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.validators import NotBreached, NotOfContextWords, NotTooLong


def breached(folder: Path, words: list[str]) -> Path:
    """A file as Have I Been Pwned publishes it."""
    lines = sorted(
        f"{hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper()}:{number}"
        for number, word in enumerate(words)
    )
    path = folder / "breached.txt"
    path.write_text("\r\n".join(lines) + "\r\n", encoding="ascii")
    return path


@pytest.mark.parametrize("count", [1, 2, 3, 500])
def test_every_stolen_password_is_found_and_no_other(tmp_path: Path, settings: Any, count: int) -> None:
    words = [f"stolen password {number}" for number in range(count)]
    settings.BREACHED_PASSWORDS = str(breached(tmp_path, words))
    for word in words:
        with pytest.raises(ValidationError) as caught:
            NotBreached().validate(word)
        assert caught.value.code == "password_breached"
    for number in range(200):
        NotBreached().validate(f"my own password {number}")


def test_an_empty_list_and_no_list_refuse_nothing(tmp_path: Path, settings: Any) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    for path in (str(empty), ""):
        settings.BREACHED_PASSWORDS = path
        NotBreached().validate("anything at all")


def test_any_characters_may_be_in_a_password() -> None:
    for password in ("пароль из четырёх слов", "鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵", "\ud800 lone surrogate", "x" * 512):
        NotBreached().validate(password)
        NotOfContextWords().validate(password)
        NotTooLong().validate(password)
    with pytest.raises(ValidationError):
        NotTooLong().validate("x" * 513)


@pytest.mark.parametrize("password", ["forewarned-2026", "fiverr-upwork-guru!", "DingTalkDingTalk1"])
def test_words_of_this_place_are_not_enough(password: str) -> None:
    with pytest.raises(ValidationError) as caught:
        NotOfContextWords().validate(password)
    assert caught.value.code == "password_of_context"


def test_words_of_this_place_may_be_part_of_a_long_one() -> None:
    NotOfContextWords().validate("my buyer eats purple trains")


def test_each_rule_says_itself_in_a_sentence() -> None:
    for rule in (NotTooLong(), NotOfContextWords(), NotBreached()):
        assert rule.get_help_text().endswith(".")

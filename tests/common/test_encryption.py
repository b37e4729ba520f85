"""Hashes by which a text is recognised that is not stored."""

from typing import Any

from common.encryption import keyed_hashes


def test_a_hash_depends_on_text_purpose_and_key(settings: Any) -> None:
    [one] = keyed_hashes("heron", purpose="a")
    others = [*keyed_hashes("egret", purpose="a"), *keyed_hashes("heron", purpose="b")]
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    current, former = keyed_hashes("heron", purpose="a")
    assert former == one
    assert len({one, current, *others}) == 4

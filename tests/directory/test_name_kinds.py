"""Real names, misspellings and disguises are told apart as a person would."""

import pytest

from directory.catalogue.name_kinds import kinds_of_names, script_of
from directory.choices import NameKind


def kind_of(official: str, name: str, *before: str) -> NameKind:
    named = dict(kinds_of_names(official, [*((other, None) for other in before), (name, None)]))
    return named[name]


@pytest.mark.parametrize(
    ("official", "name", "kind"),
    [
        ("DingTalk", "DingDing", NameKind.ALIAS),
        ("DingTalk", "DingTalk Lite", NameKind.ALIAS),
        ("DingTalk", "Alibaba DingTalk", NameKind.ALIAS),
        ("DingTalk", "钉钉", NameKind.NATIVE),
        ("DingTalk", "Дингтолк", NameKind.NATIVE),
        ("DingTalk", "dintalk", NameKind.MISSPELLING),
        ("DingTalk", "ding tok", NameKind.MISSPELLING),
        ("DingTalk", "dlngtalk", NameKind.MISSPELLING),
        ("DingTalk", "d1ngtalk", NameKind.DISGUISE),
        ("DingTalk", "d!ngtalk", NameKind.DISGUISE),
        ("WhatsApp", "wh@tsapp", NameKind.DISGUISE),
        ("Zoom", "z00m", NameKind.DISGUISE),
        ("Microsoft Teams", "Teams", NameKind.ALIAS),
        ("Toggl Track", "Toggle Track", NameKind.MISSPELLING),
        ("Telegram", "t.me", NameKind.ADDRESS),
        ("Signal", "Signal Private Messenger", NameKind.ALIAS),
        ("LINE", "LINE官方帳號", NameKind.NATIVE),
        ("WeChat", "v信", NameKind.DISGUISE),
        ("WhatsApp", "व्हाट्सएप", NameKind.NATIVE),
    ],
)
def test_it_finds_the_kind_of_a_name(official: str, name: str, kind: NameKind) -> None:
    assert kind_of(official, name) == kind


def test_a_han_name_that_only_sounds_right_is_a_disguise() -> None:
    assert kind_of("DingTalk", "盯盯", "钉钉") == NameKind.DISGUISE
    assert kind_of("DingTalk", "釘釘", "钉钉") == NameKind.NATIVE


def test_versions_are_not_misspellings_of_each_other() -> None:
    assert kind_of("TeamSpeak", "TS5", "TS3") == NameKind.ALIAS


def test_names_that_fold_alike_are_one_name() -> None:
    assert [name for name, _ in kinds_of_names("DingTalk", [("Ding Talk", None), ("DING-TALK", None)])] == [
        "DingTalk"
    ]


def test_the_file_can_say_what_the_rules_would_not_find() -> None:
    assert kinds_of_names("SMS", [("text me", NameKind.DISGUISE)])[1] == ("text me", NameKind.DISGUISE)


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("DingTalk", "Latin"),
        ("钉钉", "Han"),
        ("ディントーク", "Katakana"),
        ("딩톡", "Hangul"),
        ("腾讯QQ", "Han"),
        ("ＱＱ", "Latin"),
    ],
)
def test_it_knows_the_script(name: str, script: str) -> None:
    assert script_of(name) == script

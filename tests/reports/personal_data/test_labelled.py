"""Measured on sentences as freelancers write them: nearly all personal data is found, and little else."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from reports.personal_data import Kind, find_personal_data, replaced

LABELLED: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "labelled.yaml").read_text(encoding="utf-8"))
KNOWN = ("DingTalk", "AnyDesk", "WeChat", "WhatsApp", "Telegram", "Fiverr", "Upwork", "Remote Utilities")


def found_in(text: str) -> set[tuple[Kind, str]]:
    return {(find.kind, text[find.start : find.end]) for find in find_personal_data(text, KNOWN)}


def wanted_in(sentence: dict[str, Any]) -> set[tuple[Kind, str]]:
    return {(Kind[kind], words) for kind, words in sentence.get("has", [])}


def test_nearly_everything_is_found_and_little_else() -> None:
    pairs = [(sentence["text"], wanted_in(sentence), found_in(sentence["text"])) for sentence in LABELLED]
    right = sum(len(wanted & found) for _, wanted, found in pairs)
    missed = [(text, wanted - found) for text, wanted, found in pairs if wanted - found]
    wrong = [(text, found - wanted) for text, wanted, found in pairs if found - wanted]
    assert right / (right + len(missed)) >= 0.98, missed
    assert right / (right + len(wrong)) >= 0.95, wrong


def test_every_kind_is_among_the_sentences_and_half_of_them_hold_nothing() -> None:
    with_data = [sentence for sentence in LABELLED if sentence.get("has")]
    assert {kind for sentence in with_data for kind, _ in wanted_in(sentence)} == set(Kind)
    assert len(LABELLED) >= 150
    assert 0.35 <= 1 - len(with_data) / len(LABELLED) <= 0.6


@pytest.mark.parametrize("sentence", [s for s in LABELLED if s.get("has")], ids=lambda s: s["text"][:40])
def test_what_is_replaced_is_gone_and_nothing_new_appears(sentence: dict[str, Any]) -> None:
    text = sentence["text"]
    finds = find_personal_data(text, KNOWN)
    clean = replaced(text, finds)
    assert all(text[find.start : find.end] not in clean for find in finds)
    assert find_personal_data(clean, KNOWN) == []


def test_all_sentences_in_one_text_are_read_like_each_alone() -> None:
    text = "\n\n".join(sentence["text"] for sentence in LABELLED if sentence.get("has"))
    wanted = {pair for sentence in LABELLED for pair in wanted_in(sentence)}
    assert len(wanted - found_in(text)) <= len(wanted) * 0.03

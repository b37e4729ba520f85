"""Personal data is pointed out wherever it stands, and ordinary text is left alone."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reports.personal_data import Kind, find_personal_data, replaced

LABELLED: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "labelled.yaml").read_text(encoding="utf-8"))
KNOWN = {
    "dingtalk",
    "anydesk",
    "wechat",
    "whatsapp",
    "telegram",
    "teamviewer",
    "fiverr",
    "upwork",
    "time doctor",
    "time",
}


def found_in(text: str) -> list[tuple[Kind, str]]:
    return [(find.kind, text[find.start : find.end]) for find in find_personal_data(text, KNOWN)]


def test_nearly_everything_is_found_and_little_else() -> None:
    right = missed = wrong = 0
    mistakes = []
    for sentence in LABELLED:
        wanted = {(Kind[kind], words) for kind, words in sentence.get("has", [])}
        got = set(found_in(sentence["text"]))
        right += len(wanted & got)
        missed += len(wanted - got)
        wrong += len(got - wanted)
        mistakes += [(sentence["text"], wanted - got, got - wanted)] if wanted != got else []
    recall, precision = right / (right + missed), right / (right + wrong)
    assert recall >= 0.95, mistakes
    assert precision >= 0.95, mistakes


def test_there_are_enough_sentences_of_both_sorts() -> None:
    with_data = sum(bool(sentence.get("has")) for sentence in LABELLED)
    assert with_data >= 70
    assert len(LABELLED) - with_data >= 60


@pytest.mark.parametrize("sentence", [s for s in LABELLED if s.get("has")], ids=lambda s: s["text"][:40])
def test_what_is_replaced_is_gone_and_nothing_new_appears(sentence: dict[str, Any]) -> None:
    text = sentence["text"]
    finds = find_personal_data(text, KNOWN)
    clean = replaced(text, finds)
    assert all(text[find.start : find.end] not in clean for find in finds)
    assert find_personal_data(clean, KNOWN) == []


def test_a_buyer_becomes_the_buyer_and_the_rest_of_the_sentence_stays() -> None:
    text = "The buyer John Miller wrote from j@example.com."
    assert replaced(text, find_personal_data(text)) == "The buyer [buyer] wrote from [e-mail]."


@given(st.text(max_size=400))
def test_any_text_gives_places_in_order_that_do_not_overlap(text: str) -> None:
    finds = find_personal_data(text)
    edges = [edge for find in finds for edge in (find.start, find.end)]
    assert edges == sorted(edges)
    assert all(0 <= find.start < find.end <= len(text) for find in finds)


@pytest.mark.parametrize(
    "piece",
    ["a@", "1 ", "(at)", "@", "a.", "buyer A", "+1", "1-", "::", "Mr ", "a b ", "http://", "order ", "FO0", "GB29"],
)
def test_hostile_text_takes_no_more_than_its_length(piece: str) -> None:
    # A pattern that goes back over what it read would not come to an end here.
    text = (piece * 20_000)[:20_000]
    assert len(find_personal_data(text)) <= 20_000

"""No ready reply trips a marketplace's message filter."""

import pytest
from django.test import Client

from directory.models import Marketplace, ReadyReply
from directory.replies import trigger_words_in
from tests.pages_under_test import elements


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Let us not talk Outside  OF this", ["outside of"]),
        ("Outside often means trouble", []),
        ("Send me an e-mail or WhatsApp.", ["whatsapp"]),
        ("I keep everything here.", []),
    ],
)
def test_it_finds_whole_words_in_any_case_and_spacing(text: str, found: list[str]) -> None:
    assert trigger_words_in(text, ["outside of", "email", "whatsapp"]) == found


@pytest.mark.django_db
def test_no_reply_of_the_catalogue_holds_a_trigger_word_of_any_marketplace() -> None:
    words = {word for marketplace in Marketplace.objects.all() for word in marketplace.trigger_words}
    assert "outside of" in words
    assert {reply.tactic.slug: trigger_words_in(reply.text, words) for reply in ReadyReply.objects.select_related("tactic")
            if trigger_words_in(reply.text, words)} == {}  # fmt: skip


@pytest.mark.django_db
def test_a_marketplace_names_the_words_it_holds_back(visitor: Client) -> None:
    assert "<q>outside of</q>" in visitor.get("/marketplaces/fiverr/").content.decode()
    assert elements(visitor.get("/marketplaces/fiverr/"), "h2", id="filter")
    assert not elements(visitor.get("/marketplaces/upwork/"), "h2", id="filter")

"""What is noticed, with the text in which it was found."""

import pytest

from moderation.spam import Context, Feature, features_of
from moderation.spam.kinds import MOST_QUOTED
from moderation.spam.similarity import MOST_SIGNATURES, Signatures, signature_of

REPORT = "The client asked me to install a tracker and then did not pay for three weeks of work."


def noticed(text: str, title: str = "", context: Context | None = None) -> dict[str, Feature]:
    return {each.name: each for each in features_of(text, title, context or Context())}


CASES = {
    "links": "See https://example.com/a for it.",
    "shortened_links": "He sent https://bit.ly/3abc to me.",
    "disguised_links": "Look at lucky dot com today.",
    "markup_links": "<a href='https://example.com'>here</a>",
    "labelled_links": "[good shoes](https://example.com)",
    "invite_links": "Write to t.me/somebody_here",
    "link_density": "https://example.com/a/long/address now",
    "phrases_gambling": "One hundred free spins for you",
    "phrases_recovery": "I thank a recovery hacker",
    "phrases_lending": "Préstamos rápidos para todos",
    "phrases_easy_money": "Earn 300 daily at home",
    "phrases_told": REPORT,
    "offer_with_contact": "Buy verified profiles, somebody@example.org",
    "offer_with_link": "Buy verified profiles at https://example.com",
    "reach_untold": "https://example.com",
    "hidden_signs": "cas\u200bino",
    "masked_words": "c4sin0 and pоker",
    "spaced_letters": "c a s i n o for all",
    "spinning": "{Hi|Hello} you",
    "repeated_signs": "why????????",
    "symbols": "💰💰💰💰 here",
    "capitals": "THIS CLIENT NEVER PAID ME AND VANISHED",
    "tiny": "ok",
    "unrelated": "asdf qwer zxcv.",
}


@pytest.mark.parametrize("name", CASES)
def test_it_notices(name: str) -> None:
    assert noticed(CASES[name])[name].value > 0


@pytest.mark.parametrize("name", sorted(CASES.keys() - {"phrases_told", "capitals"}))
def test_in_a_plain_report_it_does_not_notice(name: str) -> None:
    assert name not in noticed(REPORT)


SENDERS = {
    "anonymous": Context(anonymous=True),
    "new_account": Context(account_days=1),
    "burst": Context(sent_lately=3),
    "disposable_mail": Context(email_domain="Mailinator.com"),
}


@pytest.mark.parametrize("name", SENDERS)
def test_of_the_sender_it_notices(name: str) -> None:
    assert name in noticed(REPORT, context=SENDERS[name])
    assert name not in noticed(REPORT, context=Context(account_days=2, sent_lately=2, email_domain="example.org"))


def test_a_domain_below_a_throw_away_one_is_one() -> None:
    assert "disposable_mail" in noticed(REPORT, context=Context(email_domain="box.mailinator.com."))


def test_phrases_are_found_behind_disguises() -> None:
    for text in (
        "frее spіns",
        "fr3e sp1ns",
        "fr\u200bee spi\u00adns",
        "ｆｒｅｅ ｓｐｉｎｓ",
        "FREE  SPINS",
        "Free-Spins!",
    ):
        assert "phrases_gambling" in noticed(text), text


def test_phrases_of_scripts_without_spaces_are_found_anywhere() -> None:
    assert noticed("我们专业代写论文价格优惠")["phrases_essays"].found == "代写"


def test_a_gap_holds_three_words_and_no_more() -> None:
    assert noticed("apply for a new big loan")["phrases_lending"].found.startswith("apply")
    assert noticed("apply for one two three four loan")["phrases_lending"].found == "loan"


def test_words_of_an_address_are_no_words_of_the_text() -> None:
    assert "phrases_gambling" not in noticed(f"{REPORT} https://example.com/free-spins")


def test_what_a_report_quotes_is_not_what_it_says() -> None:
    assert "phrases_gambling" not in noticed(f'{REPORT} He wrote: "free spins for all".')
    assert "phrases_gambling" in noticed('"free spins for all"')


def test_a_known_name_is_a_name_and_no_link() -> None:
    found = noticed(
        "Freelancer.com did nothing at all about it.", context=Context(names=frozenset({"freelancercom"}))
    )
    assert "links" not in found
    assert "links" in noticed("Freelancer.com did nothing at all about it.")


def test_a_known_name_speaks_for_the_text() -> None:
    assert "known_name" in noticed("They use DingTalk.", context=Context(names=frozenset({"dingtalk"})))


def test_the_title_is_looked_at_too() -> None:
    assert "phrases_gambling" in noticed(REPORT, "Free spins")


def test_a_quotation_is_short() -> None:
    assert all(
        len(each.found) <= MOST_QUOTED
        for each in noticed("free spins " + "A" * 500 + " https://" + "b" * 900).values()
    )


TEMPLATE = "Hello {}, we place your advertisement on {} pages for {} dollars, write to our office before the end of the week."


def test_a_text_like_a_removed_one_is_noticed_and_another_is_not() -> None:
    known = Signatures((signature_of(TEMPLATE.format("Ann", 10, 300)),))
    assert noticed(TEMPLATE.format("Bob", 25, 450), context=Context(known=known))["like_removed"].value > 0.5
    assert "like_removed" not in noticed(REPORT, context=Context(known=known))


@pytest.mark.parametrize(
    "text",
    [
        "我们提供专业服务价格优惠请联系客服办理业务",
        "เรามีบริการที่ดีที่สุดสำหรับคุณทุกวัน",
        "私たちは最高のサービスを提供しています",
    ],
)
def test_likeness_needs_no_spaces(text: str) -> None:
    known = Signatures((signature_of(text),))
    assert known.likeness(signature_of(f"{text}。123")) > 0.7


def test_a_greeting_is_like_nothing() -> None:
    assert Signatures((signature_of("thanks a lot"),)).likeness(signature_of("thanks a lot")) == 0


def test_only_the_newest_signatures_are_looked_at() -> None:
    old, new = signature_of(TEMPLATE), signature_of(REPORT)
    known = Signatures((old, *[new] * MOST_SIGNATURES))
    assert (known.likeness(old), known.likeness(new)) == (0, 1)

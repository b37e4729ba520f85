"""Each kind in its disguises, and what is only like it."""

import phonenumbers
import pytest

from reports.personal_data import Find, Kind, find_personal_data, replaced


def found_in(text: str) -> list[tuple[Kind, str]]:
    return [(find.kind, text[find.start : find.end]) for find in find_personal_data(text)]


def test_a_find_says_where_it_stands_and_what_replaces_it() -> None:
    assert find_personal_data("to ann@example.org") == [Find(Kind.EMAIL, 3, 18, "[e-mail]")]


def test_a_sentence_stays_readable_once_everything_is_replaced() -> None:
    text = "The buyer John Miller and my client Ines wrote from j@example.com."
    assert replaced(text, find_personal_data(text)) == "The buyer [buyer] and my client [client] wrote from [e-mail]."


def test_finds_may_be_replaced_one_by_one_in_any_order() -> None:
    text = "ann@example.org or bob@example.org"
    first, second = find_personal_data(text)
    assert replaced(text, [second, first]) == "[e-mail] or [e-mail]"
    assert replaced(text, [second]) == "ann@example.org or [e-mail]"


@pytest.mark.parametrize(
    "address",
    [
        "ann＠example．org", "a\u200bnn@exam\u00adple.org", "a n n . l i n d @ e x a m p l e . o r g", "ann [at] example [dot] org",
        "ann(at)example.org", "annATexampleDOTorg", "𝐚𝐧𝐧@example.org", "ann @ example . org", "ann.lind99 at gmail",
    ],
)  # fmt: skip
def test_an_address_is_found_in_every_disguise(address: str) -> None:
    assert found_in(f"write {address}, soon") == [(Kind.EMAIL, address)]


def test_the_end_of_a_sentence_is_not_part_of_an_address() -> None:
    assert found_in("Mail ann@example.org. Then wait") == [(Kind.EMAIL, "ann@example.org")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("write to ravi77 gmail com", ["ravi77 gmail com"]),
        ("my email is nadia gmail com", ["nadia gmail com"]),
        ("he set up nadia gmail com for this", []),
        ("we moved from outlook com to another desk", []),
    ],
)
def test_an_address_without_signs_is_found_if_its_name_or_the_words_before_it_say_so(
    text: str, found: list[str]
) -> None:
    assert found_in(text) == [(Kind.EMAIL, address) for address in found]


@pytest.mark.parametrize(
    "region", ["US", "GB", "IN", "BD", "PK", "DE", "FR", "ES", "PL", "UA", "ID", "PH", "NG", "KE", "BR", "CN"]
)
def test_a_number_with_its_country_is_a_phone_however_it_is_written(region: str) -> None:
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    assert number is not None
    for form in (phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.E164):
        written = phonenumbers.format_number(number, form)
        wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in written)
        assert found_in(f"reach me on {written} now") == [(Kind.PHONE, written)]
        assert found_in(f"reach me on {wide} now") == [(Kind.PHONE, wide)]


@pytest.mark.parametrize(
    "region", ["US", "GB", "IN", "BD", "PK", "DE", "FR", "ES", "PL", "UA", "ID", "PH", "NG", "KE", "BR", "CN"]
)
def test_a_national_number_is_a_phone_where_the_words_say_so(region: str) -> None:
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    assert number is not None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    assert found_in(f"my whatsapp is {written}") == [(Kind.PHONE, written)]


@pytest.mark.parametrize(
    ("number", "is_phone"),
    [
        ("98765 43210", True),
        ("138 1234 5678", True),
        ("213-555-0146", True),
        ("8801712345678", True),
        ("0171 234 56 78", True),
        ("98765 432109", False),
        ("138 1234 56789", False),
        ("12345678901", False),
    ],
)
def test_a_number_alone_is_a_phone_in_the_shape_of_a_country(number: str, is_phone: bool) -> None:
    assert found_in(f"it was {number} yesterday") == ([(Kind.PHONE, number)] if is_phone else [])


def test_a_number_with_a_prefix_of_no_country_is_a_phone_by_its_shape() -> None:
    assert found_in("it was +999 1234 5678 yesterday") == [(Kind.PHONE, "+999 1234 5678")]


@pytest.mark.parametrize(
    "text", ["it cost $1,200", "for 1 200 000 IDR", "from 2024-2025", "on 2024-03-15 10:30", "on 12.03.2024", "20,000 messages",
             "version 10.0.19045.3803", "+100 000 views", "between 10:00 and 12:30", "1920x1080", "3000-5000 words"]
)  # fmt: skip
def test_a_price_a_date_or_a_quantity_is_not_a_phone_number(text: str) -> None:
    assert found_in(text) == []


def test_many_numbers_are_found_even_when_the_library_was_asked_often_enough() -> None:
    text = "\n".join(f"+1 212 555 {number:04d}" for number in range(1_200))
    assert len(find_personal_data(text)) == 1_200


def test_a_card_number_passes_the_check_of_luhn() -> None:
    assert found_in("4111-1111-1111-1111") == [(Kind.CARD, "4111-1111-1111-1111")]
    assert found_in("4111-1111-1111-1112") == []


def test_a_bank_account_passes_the_check_by_97() -> None:
    assert found_in("GB29 NWBK 6016 1331 9268 19 AND MORE") == [(Kind.IBAN, "GB29 NWBK 6016 1331 9268 19")]
    assert found_in("GB28 NWBK 6016 1331 9268 19") == []


@pytest.mark.parametrize(
    "account",
    [
        "MN12 1234 1234 5678 9123",
        "NO93 8601 1117 947",
        "de89-3704-0044-0532-0130-00",
        "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
        "RU03 0445 2522 5408 1781 0538 0913 1041 9",
    ],
)
def test_a_bank_account_of_any_country_is_found(account: str) -> None:
    assert found_in(f"to {account}, please") == [(Kind.IBAN, account)]


@pytest.mark.parametrize(
    "number", ["GB29 NWBK 6016 1331 9268", "ZZ29 NWBK 6016 1331 9268 19", "DE89 3704 0044 0532 013O 00"]
)
def test_what_no_country_issues_is_no_bank_account(number: str) -> None:
    assert Kind.IBAN not in {kind for kind, _ in found_in(number)}


@pytest.mark.parametrize("digits", ["٤١١١ ١١١١ ١١١١ ١١١١", "４１１１ １１１１ １１１１ １１１１", "4111111111111111"])
def test_a_card_number_is_found_in_any_script(digits: str) -> None:
    assert found_in(digits) == [(Kind.CARD, digits)]


@pytest.mark.parametrize(
    ("text", "kind"), [("account 01712345678", Kind.IBAN), ("bkash account 01712345678", Kind.PHONE)]
)
def test_an_account_with_a_wallet_is_a_phone_number_and_any_other_is_with_a_bank(text: str, kind: Kind) -> None:
    assert found_in(text) == [(kind, "01712345678")]


@pytest.mark.parametrize(
    ("word", "is_order"),
    [("FO12AB34CD56", True), ("fo71ab34cd56", True), ("FODEADBEEF", False), ("FOB2BMARKETING", False)],
)
def test_an_order_of_fiverr_has_at_least_two_digits(word: str, is_order: bool) -> None:
    assert found_in(f"it was {word} then") == ([(Kind.ORDER, word)] if is_order else [])


def test_the_number_of_a_version_is_not_a_network_address() -> None:
    assert found_in("from 203.0.113.7") == [(Kind.IP, "203.0.113.7")]
    assert found_in("version 3.0.113.7, v3.0.113.7, AnyDesk 7.0.14.2") == []
    assert find_personal_data("on anydesk 7.0.14.2", known=["AnyDesk"]) == []
    assert found_in("127.0.0.1 and ::1") == []


@pytest.mark.parametrize("text", ["from 203.0.113.256", "from 999.1.2.3", "at 1:2:3:4:5:6:7:8:9"])
def test_what_is_no_network_address_is_not_taken_for_one(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("place", "is_place"),
    [
        ("48°51'29\"N 2°17'40\"E", True),
        ("48° 51′ 29″ N, 2° 17′ 40″ W", True),
        ("51.5007, -0.1246", True),
        ("51.5007 -0.1246", True),
        ("51.500 N 20.124 E", True),
        ("51.5007 20.1246", False),
        ("51.50, 20.12", False),
        ("1.5007, 0.1246", False),
        ("91.5007, 20.1246", False),
        ("51.5007, 180.1246", False),
    ],
)
def test_two_numbers_are_a_place_when_they_are_on_the_map_and_exact(place: str, is_place: bool) -> None:
    assert found_in(f"it was {place} then") == ([(Kind.COORDINATES, place)] if is_place else [])


@pytest.mark.parametrize("name", ["DingTalk", "dingtalk", "DINGTALK"])
def test_a_known_tool_is_nobodys_name_in_any_case(name: str) -> None:
    assert find_personal_data("The buyer Globex left", known=["globex"]) == []
    assert find_personal_data("The buyer Dingtalk left", known=[name]) == []
    assert find_personal_data("The buyer Remo Desk left", known=["Remo Desk"]) == []


def test_a_name_is_found_again_where_it_stands_alone() -> None:
    text = "My client Amadou Diallo was kind. Amadou paid."
    assert found_in(text) == [(Kind.NAME, "Amadou Diallo"), (Kind.NAME, "Amadou")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mr. J. R. Miller wrote", ["J. R. Miller"]),
        ("the client Marta's brother", ["Marta"]),
        ("mr miller paid", ["miller"]),
        ("mr x paid", []),
        ("Mr Young paid", ["Young"]),
        ("Mr young paid", []),
        ("Ms Someone paid", []),
        ("Rahim bhai paid", ["Rahim"]),
        ("thanks bhai", []),
    ],
)
def test_a_title_makes_a_name_of_what_can_be_one(text: str, found: list[str]) -> None:
    assert found_in(text) == [(Kind.NAME, name) for name in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is done.\nThanks,\nMarta Lind", ["Marta Lind"]),
        ("It is done.\nThanks,\nPlease answer", []),
        ("Hello, I am Marta from the agency", ["Marta"]),
        ("Hello, I am Marta", []),
        ("I am done with it", []),
    ],
)
def test_a_signature_or_an_introduction_names_the_writer(text: str, found: list[str]) -> None:
    assert found_in(text) == [(Kind.NAME, name) for name in found]


def test_a_text_in_capitals_is_not_full_of_names() -> None:
    assert found_in("MY CLIENT JOHN TOLD ME THAT THE BUYER MARY LEFT") == []
    assert found_in("MR SMITH TOLD ME") == [(Kind.NAME, "SMITH")]


@pytest.mark.parametrize(
    "text", ["Client Success Team", "Buyer Milestone Protection", "Buyer Aurora Protection", "the client Globex GmbH",
             "client McAfee.exe", "file named Bob", "Mr. and Mrs.", "the buyer\nMaybe later"]
)  # fmt: skip
def test_headings_firms_and_files_are_nobody(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("his user id is 481516", ["481516"]),
        ("user id: 48151", []),
        ("QQ 48151", ["48151"]),
        ("QQ 4815", []),
        ('the username "nightowl" again', ["nightowl"]),
        ("telegram name «nightowl» again", ["nightowl"]),
        ('telegram "nightowl" again', []),
    ],
)
def test_digits_or_plain_letters_are_a_username_where_it_is_announced(text: str, found: list[str]) -> None:
    assert found_in(text) == [(Kind.HANDLE, name) for name in found]


@pytest.mark.parametrize(
    "link", ["hxxps://t[.]me/someone", "www.fiverr.com/some_one", "https://example.net/u/some", "skype:some.one?chat", "http://[::1"]
)  # fmt: skip
def test_a_link_to_a_person_is_found_and_a_broken_one_does_no_harm(link: str) -> None:
    assert found_in(f"({link})") == ([] if "[::" in link else [(Kind.PROFILE_LINK, link)])


@pytest.mark.parametrize(
    "link",
    [
        "https://forum.example/view?id=ab12cd34",
        "https://chat.whatsapp.com/AbCdEfGh",
        "https://join.skype.com/AbCdEfGh",
        "https://medium.com/@someone",
        "https://www.upwork.com/jobs/~0123456789abcdef",
        "https://www.linkedin.com/in/some-one",
        "https://example.com/in/user/some-one",
        "t.me/someone?next=https://example.com",
        "HTTPS://T.ME/someone?next=https://example.com",
    ],
)
def test_a_link_is_personal_by_its_number_its_invitation_or_a_part_of_its_path(link: str) -> None:
    assert found_in(f"see {link} there") == [(Kind.PROFILE_LINK, link)]


@pytest.mark.parametrize(
    "link",
    [
        "https://news.example/article?id=ab12cd34",
        "https://shop.example/view?id=7",
        "https://chat.whatsapp.com/",
        "https://example.com/in/mumbai",
        "docs.example.com/user/guide?next=https://t.me/someone",
        "https://github.com/someone/work",
    ],
)
def test_a_link_to_a_public_page_is_not_personal(link: str) -> None:
    assert found_in(f"see {link} there") == []


def test_numbers_within_a_link_to_a_page_mean_nothing() -> None:
    assert found_in("https://example.com/order-12345678/+12125550187/someone#telegram:some_one1") == []

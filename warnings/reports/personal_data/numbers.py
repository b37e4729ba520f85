"""Card numbers and bank accounts, validated by their check digits. Pure."""

import re
from collections.abc import Iterator

from reports.personal_data.kinds import Hit, Kind, hit

# As printed on cards, in groups of 4-4-4-4 or 4-6-5; or in one or two blocks.
_CARD = re.compile(
    r"(?<![\dA-Za-z/=.,-])(?:[2-6]\d{3}([ .-])\d{4}\1\d{4}\1\d{4}|3\d{3}([ .-])\d{6}\2\d{4,5}"
    r"|[2-6]\d{7}[ .-]?\d{5,11})(?![\dA-Za-z])"
)
# Matched at every word, since the text after an IBAN may look like a part of it.
_IBAN = re.compile(r"(?<![A-Za-z0-9])(?=(?P<account>[A-Za-z]{2}[ ]?\d{2}(?:[ -]{0,2}[A-Za-z0-9]){11,30}))")
# Length of an IBAN by country (ISO 13616, SWIFT's registry).
_IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FO GL NL",
        19: "MK SI",
        20: "AT BA EE KZ LT LU XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MN MU",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}
_ACCOUNT = re.compile(
    r"(?<![A-Za-z])(?:(?:bank )?account|a/c|acct?|iban|kontonummer|konto|cuenta|rekening|compte)\.?[ ]?"
    r"(?:number|no|num|nr|#|n[°º])?\.?[ ]?(?:is|:|-)?[ ]?(?P<token>\d(?:[ -]?\d){7,17})(?![\dA-Za-z]|[.,]\d)",
    re.IGNORECASE,
)

# Wallets and messengers that use phone numbers as account numbers.
_OF_A_PHONE = re.compile(
    r"(?:bkash|nagad|rocket|whats ?app|telegram|signal|viber|imo|gpay|phonepe|paytm|m-?pesa|jazzcash|easypaisa|gcash)"
    r"[ ](?:personal |agent )?\Z",
    re.IGNORECASE,
)


def cards(text: str) -> Iterator[Hit]:
    """Yield card numbers: 13 to 19 digits with a valid Luhn checksum."""
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if _passes_luhn(digits) and len(set(digits)) > 1:
            yield hit(Kind.CARD, found.start(), found.end())


def _passes_luhn(digits: str) -> bool:
    """Return whether the digits have a valid Luhn checksum (ISO/IEC 7812-1)."""
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def ibans(text: str) -> Iterator[Hit]:
    """Yield International Bank Account Numbers (ISO 13616)."""
    for found in _IBAN.finditer(text):
        written = found["account"]
        end = _end_of(written, _IBAN_LENGTHS.get(written[:2].upper(), 0))
        if end and _is_iban(re.sub(r"[ -]", "", written[:end])):
            yield hit(Kind.IBAN, found.start(), found.start() + end)


def accounts(text: str) -> Iterator[Hit]:
    """Yield account numbers that are introduced as such: `account no. 0123456789`."""
    for found in _ACCOUNT.finditer(text):
        if not _OF_A_PHONE.search(text[max(0, found.start() - 24) : found.start()]):
            yield hit(Kind.IBAN, found.start("token"), found.end("token"))


def _end_of(text: str, length: int) -> int:
    """Return the end offset of the first `length` alphanumeric characters, or 0 if there are fewer or none."""
    seen = 0
    for place, character in enumerate(text):
        seen += character.isalnum()
        if seen == length and character.isalnum():
            return place + 1
    return 0


def _is_iban(account: str) -> bool:
    """Return whether an IBAN has valid check digits (ISO 13616): rearranged and read as a number, modulo 97 is 1."""
    moved = account[4:] + account[:4]
    return moved.isascii() and int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1

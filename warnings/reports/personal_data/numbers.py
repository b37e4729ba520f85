"""Card numbers and bank accounts, validated by their check digits. Pure."""

import re
from collections.abc import Iterator
from functools import cache

from stdnum import iban, luhn, numdb

from reports.personal_data.kinds import Hit, Kind, hit

# As printed on cards, in groups of 4-4-4-4 or 4-6-5; or in one or two blocks.
_CARD = re.compile(
    r"(?<![\dA-Za-z/=.,-])(?:[2-6]\d{3}([ .-])\d{4}\1\d{4}\1\d{4}|3\d{3}([ .-])\d{6}\2\d{4,5}"
    r"|[2-6]\d{7}[ .-]?\d{5,11})(?![\dA-Za-z])"
)
# Matched at every word, since the text after an IBAN may look like a part of it.
_IBAN = re.compile(r"(?<![A-Za-z0-9])(?=(?P<account>[A-Za-z]{2}[ ]?\d{2}(?:[ -]{0,2}[A-Za-z0-9]){11,30}))")
# The registry of SWIFT: for each country, how its numbers are made up.
_IBANS = numdb.get("iban")
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
        # The digits may be of any script.
        digits = "".join(str(int(digit)) for digit in re.sub(r"\D", "", found.group()))
        if luhn.is_valid(digits) and len(set(digits)) > 1:
            yield hit(Kind.CARD, found.start(), found.end())


def ibans(text: str) -> Iterator[Hit]:
    """Yield International Bank Account Numbers (ISO 13616)."""
    for found in _IBAN.finditer(text):
        written = found["account"]
        end = _end_of(written, _length_of(written[:2].upper()))
        # Numbers that nobody issued yet are personal data too, so no country's own rules are checked.
        if end and written.isascii() and iban.is_valid(written[:end], check_country=False):
            yield hit(Kind.IBAN, found.start(), found.start() + end)


def accounts(text: str) -> Iterator[Hit]:
    """Yield account numbers that are introduced as such: `account no. 0123456789`."""
    for found in _ACCOUNT.finditer(text):
        if not _OF_A_PHONE.search(text[max(0, found.start() - 24) : found.start()]):
            yield hit(Kind.IBAN, found.start("token"), found.end("token"))


@cache
def _length_of(country: str) -> int:
    """Return the length of a country's IBANs, or 0 if it has none. Its structure reads like `8!n10!n`."""
    [(_, about)] = _IBANS.info(country)[:1]
    sizes = re.findall(r"\d+", about.get("bban", ""))
    return 4 + sum(map(int, sizes)) if sizes else 0


def _end_of(text: str, length: int) -> int:
    """Return the end offset of the first `length` alphanumeric characters, or 0 if there are fewer or none."""
    seen = 0
    for place, character in enumerate(text):
        seen += character.isalnum()
        if seen == length and character.isalnum():
            return place + 1
    return 0

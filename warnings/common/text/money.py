"""Read an amount of money with the sign or code of its currency around it. Pure."""

import re
import unicodedata
from dataclasses import dataclass

# The currencies that a sign may stand for, in the form that NFKC gives it.
_MEANINGS = """
$ USD AUD CAD NZD SGD HKD MXN ARS CLP COP TWD BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD TOP UYU WST XCD
us$ USD | a$ AUD | au$ AUD | c$ CAD | ca$ CAD | can$ CAD | nz$ NZD | s$ SGD | hk$ HKD | mx$ MXN | r$ BRL | nt$ TWD
€ EUR | £ GBP EGP LBP SYP SHP FKP | ¥ JPY CNY | 元 CNY | 円 JPY | ₹ INR | rs INR PKR LKR NPR MUR SCR | ₱ PHP | ₦ NGN
₴ UAH | ৳ BDT | tk BDT | ₽ RUB | ₩ KRW | ₫ VND | ₺ TRY | tl TRY | rp IDR | zł PLN | kč CZK | kr SEK NOK DKK ISK
fr CHF | sfr CHF | ft HUF | lei RON MDL | ₪ ILS | ₸ KZT | ₾ GEL | ₲ PYG | ₵ GHS | ₡ CRC | ฿ THB | ksh KES | rm MYR
"""
_SIGNS = {
    sign: frozenset(codes)
    for sign, *codes in (meaning.split() for meaning in _MEANINGS.strip().replace("\n", "|").split("|"))
}
_CODE = re.compile("[a-z]{3}")
_MARK = r"[^\W\d_]{0,3}[$€£¥₹₱₦₴৳₽₩₫₺₪₸₾₲₵₡฿]|[^\W\d_]{1,4}\.?"
# Bills are written with a stroke instead of the cents.
_AMOUNT = re.compile(rf"(-?)\s*({_MARK})?\s*(-?\d(?:.*\d)?)(?:[.,]\s?[-–—]+)?\s*({_MARK})?")
_UNCLEAR = re.compile(r"-?[1-9]\d{0,2}\.(?!000)\d{3}")


@dataclass(frozen=True)
class Amount:
    """What was typed as an amount: the number, and the currencies that it can be in; none if nothing says it."""

    number: str
    currencies: frozenset[str] = frozenset()

    @property
    def is_unclear(self) -> bool:
        """Whether the number is one with thousands in some countries, and one with decimals in others: `10.005`."""
        return bool(_UNCLEAR.fullmatch(self.number))


def read_amount(typed: str) -> Amount:
    """Return the number and the currencies of an amount such as `$1,000.00`, `100 USD` or `1000,-`.

    What is no amount is returned as the number, as it is.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return Amount(text)
    minus, before, number, behind = found.groups()
    meant = [_currencies(mark) for mark in (before, behind) if mark]
    if not all(meant) or (len(meant) > 1 and not frozenset.intersection(*meant)):
        return Amount(text)
    return Amount(minus + number, frozenset.intersection(*meant) if meant else frozenset())


def _currencies(mark: str) -> frozenset[str]:
    name = mark.casefold().rstrip(".")
    if name in _SIGNS:
        return _SIGNS[name]
    return frozenset({name.upper()}) if _CODE.fullmatch(name) else frozenset()

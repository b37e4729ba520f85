"""Numbers of orders, contracts, invoices, payments and cases, which identify people to a marketplace. Pure."""

import re
from collections.abc import Iterator

from reports.personal_data.kinds import Hit, Kind, hit

_FIVERR = re.compile(
    r"(?<![A-Za-z0-9])#?FO(?=[0-9A-Z]{0,2}\d"
    r"|[0-9A-F]{8,20}(?!\w))[0-9A-Z]{8,20}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PAYPAL = re.compile(r"(?<![\w.-])(?=(?:[A-Z]{0,16}\d){3})(?=(?:\d{0,16}[A-Z]){3})[0-9A-Z]{17}(?![\w.-])")
_LONG_HASH = re.compile(r"(?<=#)(?<![\w&/#]#)[A-Z]{0,4}-?\d{7,20}(?![\w-])")
_NOUN = (
    r"orders?|contracts?|invoices?|transactions?|txns?|trx|tickets?|cases?|bookings?|payments?|disputes?|refunds?"
    r"|jobs?|milestones?|reference|ref|receipts?|withdrawals?|payouts?|tracking|reservation|purchase|project"
    r"|transfers?|auftrags?|bestell(?:ung(?:s)?)?|rechnungs?|vertrags?|vorgangs?|pedidos?|orden|factura|contrato"
    r"|transacci[oó]n|recibo|caso|commande|facture|contrat|dossier|pesanan|kontrak|transaksi|faktur"
    r"|zam[oó]wieni[ae]|ordine|encomenda|fatura"
)
_HAN_NOUN = r"(?:订单|订单编号|交易|合同|发票|单号|案件|付款)(?:号码|编号|号)?"
_MARK = (
    r"(?:id|ids|no|nos|nr|num|number|numbers|numero|n[uú]mero|num[eé]ro|nummer|nomor|code|ref|reference|n[°ºo]|"
    r"№|key|hash|#)"
)
_NUMBER = r"(?P<token>[A-Za-z0-9](?:[A-Za-z0-9]|[-_/](?=[A-Za-z0-9])){2,44}+)"
_AFTER_NOUN = re.compile(
    rf"(?<![A-Za-z-])(?:(?:{_NOUN})(?P<joined>nummer|nr|id)?|(?P<han>{_HAN_NOUN}))"
    rf"(?P<mark>(?:[ ]?[-_(]?[ ]?{_MARK}(?![A-Za-z])\.?){{0,2}}+)\)?"
    r"(?P<is>[ ](?:is|was|ist|war|es|est|adalah|with|of|hai)(?![A-Za-z]))?[ ]?(?P<sign>[:=#]{0,2}+)[ ]?[\"'`“(]?"
    rf"(?P<hash>#?){_NUMBER}",
    re.IGNORECASE,
)
_AFTER_MARK = re.compile(
    rf"(?<![A-Za-z]){_MARK}\.?[ ](?:of |de la |de |del |du |d['’]|des |der |for |dell['’]?)(?:(?:the|my|your|this) )?"
    rf"(?:{_NOUN})(?:[ ](?:is|was|es|est|ist))?[ ]?:?[ ]?(?P<hash>#?){_NUMBER}",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(
    r"\A[ ]?(?:[%$€£₹৳]|(?:usd|eur|gbp|inr|bdt|pkr|idr|cny|rmb|php|ngn|aud|cad|k|words?|views?|messages?|pcs|pieces"
    r"|items?|dollars?|euros?|pounds?|rupees?|taka|rupiah|yuan|followers|likes|users|orders|sellers|buyers|hours?"
    r"|days?|minutes?|weeks?|months?|years?|times?|pages?|images?|photos?|videos?|logos?|products?|people|x|px|mb"
    r"|gb|kb|wörter|palabras"
    r"|mots|kata|tage|stunden|d[ií]as|jours|hari)(?![A-Za-z]))|\A[.,]\d",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/](?:19|20)?\d\d|(?:19|20)\d\d(?:[-/](?:19"
    r"|20)?\d\d)?)\Z"
)
_QUANTITY = re.compile(r"\d{1,6}(?:x\d{1,5}|[a-z]{1,4}|-\d{1,3}|st|nd|rd|th)?\Z", re.IGNORECASE)


def orders(text: str) -> Iterator[Hit]:
    """Yield order numbers in a folded text, by their form or after a word that introduces them."""
    for pattern in (_FIVERR, _PAYPAL, _LONG_HASH):
        for found in pattern.finditer(text):
            if sum(character.isdigit() for character in found.group()) >= 2:
                yield hit(Kind.ORDER, found.start(), found.end())
    for pattern in (_AFTER_NOUN, _AFTER_MARK):
        for found in pattern.finditer(text):
            if _is_a_number_of_something(found, text):
                yield hit(Kind.ORDER, found.start("token"), found.end("token"))


def _is_a_number_of_something(found: re.Match[str], text: str) -> bool:
    token = found["token"]
    digits = sum(character.isdigit() for character in token)
    if digits < 3 or _DATE.match(token) or _UNIT_AFTER.match(text[found.end() : found.end() + 14]):
        return False
    groups = found.groupdict()
    marked = groups.get("mark") is None or bool(groups["mark"] or groups["joined"] or groups["han"])
    if marked or "#" in (groups.get("sign") or "") + found["hash"]:
        return True
    if groups.get("is") or not groups.get("sign"):
        # "order 12345678", but neither "orders 1500" nor "payment of 100000".
        return len(token) >= 6 and digits >= 5 and not (groups.get("is") or "").endswith((" of", " with"))
    return digits >= 4 and not (_QUANTITY.match(token) and len(token) < 6)

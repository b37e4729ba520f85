"""Names of people: words next to a title, a role, or "his name is". Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reports.personal_data.kinds import BUYER, CLIENT, REPLACEMENTS, Hit, Kind
from reports.personal_data.ordinary import ENDINGS, FIRMS, ORDINARY, SURNAMES, THINGS

_MOST_WORDS = 4
_MOST_REPEATED = 60
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’\-](?=[^\W\d_])){0,29}+(?![\w@])")
_INITIAL = re.compile(r"[^\W\d_]\.(?=[ ]?[^\W\d_])")
_PARTICLE = re.compile(
    r"(?:van der|van den|van|von|de la|de los|de|da|dos|di|del|della|bin|ibn|al|el|ter|ten|binti)[ ](?=\S)"
)
_GAP = re.compile(r"[ ]{1,2}")
_INNER_CAPITAL = re.compile(
    r"(?<!\AMc)(?<!\AMac)(?<!\A[DLO]['’])(?<!\A[DL][aeiu])(?<!\AVan)(?<!\AFitz)(?<=[a-z])[A-Z]"
)

_TITLES = (
    r"Mr|Mrs|Ms|Miss|Mister|Dr|Prof|Professor|Sir|Madam|Herrn?|Frau|Señora?|Señorita|Senora?|Sra?|Srta|Don|Doña"
    r"|Monsieur|Madame|Mademoiselle|Mme|Mlle|Pani|Signora?|Sig|Sig\.ra|Bapak|Pak|Bu|Ibu|Mas|Mbak|Shri|Smt|Md|Mohd"
    r"|Engr|Adv|Senhora?|Dra|Bay|Bayan|Bhai|mr|mrs|herr|frau|señora?|monsieur|madame|pak|MR|MRS|DR|HERR|FRAU"
)
_TITLE = re.compile(
    rf"(?<![\w.-])(?:(?:{_TITLES})(?:\.[ ]{{0,2}}|[ ]{{1,2}})|M\.[ ]{{1,2}})(?:(?:Dr|Prof|Md"
    rf"|Sr)\.?[ ])?(?=[^\W\d_])"
)
_BUYERS = "buyer|käufer|käuferin|acheteur|acheteuse|comprador|compradora|pembeli"
_CLIENTS = "client|customer|kunde|kunden|kundin|auftraggeber|auftraggeberin|cliente|clienta|klien|klient|klientin"
_OTHERS = (
    "employer|boss|manager|recruiter|agent|scammer|seller|freelancer|owner|founder|ceo|director|supervisor"
    "|colleague|partner|friend|developer|designer|accountant|contact person|contact|teammate|landlord|attorney"
    "|lawyer|interviewer|guy|man|woman|lady|person|gentleman|girl|translator|writer|assistant|secretary|coordinator"
    "|chef|chefin|verkäuferin|jefe|patron|jefa|atasan|bos|freundin|kollege|kollegin|vendedor|vendeur|verkäufer"
    "|penjual|team lead|hr|brother|sister|husband|wife|cousin|moderator|rep|representative|cto|cfo|co-founder"
    "|middleman|intermediary|handler|someone"
)
_ROLE = re.compile(
    rf"(?<![\w@#-])(?P<role>{_BUYERS}|{_CLIENTS}|{_OTHERS})(?!\w)(?P<link>(?:['’]s)?(?:[ ]name)?"
    r"(?:[ ](?:is|was|named|called|name|by the name of|goes by|who goes by|namens|llamad[oa]|nommée?|bernama"
    r"|hei(?:ß|ss)t|se llama|s['’]appelle|calls (?:him|her)self|who calls (?:him|her)self|namely|ist|est|es|naam"
    r"|was called|is called|whose name is|mit (?:dem )?Namen?)){0,2}"
    r"[ ]?[,:(–—-]?)[ ]{0,2}[\"“'‘«*]{0,2}(?=[^\W\d_])",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?<!\w)(?:"
    r"(?:(?:his|her|their|my|your|whose|real|full|first|last|legal|true|actual|the|buyer['’]?s?|client['’]?s?"
    r"|real)[ ])"
    r"(?:full |real |first |last |legal |true |actual )?(?:sur)?name(?:[ ](?:is|was|as)|[ ]?[:=])"
    r"|(?P<label>(?:(?:account|card)[ ]?holder|beneficiary|recipient|payee|contact person|account name"
    r"|account owner|owner|ansprechpartner(?:in)?|kontoinhaber|titular|beneficiario|contacto|titulaire|signed by"
    r"|payable to|in the name of|on behalf of|name|nombre|nama|nom|imię|attn|attention|cc)(?:[ ]name)?[ ]?(?::"
    r"|[ ]is))|(?P<named>named|namens|llamad[oa]|nommée?|bernama|(?<=who )called|(?<=introduced )as)|call(?:s|ed"
    r"|ing)?[ ](?:him|her|them)sel(?:f|ves)|introduc(?:es|ed|ing)[ ](?:him|her|them)sel(?:f|ves)[ ]as|(?:under|used"
    r"|uses|using|with)[ ](?:the|a|his|fake)[ ](?:fake |false |real )?name|go(?:es"
    r"|ing)?[ ]by(?:[ ]the[ ]name)?(?:[ ]of)?|by[ ]the[ ]name(?:[ ]of)?|sign(?:s|ed)(?:[ ](?:off|it|them))?[ ]as"
    r"|known[ ]as|pos(?:es|ed|ing)[ ]as|pretend(?:s|ed|ing)?[ ]to[ ]be|claim(?:s|ed|ing)?[ ]to[ ]be|nennt[ ]sich"
    r"|nannte[ ]sich|ich[ ]hei(?:ß|ss)e|hei(?:ß|ss)t|mein[ ]name[ ]ist|(?:sein|ihr)[ ]name[ ](?:ist|war)|(?:se"
    r"|me)[ ]llam(?:a|o|aba)|(?:mi|su)[ ]nombre[ ](?:es|era)|(?:s['’]|m['’])appell?e|(?:mon|son)[ ]nom[ ](?:est"
    r"|était)|nama(?:nya|[ ]saya|[ ]dia)|(?:mera|uska|unka|iska|ka|ki)[ ]na{1,3}m|(?:amar|tar|or|uni|er)[ ]na{1,3}m"
    r"|il[ ]suo[ ]nome[ ]è|si[ ]chiama|meu[ ]nome[ ]é|nama[ ]pembeli|(?:contacted|scammed|hired|invited|approached"
    r"|messaged|cheated|interviewed|referred|robbed|fooled)[ ]by|spoke[ ](?:to|with)|talked[ ](?:to|with)"
    r"|chatted[ ]with"
    r")[ ]?:?[ ]{0,2}[\"“'‘«*]{0,2}(?=[^\W\d_])",
    re.IGNORECASE,
)
_THING_BEFORE = re.compile(r"([^\W\d_]{1,30})[ ]{1,2}(?:is |was |are |were )?\Z")
_GREETING = re.compile(
    r"(?<![\w-])(?:Dear|Hi|Hello|Hey|Hola|Hallo|Bonjour|Salut|Liebe[r]?|Estimad[oa]|Querid[oa]|Cher|Chère|Halo"
    r"|Namaste|Salam|Best regards|Kind regards|Warm regards|Regards|Sincerely|Cheers|Best wishes|Yours truly"
    r"|Saludos|Mit freundlichen Grüßen|Viele Grüße|Liebe Grüße|LG|Cordialement|Atentamente|Thanks and regards"
    r"|Thanks & regards|Yours sincerely),?[ \n]{1,3}"
    r"(?=[^\W\d_])"
)
_SIGNED = re.compile(
    r"(?<![^\n.!?) ])(?:Best|Thanks|Thank you|Many thanks|Gracias|Danke|Merci|Yours"
    r"|Love),[ ]?\n?(?=[^\W\d_][^\n,.!?]{1,40}(?:\n|\Z))"
)
_GREETED = re.compile(r"[ ]?(?:[,!.:\n–—)\"”]|\Z)")
_INTRODUCED = re.compile(
    r"(?<!\w)(?:(?:I am|I['’]m|this is|here is|yo soy|soy|ich bin|je suis|saya)[ ])(?=[^\W\d_])", re.IGNORECASE
)
_INTRODUCTION_GOES_ON = re.compile(r"[ ](?:from|here|of|with|and I|aus|von|de|dari|calling|speaking)(?!\w)")
_SUFFIX = re.compile(
    r"(?<![\w.])(?P<name>[^\W\d_][^\W\d_'’]{1,24}+)(?:-(?:san|ji|sama|kun)|[ ](?:bhai|bhaiya|bhaia|vai|ji|saab"
    r"|sahab|sahib|apu|apa|didi|san|sensei|da|hanım|bey|abi))(?!\w)"
)
_HAN = re.compile(
    r"(?P<name>[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢]"
    r"[\u3400-\u9fff]{0,2}?)(?=先生|女士|小姐|老板|经理|总(?!共|是|计|价|额|之|数|体|部|结))"
)


class _Name(NamedTuple):
    start: int
    end: int
    words: tuple[str, ...]


def names(text: str, nobody: frozenset[str]) -> Iterator[Hit]:
    """Yield names of people in a folded text, including repetitions.

    Casefolded names of tools and sites are excluded.
    """
    hits = [*_titled(text, nobody), *_with_role(text, nobody), *_called(text, nobody), *_addressed(text, nobody)]
    yield from hits
    yield from _repeated(text, hits)


def _titled(text: str, nobody: frozenset[str]) -> Iterator[Hit]:
    for found in _TITLE.finditer(text):
        title = re.split(r"[. ]", found.group(), maxsplit=1)[0]
        name = _name_at(text, found.end(), nobody, shouted=title.isupper() and len(title) > 1)
        if name is None and title in ("Mr", "Mrs", "Ms", "Herr", "Frau"):
            name = _surname(text, found.end())
        if name is None and title in ("mr", "mrs"):
            name = _uncapitalised(text, found.end(), nobody)
        if name:
            yield _hit(name)
    for found in _HAN.finditer(text):
        yield Hit(Kind.NAME, found.start("name"), found.end("name"), REPLACEMENTS[Kind.NAME])


def _with_role(text: str, nobody: frozenset[str]) -> Iterator[Hit]:
    for found in _ROLE.finditer(text):
        role = found["role"]
        name = None if _is_shouted(role) else _name_at(text, found.end(), nobody)
        if name is None or (found["link"].strip()[-1:] == ":" and not _GREETED.match(text, name.end)):
            continue
        # "Buyer Milestone Protection" is a heading, not a buyer.
        following = _WORD.match(text, name.end + 1)
        if role[0].isupper() and following and following.group()[0].isupper() and text[name.end] == " ":
            continue
        yield _hit(name, _word_for(role.lower()))


def _is_shouted(role: str) -> bool:
    return role.isupper() and len(role) > 3


def _word_for(role: str) -> str:
    if role in _BUYERS.split("|"):
        return BUYER
    return CLIENT if role in _CLIENTS.split("|") else REPLACEMENTS[Kind.NAME]


def _called(text: str, nobody: frozenset[str]) -> Iterator[Hit]:
    for found in _CALLED.finditer(text):
        post = _THING_BEFORE.search(text[max(0, found.start() - 36) : found.start()])
        if (found["named"] or found["label"]) and post and post.group(1).lower() in THINGS:
            continue
        if name := _name_at(text, found.end(), nobody):
            yield _hit(name)


def _addressed(text: str, nobody: frozenset[str]) -> Iterator[Hit]:
    for found in _GREETING.finditer(text):
        name = _name_at(text, found.end(), nobody)
        if name and _GREETED.match(text, name.end):
            yield _hit(name)
    for found in _SIGNED.finditer(text):
        name = _name_at(text, found.end(), nobody)
        if name and not text[name.end : name.end + 1].strip():
            yield _hit(name)
    for found in _INTRODUCED.finditer(text):
        name = _name_at(text, found.end(), nobody)
        if name and _INTRODUCTION_GOES_ON.match(text, name.end):
            yield _hit(name)
    for found in _SUFFIX.finditer(text):
        if _is_name(found["name"], nobody):
            yield Hit(Kind.NAME, found.start("name"), found.end("name"), REPLACEMENTS[Kind.NAME])


def _name_at(text: str, start: int, nobody: frozenset[str], *, shouted: bool = False) -> _Name | None:
    """Return the name that starts at `start`, as capitalized words without trailing ordinary words."""
    words: list[str] = []
    at = end = start
    while len(words) < (1 if shouted else _MOST_WORDS):
        initial = _INITIAL.match(text, at)
        if initial and initial.group()[0].isupper():
            at = initial.end()
        else:
            particle = _PARTICLE.match(text, at) if words else None
            word = _WORD.match(text, particle.end() if particle else at)
            if word is None or not _is_name(word.group(), nobody, shouted=shouted):
                break
            words.append(_without_possessive(word.group()))
            at = end = word.start() + len(words[-1])
            if words[-1] != word.group():
                break
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        if gap is None and initial is None:
            break
    if not words or _is_nobody(text, words, end, nobody):
        return None
    return _Name(start, end, tuple(words))


def _is_nobody(text: str, words: list[str], end: int, nobody: frozenset[str]) -> bool:
    """Return whether the words are the name of a tool, a file or a company."""
    folded = [word.casefold() for word in words]
    written = text[end - len(words[-1]) : end + 60] if len(words) == 1 else " ".join(words)
    phrase = written.casefold().split()[:_MOST_WORDS]
    if any(" ".join(phrase[:count]).rstrip(".,;:!?") in nobody for count in range(2, len(phrase) + 1)):
        return True
    if re.match(r"\.\w{2,4}(?!\w)|['’]?[-_/]\w|::", text[end : end + 8]):
        return True
    following = re.match(r",?[ ](\w{2,12})", text[end : end + 16])
    return bool(following and following.group(1).casefold() in FIRMS) or folded[-1] in FIRMS


def _uncapitalised(text: str, start: int, nobody: frozenset[str]) -> _Name | None:
    word = _WORD.match(text, start)
    if word is None or len(word.group()) < 3 or not _is_name(word.group().capitalize(), nobody):
        return None
    return _Name(word.start(), word.end(), (word.group(),))


def _surname(text: str, start: int) -> _Name | None:
    word = _WORD.match(text, start)
    if word is None or word.group()[0].islower() or word.group().lower() not in SURNAMES:
        return None
    return _Name(word.start(), word.end(), (word.group(),))


def _is_name(word: str, nobody: frozenset[str], *, shouted: bool = False) -> bool:
    plain = _without_possessive(word)
    folded = plain.casefold()
    if not plain[0].isupper() or len(plain) < 2 or (plain.isupper() and not shouted):
        return False
    if folded in ORDINARY or folded in nobody or folded.split("-")[0] in ORDINARY or ENDINGS.search(folded):
        return False
    # "I'm", "Don't", "It's".
    return not (_INNER_CAPITAL.search(plain) or re.search(r"['’](?:t|m|s|ll|ve|re|d)\Z", plain))


def _without_possessive(word: str) -> str:
    return re.sub(r"['’]s\Z", "", word)


def _hit(name: _Name, replacement: str = REPLACEMENTS[Kind.NAME]) -> Hit:
    return Hit(Kind.NAME, name.start, name.end, replacement)


def _repeated(text: str, hits: list[Hit]) -> Iterator[Hit]:
    """Yield repetitions of names without a title or role: the full name, or its first or last word."""
    replacements: dict[str, str] = {}
    for found in hits[:_MOST_REPEATED]:
        name = text[found.start : found.end]
        for part in (name, name.split()[0], name.split()[-1]):
            if len(part) > 2 and part[0].isupper():
                replacements.setdefault(part, found.replacement)
    if not replacements:
        return
    parts = "|".join(re.escape(part) for part in sorted(replacements, key=len, reverse=True))
    for again in re.finditer(rf"(?<![\w@.#/-])(?:{parts})(?![\w@]|\.\w|-\w)", text):
        yield Hit(Kind.NAME, again.start(), again.end(), replacements[again.group()])

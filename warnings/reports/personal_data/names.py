"""Names of people: what stands beside a title, a role, or "his name is". Pure."""

import re
from collections.abc import Collection, Iterator

from reports.personal_data.contacts import Hit
from reports.personal_data.kinds import Kind

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁĻŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁЄІЇҐ"
_WORD = rf"[{_CAPITAL}][\w'’-]{{1,29}}"
_NAME = rf"({_WORD}(?:\s+(?:(?:van|von|de|da|di|bin|al|el|der)\s+)?{_WORD}){{0,2}})"
_TITLE = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mister|Dr|Prof|MR|MRS|MS|DR|Herrn?|Frau|Señora?|Señorita|Sr|Sra|Monsieur|Madame|Mme|Mlle|Pani?"
    rf"|Signora?|Sig|Bapak|Pak|Ibu|Shri|Smt)\.?\s+{_NAME}"
)
_ROLE = re.compile(
    r"\b([Bb]uyer|[Cc]lient|[Cc]ustomer|[Ee]mployer|[Bb]oss|[Mm]anager|[Rr]ecruiter|[Aa]gent|[Ss]cammer|[Cc]liente|[Kk]unde"
    r"|[Kk]undin|[Kk]äufer|[Aa]uftraggeber|[Aa]cheteur|[Cc]omprador|[Pp]embeli|[Kk]lien)"
    rf"(?:\s+(?:is|was|named|called|namens|llamado|nommé|bernama))?,?\s+{_NAME}"
)
_CALLED = re.compile(
    rf"\b(?:(?:[Hh]is|[Hh]er|[Tt]heir|[Rr]eal|[Ff]ull|[Bb]uyer'?s?|[Cc]lient'?s?)\s+name\s*(?:is|was|:)|[Nn]ame\s*:|[Nn]amed|[Cc]alled"
    rf"\s+(?:him|her|them)sel(?:f|ves)|[Gg]oes\s+by|[Ss]igned\s+as|[Ii]ntroduced\s+(?:him|her)self\s+as|[Hh]eißt|[Ss]e\s+llama"
    rf"|[Ss]'appelle|[Nn]amanya)\s+[\"“']?{_NAME}"
)
_ROLE_WORDS = {
    "buyer": "[buyer]",
    "käufer": "[buyer]",
    "acheteur": "[buyer]",
    "comprador": "[buyer]",
    "pembeli": "[buyer]",
}
# Words that a sentence may go on with after "buyer" or "client", and that are nobody's name.
_ORDINARY = frozenset(
    "i the he she they we it a an and but or so as at by for from in into of on to with without after before "
    "again also another any anyone asked because can could did do does during even ever every finally first had "
    "has have how if immediately instead is just later like made maybe me might must my never next no nobody "
    "not now offered once one only our out over paid please protection really refused report request requested "
    "requests reviews said says sent service since some someone still support suddenly team terms that their "
    "them then there these this those though today told took tried two under until up used very wanted wants "
    "was went were what when where whether which while who why will would yes yesterday you your dashboard "
    "account accounts id app ltd inc llc company monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december der die das und ich "
    "er sie wir el la los las y yo un una le les et je il elle english chinese american european german french "
    "indian new nda asap pdf usd eur api crm seo logo gig".split()
)


def names(text: str, known: Collection[str]) -> Iterator[Hit]:
    """Names beside a title, a role or a verb of naming; `known` are names of tools and sites, in lower case."""
    for found in _TITLE.finditer(text):
        if end := _end_of_name(found.group(1), known):
            yield Kind.NAME, found.start(1), found.start(1) + end, "[name]"
    for found in _CALLED.finditer(text):
        if end := _end_of_name(found.group(1), known):
            yield Kind.NAME, found.start(1), found.start(1) + end, "[name]"
    for found in _ROLE.finditer(text):
        # A text in capitals would be all names.
        if found.group(2)[:2].isupper():
            continue
        if end := _end_of_name(found.group(2), known):
            word = _ROLE_WORDS.get(found.group(1).lower(), "[client]")
            yield Kind.NAME, found.start(2), found.start(2) + end, word


def _end_of_name(name: str, known: Collection[str]) -> int:
    """Where the name within capitalised words ends: before the first ordinary one; 0 if it begins with one."""
    end = 0
    for word in re.finditer(r"\S+", name):
        plain = re.sub(r"['’]s$", "", word.group()).lower()
        if plain in _ORDINARY or plain in known:
            break
        end = word.start() + len(re.sub(r"['’]s$", "", word.group()))
    return end

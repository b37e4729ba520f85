"""Extract the features of a text that may be spam, each with the passage it was found in. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from moderation.spam.kinds import Context, Feature, feature
from moderation.spam.links import Reached, reached
from moderation.spam.phrases import Found, found_phrases
from moderation.spam.similarity import signature_of_prepared
from moderation.spam.texts import MOST_CHARACTERS, Prepared, prepared, unquoted
from moderation.spam.tricks import emptiness, tricks

DOMAINS = Path(__file__).parent / "data" / "disposable_domains.txt"
# Groups of phrases that are not offers on their own.
NO_OFFER = {"told", "invitation", "praise", "sales"}
# The most that the phrases of a group can weigh together.
MOST_OF_A_GROUP = 4.0
# More posts than this by one author within an hour are a burst.
USUAL_IN_AN_HOUR = 2
# Below this share of common shingles, two texts on the same subject may be alike by chance.
ALIKE = 0.3
NEW_DAYS = 2


def features_of(text: str, title: str, context: Context) -> list[Feature]:
    """Return all features of a text, in no particular order.

    Never raises for any text; limits bound the work.
    """
    ready = prepared(text, title)
    ways = reached(ready.plain, context.names)
    phrases = _spoken_phrases(text, title, ready)
    named = any(word in context.names for word in ready.words)
    return [
        *_of_sender(context),
        *_of_links(ready, ways),
        *_of_phrases(phrases, ways),
        *_of_history(ready, context),
        *tricks(ready),
        *emptiness(ready, narrates=any(found.phrase.group == "told" for found in phrases), named=named),
        *feature("known_name", float(named), ""),
    ]


def _spoken_phrases(text: str, title: str, ready: Prepared) -> list[Found]:
    """Return the phrases of a text. If the author tells what happened, quoted phrases do not count."""
    rest = unquoted(text)
    if len(rest) < len(text[:MOST_CHARACTERS]):
        spoken = found_phrases(prepared(rest, title))
        if any(found.phrase.group == "told" for found in spoken):
            return spoken
    return found_phrases(ready)


def _of_sender(context: Context) -> Iterator[Feature]:
    yield from feature("anonymous", float(context.anonymous))
    days = context.account_days
    yield from feature("new_account", float(days is not None and days < NEW_DAYS), f"{days}")
    burst = min(max(context.sent_lately - USUAL_IN_AN_HOUR, 0), 6) / 3
    yield from feature("burst", burst, f"{context.sent_lately}")
    yield from feature("disposable_mail", float(_is_disposable(context.email_domain)), context.email_domain)


def _of_links(ready: Prepared, ways: Reached) -> Iterator[Feature]:
    links = ways.links + ways.bare
    yield from feature("links", min(len(links), 6) / 3, " ".join(links[:2]))
    yield from feature("shortened_links", min(len(ways.shortened), 2) / 2, " ".join(ways.shortened[:2]))
    yield from feature("disguised_links", min(len(ways.disguised), 2) / 2, " ".join(ways.disguised[:2]))
    yield from feature("markup_links", min(len(ways.markup), 2), " ".join(ways.markup[:2]))
    yield from feature("labelled_links", min(len(ways.labelled), 2) / 2, " ".join(ways.labelled[:2]))
    yield from feature("invite_links", min(len(ways.invites), 2) / 2, " ".join(ways.invites[:2]))
    share = sum(map(len, links)) / max(len(ready.plain), 1)
    yield from feature("link_density", share if share > 0.15 else 0.0, links[0] if links else "")


def _of_phrases(phrases: list[Found], ways: Reached) -> Iterator[Feature]:
    groups: dict[str, list[Found]] = defaultdict(list)
    for found in phrases:
        groups[found.phrase.group].append(found)
    for name, all_found in sorted(groups.items()):
        weight = min(sum(found.phrase.weight for found in all_found), MOST_OF_A_GROUP) / 2
        yield from feature(f"phrases_{name}", weight, "; ".join(found.typed for found in all_found))
    contacts = ways.contacts + ways.invites
    reach = contacts + ways.links + ways.bare + ways.disguised
    if reach and "told" not in groups:
        yield from feature("reach_untold", 1.0, reach[0])
    offers = [found for found in phrases if found.phrase.group not in NO_OFFER and found.phrase.weight > 1]
    if contacts and offers:
        yield from feature("offer_with_contact", 1.0, f"{offers[0].typed}; {contacts[0]}")
    elif offers and ways.links + ways.bare + ways.disguised:
        link = (ways.links + ways.bare + ways.disguised)[0]
        yield from feature("offer_with_link", 1.0, f"{offers[0].typed}; {link}")


def _of_history(ready: Prepared, context: Context) -> Iterator[Feature]:
    likeness = context.known.likeness(signature_of_prepared(ready))
    yield from feature("like_removed", likeness if likeness >= ALIKE else 0.0, f"{likeness:.0%}")
    leaning, telling = context.words.leaning(ready.words)
    yield from feature("words_seen", leaning, ", ".join(telling))


def _is_disposable(domain: str) -> bool:
    """Return whether a domain, or a parent domain, belongs to a provider of disposable mailboxes."""
    labels = domain.strip().rstrip(".").casefold()[:253].split(".")
    return any(".".join(labels[start:]) in _disposable_domains() for start in range(len(labels) - 1))


@cache
def _disposable_domains() -> frozenset[str]:
    lines = DOMAINS.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))

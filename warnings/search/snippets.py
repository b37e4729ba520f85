"""Snippets: the passage of a text with most words of the query, highlighted."""

from collections.abc import Collection

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from search.terms import Term, terms

LONGEST = 240
# Only this many characters of a text are searched.
LOOKED_THROUGH = 8_000


def snippet(text: str, wanted: Collection[str], prefixes: Collection[str] = ()) -> SafeString:
    """Return about LONGEST characters of plain text around the best passage, escaped, with matches in `<mark>`."""
    plain = " ".join(text[:LOOKED_THROUGH].split())
    marked = [
        term for term in terms(plain) if term.text in wanted or term.text.startswith(tuple(prefixes) or ("\0",))
    ]
    start, end = _window(plain, marked)
    pieces = list(_pieces(plain, [term for term in marked if start <= term.start and term.end <= end], start, end))
    head, tail = ("… " if start else "", " …" if end < len(plain) else "")
    return format_html_join("", "{}", ((piece,) for piece in [head, *pieces, tail]))


def marked(text: str, wanted: Collection[str]) -> SafeString:
    """Return a short text in full, escaped, with matches in `<mark>`."""
    hits = [term for term in terms(text) if term.text in wanted]
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text, hits, 0, len(text))))


def _window(text: str, marked: list[Term]) -> tuple[int, int]:
    """Return the span of LONGEST characters with the most distinct words, cut at spaces."""
    if len(text) <= LONGEST:
        return 0, len(text)
    best, most = 0, -1
    for first, term in enumerate(marked):
        inside = {other.text for other in marked[first:] if other.end <= term.start + LONGEST - 40}
        if len(inside) > most:
            best, most = term.start, len(inside)
    start = max(0, best - 40)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(text), start + LONGEST)
    return start, end if end == len(text) else max(text.rfind(" ", start, end), start + LONGEST // 2)


def _pieces(text: str, hits: list[Term], start: int, end: int) -> list[str | SafeString]:
    pieces: list[str | SafeString] = []
    position = start
    for term in hits:
        if term.end <= position:
            continue
        pieces.append(text[position : max(position, term.start)])
        pieces.append(format_html_join("", "<mark>{}</mark>", [(text[max(position, term.start) : term.end],)]))
        position = term.end
    pieces.append(text[position:end])
    return pieces

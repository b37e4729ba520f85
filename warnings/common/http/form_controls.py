"""Find the controls of a form, and what an error says, in the HTML of a page. Pure."""

from collections import defaultdict
from html.parser import HTMLParser

# Elements without content, which have an end tag or none.
_EMPTY = frozenset({"br", "img", "input", "use"})
_CHOICES = frozenset({"button", "checkbox", "radio", "submit"})


class FormControls(HTMLParser):
    """The values of the controls in a page by name, and the text of its first alert.

    `typed` has fields that people see, with every option of a list; `hidden` and `choices` have the names of hidden
    fields, and of lists and boxes, into which nobody types.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.typed: defaultdict[str, set[str]] = defaultdict(set)
        self.hidden: set[str] = set()
        self.choices: set[str] = set()
        self._alert: list[str] = []
        self._depth = 0
        self._list = self._area = ""
        self.feed(page)
        self.close()

    @property
    def alert(self) -> str:
        """The text of the first alert, or an empty string."""
        return " ".join("".join(self._alert).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a control, or the beginning of an alert."""
        given = {name: value or "" for name, value in attrs}
        if self._depth or (given.get("role") == "alert" and not self._alert):
            self._depth += tag not in _EMPTY
        if tag == "select":
            self._list = given.get("name", "")
            self.choices.add(self._list)
        elif tag == "option":
            self.typed[self._list].add(given.get("value", ""))
        elif tag == "textarea":
            self._area = given.get("name", "")
            self.typed[self._area].add("")
        elif tag == "input" and given.get("type") == "hidden":
            self.hidden.add(given.get("name", ""))
        elif tag == "input":
            if given.get("type") in _CHOICES:
                self.choices.add(given.get("name", ""))
            self.typed[given.get("name", "")].add(plain(given.get("value", "on")))

    def handle_endtag(self, tag: str) -> None:
        """End a text or an alert."""
        if tag not in _EMPTY:
            self._depth = max(0, self._depth - 1)
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        """Take the content of a text, and the words of an alert."""
        if self._area:
            self.typed[self._area].add(plain(data))
        elif self._depth:
            self._alert.append(data)


def plain(text: str) -> str:
    """Return a text with single spaces, since line ends and spaces change on the way through a browser."""
    return " ".join(text.split())

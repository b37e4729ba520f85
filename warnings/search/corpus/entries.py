"""What the synthetic warnings are about and who takes part: tools, tags and accounts."""

import random

from accounts.choices import TrustLevel
from accounts.models import User
from common.text.folding import fold
from directory.choices import NameKind, ToolKind
from directory.models import Tool, ToolName
from directory.signals import entries_changed
from reports.models import Tag
from search.corpus.text import Language

MARK = "synthetic"
PEOPLE = 500
TAGS = 400
# As many as the words of the language make names for.
MOST_TOOLS = 40_000
_BATCH = 500
_NAMES = ((NameKind.OFFICIAL, ""), (NameKind.ALIAS, " app"), (NameKind.ALIAS, " chat"))


def make_tools(number: int, language: Language, draw: random.Random) -> None:
    """Create and index synthetic tools with a few names each."""
    first = Tool.objects.filter(slug__startswith=MARK).count()
    names = [f"{a}{b}" for a in language.words[600:1_000] for b in language.words[500:600]]
    draw.shuffle(names)
    tools = Tool.objects.bulk_create(
        (
            Tool(slug=f"{MARK}-tool-{n}", name=names[n].capitalize(), kind=ToolKind.MESSENGER, summary="Made up.")
            for n in range(first, first + number)
        ),
        batch_size=_BATCH,
    )
    ToolName.objects.bulk_create((name for tool in tools for name in _names(tool)), batch_size=_BATCH)
    for start in range(0, len(tools), _BATCH):
        entries_changed.send(sender=Tool, keys=[tool.pk for tool in tools[start : start + _BATCH]])


def _names(tool: Tool) -> list[ToolName]:
    texts = [(kind, tool.name + more) for kind, more in _NAMES]
    return [
        ToolName(tool=tool, text=text, folded=fold(text), kind=kind, script="Latin", position=position)
        for position, (kind, text) in enumerate(texts)
    ]


def make_people() -> list[int]:
    """Create the accounts that vote and comment, unless they are there; return their primary keys."""
    people = [User(trust_level=TrustLevel.MEMBER) for _ in range(PEOPLE)]
    for number, person in enumerate(people):
        person.set_handle(f"{MARK}-{number}")
    User.objects.bulk_create(people, ignore_conflicts=True)
    return list(User.objects.filter(handle__startswith=MARK).order_by("pk").values_list("pk", flat=True))


def make_tags(language: Language) -> list[tuple[int, str]]:
    """Create the tags, unless they are there; return their primary keys and names."""
    words = language.words[400 : 400 + TAGS]
    tags = [Tag(name=word, slug=f"{MARK}-{word}", folded=fold(word)) for word in words]
    Tag.objects.bulk_create(tags, ignore_conflicts=True)
    return list(Tag.objects.filter(slug__startswith=MARK).order_by("pk").values_list("pk", "name"))

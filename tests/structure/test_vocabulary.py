"""Words that were given up do not come back: docs/glossary.md has the ones that are used."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import BASE_DIR
from tests.structure.test_code import CODE, TEMPLATES, TESTS, name_of, tree_of

# Identifiers, whole: ordinary English words stay free, names that meant something of their own do not.
RETIRED = frozenset(
    """
    AddLiveIndex AlreadyDecided AlreadyReported AppealRefused AreasRefused Asked CaseClosed CatalogueRefused
    CommentRefused CorpusRefused Covering Correcting FlagRefused InvitationIsOver Joined KeptCache KeptValue
    LeasedToAnother LinkIsOver MarkdownRefused MovedWarningsMiddleware MoveRefused NoKeeper NotAllowed NotEmpty
    NotFetched NothingChanged NoticeKind NoticeSettings NotOpen NotPermitted NotPossible NotTheWriters OwnCase
    PictureRefused Refusal Remembered SealBroken SourceMissing SpamMemory TextRemoved ToldAuthority TooManyTags
    TooOften UsualWait VoteRefused WarningMoved Watch Writing
    carry_out hold_all hold_for hold_for_undoing hold_warnings keeps_the_text leased_to leased_until like_it
    name_in_memory record_told remembered_by settle_notice settle_statement take_back_vote tell_person tell_undone
    tell_watchers_of thing things tidied tidied_line told usual_wait whoever somebody
    """.split()
)
MODULES = frozenset(
    """
    appealing authorities background covering deciding discussing flagging following guarding hinting holding joining
    keeping leaving moderating noticing offering picturing proposing revising rights submitting tagging threats urgency
    voting waiting watching words
    """.split()
)
# Phrases that no other site uses, in documents, docstrings and comments.
PHRASES = re.compile(r"in the memory\b|what became of the report|until a moment|the one door into", re.IGNORECASE)
STAY = {"warnings/moderation/spam/words.py", "warnings/accounts/sessions.py"}


def identifiers(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Name():
                yield node.id
            case ast.Attribute():
                yield node.attr
            case ast.FunctionDef() | ast.ClassDef() | ast.AsyncFunctionDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.alias():
                yield from (node.name, node.asname or "")


@pytest.mark.parametrize("folder", ["warnings", "config", "tests"])
def test_retired_identifiers_are_gone(folder: str) -> None:
    paths = [path for path in [*CODE, *TESTS] if name_of(path).startswith(f"{folder}/")]
    assert paths
    found = {(name_of(path), name) for path in paths for name in identifiers(path) if name in RETIRED}
    assert found == set()


def test_retired_modules_are_gone() -> None:
    stems = {name_of(path): path.stem if path.stem != "__init__" else path.parent.name for path in CODE}
    assert {path for path, stem in stems.items() if stem in MODULES} - STAY == set()


def test_retired_phrases_are_gone() -> None:
    texts = [*CODE, *TEMPLATES, *(BASE_DIR / "docs").glob("*.md"), BASE_DIR / "README.md"]
    assert {name_of(path) for path in texts if PHRASES.search(path.read_text(encoding="utf-8"))} == set()


@pytest.mark.parametrize("text", ["x: Refusal", "from a import Remembered", "def carry_out(): ...", "row.leased_to"])
def test_an_identifier_that_comes_back_is_found(text: str, tmp_path: Path) -> None:
    path = tmp_path / "back.py"
    path.write_text(text, encoding="utf-8")
    assert RETIRED & set(identifiers(path))

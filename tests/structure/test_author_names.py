"""One place names who wrote something: a template or a module that does it by itself would miss who stays unnamed."""

import re

import pytest

from config import BASE_DIR
from tests.structure.test_code import CODE, TEMPLATES, name_of

# The author of something, or the person behind a case, inside a tag. `author_id` and whether somebody moderates name
# nobody, and only `author` and `author_words` look further.
IN_TEMPLATES = re.compile(
    r"\{[{%][^}]*?(?:\.author\b(?!\.is_moderator\b)|\bperson\.(?:handle|shown_name)|handle=person)[^}]*?\}"
)
IN_CODE = re.compile(r"\bauthor\.(?:handle|shown_name)\b|author__handle\b")
# The page of a profile is about somebody by name; nothing that stays unnamed is on it (`by_name`).
OWN_PAGE = {"templates/reports/profile.html"}
# The memory and what checks it, which no page shows; what an authority is told; and alarms, which name who votes for each other.
MAY = {
    "warnings/reports/actions/submissions.py",
    "warnings/moderation/referral_extract.py",
    "warnings/reports/actions/vote_fraud.py",
    "warnings/reports/integrity/histories.py",
}


def test_templates_name_authors_by_the_tags_only() -> None:
    found = {name_of(path) for path in TEMPLATES if IN_TEMPLATES.search(path.read_text(encoding="utf-8"))}
    assert found == OWN_PAGE


def test_code_names_authors_where_it_asked_whether_it_may() -> None:
    assert {name_of(path) for path in CODE if IN_CODE.search(path.read_text(encoding="utf-8"))} == MAY


def test_texts_of_mail_name_nobody() -> None:
    texts = [*(BASE_DIR / "templates").rglob("*.txt"), *(BASE_DIR / "templates").rglob("*.xml")]
    assert [path for path in texts if re.search(r"author|\bhandle\b", path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "other_way",
    [
        "By {{ warning.author }}",
        "{{ report.author.shown_name }}",
        "{% url 'profile' handle=revision.author.handle %}",
        "{% include 'x.html' with name=comment.author.handle %}",
        "{{ person.handle }}",
        "{% if a %}{{ warning.author|default:'x' }}{% endif %}",
    ],
)
def test_another_way_is_found(other_way: str) -> None:
    assert IN_TEMPLATES.search(other_way)


@pytest.mark.parametrize("fine", ["{% author warning %}", "{% if x.author_id == viewer.pk %}", "{{ by }}"])
def test_the_tags_are_not(fine: str) -> None:
    assert not IN_TEMPLATES.search(fine)

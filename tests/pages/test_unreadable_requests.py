"""A request that cannot be read is one line in the log, without its content, and a page that says what to do."""

import io
import logging

import pytest
from django.test import Client

from common.log_filters import WithoutSecrets
from tests.pages_under_test import elements

TEXT = "secretword"
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"


def part(about: str, text: str = TEXT) -> str:
    return f"--x\r\nContent-Disposition: form-data; {about}\r\n\r\n{text}\r\n"


UNREADABLE = {
    "fields": (FORM, "&".join(f"a{number}={TEXT}" for number in range(300)), 413),
    "parts": (PARTS, "".join(part(f'name="a{number}"') for number in range(300)) + "--x--\r\n", 413),
    "files": (
        PARTS,
        "".join(part(f'name="a{number}"; filename="{TEXT}"') for number in range(30)) + "--x--\r\n",
        413,
    ),
    "long": (FORM, f"body={TEXT * 410_000}", 413),
    "long part": (PARTS, part('name="body"', TEXT * 410_000) + "--x--\r\n", 413),
    "no boundary": ("multipart/form-data", TEXT, 400),
    "long boundary": (f"multipart/form-data; boundary={'x' * 500}", TEXT, 400),
    "another encoding": (f"{FORM}; charset=utf-16", f"a={TEXT}", 400),
    "broken base64": (
        PARTS,
        part('name="a"; filename="a"\r\nContent-Transfer-Encoding: base64', f"!!!!{TEXT}") + "--x--\r\n",
        400,
    ),
}


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the handlers of the site's own settings write."""
    stream = io.StringIO()
    names = ("", "django", "django.request", "django.security")
    for handler in {handler for name in names for handler in logging.getLogger(name).handlers}:
        if any(isinstance(one, WithoutSecrets) for one in handler.filters):
            monkeypatch.setattr(handler, "stream", stream)
    return stream


@pytest.mark.django_db
@pytest.mark.parametrize("kind", UNREADABLE)
def test_it_is_one_line_without_the_body_and_a_page_in_words(kind: str, written: io.StringIO) -> None:
    content_type, body, status = UNREADABLE[kind]
    answer = Client(raise_request_exception=False).generic("POST", "/report/", body, content_type=content_type)
    assert answer.status_code == status
    [heading] = elements(answer, "h1", data_state=str(status))
    assert heading.text
    assert TEXT not in answer.content.decode()
    lines = written.getvalue().splitlines()
    assert len(lines) == 1
    assert TEXT not in lines[0]

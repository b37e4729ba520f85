"""Starting the site: safe defaults, one clear line for each mistake, and nothing of a reader in the log."""

import os
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from common import checks
from config import BASE_DIR
from config.environment import WrongSetting, read
from tests.services.site import Site, running_site


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Only what a test sets is set."""
    for name in ("DATABASE_URL", "PUBLIC_URL", "DEBUG", "SECRET_KEY", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


def test_defaults_are_safe() -> None:
    environment = read()
    assert not environment.debug
    assert not environment.behind_proxy
    assert set(environment.allowed_hosts) == {"127.0.0.1", "localhost", "[::1]"}
    assert environment.database["ENGINE"].endswith("sqlite3")


def test_a_store_needs_what_speaks_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read().evidence_store == {}
    monkeypatch.setenv("EVIDENCE_S3_BUCKET", "pictures")
    monkeypatch.setenv("EVIDENCE_S3_ENDPOINT", "https://objects.example")
    assert read().evidence_store["endpoint_url"] == "https://objects.example"
    monkeypatch.setattr("config.environment.find_spec", lambda _: None)
    with pytest.raises(WrongSetting, match=r"^EVIDENCE_S3_BUCKET: install requirements-s3\.txt,"):
        read()


def test_links_follow_the_port_until_a_public_address_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    assert read().public_url == "http://localhost:8123"
    monkeypatch.setenv("PUBLIC_URL", "https://forewarned.example")
    assert read().public_url == "https://forewarned.example"


def test_postgres_gets_several_processes_and_sqlite_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read().web_processes == 1
    monkeypatch.setenv("DATABASE_URL", "postgres://a@b/c")
    assert 2 <= read().web_processes <= 8
    monkeypatch.setenv("WEB_PROCESSES", "3")
    assert read().web_processes == 3


def test_the_data_dir_may_have_any_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "my data #1 50% ?é"
    monkeypatch.setenv("DATA_DIR", str(folder))
    assert read().database["NAME"] == str(folder / "forewarned.sqlite3")


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first, second = read().secret_key, read().secret_key
    assert first == second
    assert len(first) >= 64
    assert (tmp_path / "data/secret_key").stat().st_mode & 0o777 == 0o600


def test_a_given_secret_key_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "k" * 60)
    assert read().secret_key == "k" * 60


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "web", "PORT: Not a valid integer"),
        ("PORT", "70000", "PORT: Must be greater than or equal to 1"),
        ("DEBUG", "perhaps", "DEBUG: Not a valid boolean"),
        ("WEB_PROCESSES", "0", "WEB_PROCESSES: Must be"),
        ("PUBLIC_URL", "forewarned.example", "PUBLIC_URL: 'forewarned.example' is not an address"),
        ("PUBLIC_URL", "https://a.example/path", "PUBLIC_URL: "),
        ("CONTACT_EMAIL", "nobody", "CONTACT_EMAIL: 'nobody' is not an e-mail address"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL: "),
        ("DATABASE_URL", "mysql://a/b", "DATABASE_URL: only sqlite:// and postgres://"),
        ("DATABASE_URL", "postgres://a@b", "DATABASE_URL: the address names no database"),
        ("DATA_DIR", "/proc/nowhere", "DATA_DIR: cannot write to /proc/nowhere"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting, match=said) as refusal:
        read()
    assert "\n" not in str(refusal.value)


def test_all_wrong_values_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "web")
    monkeypatch.setenv("DEBUG", "perhaps")
    with pytest.raises(WrongSetting, match=r"DEBUG: .*; PORT: "):
        read()


def test_a_damaged_secret_key_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/secret_key").write_text("short")
    with pytest.raises(WrongSetting, match="too short to be a key"):
        read()


def start(**environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=BASE_DIR, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.fixture
def busy_port() -> Iterator[str]:
    """A port on loopback that somebody listens on."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield str(holder.getsockname()[1])


def test_a_busy_port_is_one_clear_line(busy_port: str) -> None:
    done = start(PORT=busy_port)
    assert done.returncode != 0
    assert done.stderr.strip().splitlines() == [
        f"CommandError: PORT: cannot listen on 127.0.0.1:{busy_port} (Address already in use). "
        "Stop what runs there or set PORT=."
    ]


@pytest.mark.parametrize(
    "host", ["", "203.0.113.7", "999.1.1.1", "no host", "a..b", "x" * 300, "2001:db8::7", "[::1]", "\u202ehost"]
)
def test_a_wrong_host_is_named_and_not_the_port(host: str) -> None:
    with pytest.raises(CommandError, match=r"^--host: .* is not an address of this computer"):
        call_command("serve", host=host)


def test_an_unwritable_data_dir_is_one_clear_line() -> None:
    done = start(DATA_DIR="/proc/nowhere")
    assert done.returncode != 0
    assert done.stderr.strip().splitlines() == [
        "forewarned: DATA_DIR: cannot write to /proc/nowhere (No such file or directory)."
    ]


def test_a_database_that_does_not_answer_is_one_clear_line() -> None:
    done = start(DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert done.returncode != 0
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("CommandError: DATABASE_URL: the database does not work: connection failed")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A running site. It takes seconds to start."""
    with running_site() as site:
        yield site


def test_the_log_holds_nothing_of_a_reader(site: Site) -> None:
    marker = "marker-5c1e"
    visits = [
        *((path, {}) for path in (f"/search/?q={marker}", f"/{marker}/", f"/tools/?name={marker}")),
        ("/", {"Host": f"{marker}.example"}),
        ("/", {"Host": f"{marker}..example"}),
        ("/", {"Cookie": f"__Host-sessionid={marker}"}),
        ("/", {"Expect": marker}),
        ("/notice/", {"Origin": f"https://{marker}.example"}),
        (f"/notice/{marker}/", {"Origin": f"{marker}\\x0a"}),
    ]
    for path, headers in visits:
        sent = {"User-Agent": marker, "X-Forwarded-For": "203.0.113.9"} | headers
        with suppress(urllib.error.HTTPError):
            method = "POST" if "Origin" in headers else "GET"
            asked = urllib.request.Request(site.url + path, headers=sent, method=method)
            urllib.request.urlopen(asked, timeout=10).close()
    log = site.log.read_text()
    assert marker not in log
    assert "203.0.113.9" not in log
    assert "Traceback" not in log


def test_half_sent_requests_delay_nobody(site: Site) -> None:
    address = urlsplit(site.url).hostname, urlsplit(site.url).port
    form = b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    kinds = (
        form + b"Content-Length: 100\r\n\r\nabc",
        form + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        form,
        b"G",
    )
    with ExitStack() as connections:
        for number in range(64):
            connection = connections.enter_context(socket.create_connection(address))
            connection.sendall(kinds[number % len(kinds)])
        for path in ("/healthz", "/", "/tools/", "/accounts/login/"):
            with urllib.request.urlopen(site.url + path, timeout=10) as answer:
                assert answer.status == HTTPStatus.OK


def test_a_chunked_form_is_read(site: Site) -> None:
    asked = urllib.request.Request(f"{site.url}/accounts/login/", data=iter([b"login=", b"x"]), method="POST")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=10)
    with refused.value as answer:
        # It reached the check of the form's token.
        assert answer.code == HTTPStatus.FORBIDDEN


def test_only_the_sites_own_user_reads_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    before = os.umask(0o022)
    try:
        read()
        (folder / "database").touch()
        (folder / "mail").mkdir()
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}
    assert modes == {"data": 0o700, "secret_key": 0o600, "database": 0o600, "mail": 0o700}


def test_several_processes_on_an_affected_sqlite_are_refused(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.WEB_PROCESSES = 2
    monkeypatch.setattr("common.checks.SAFE_SQLITE", (99, 0, 0))
    found = [message.id for message in checks.sqlite_is_safe_for_this_many_processes(None)]
    assert found == (["forewarned.E002"] if connection.vendor == "sqlite" else [])


def test_one_process_is_fine_on_any_sqlite(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.WEB_PROCESSES = 1
    monkeypatch.setattr("common.checks.SAFE_SQLITE", (99, 0, 0))
    assert checks.sqlite_is_safe_for_this_many_processes(None) == []

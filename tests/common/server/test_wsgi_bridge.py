"""A WSGI application sees an ASGI request as any WSGI server would show it, and its whole response is collected."""

import errno
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

import pytest

from common.http import wsgi_bridge
from common.http.wsgi_bridge import MOST_IN_MEMORY, call_wsgi, environ_of


def scope(path: bytes = b"/", query: bytes = b"", headers: Iterable[tuple[bytes, bytes]] = ()) -> dict[str, Any]:
    return {
        "type": "http",
        "method": "POST",
        "path": path.decode("latin-1"),
        "raw_path": path,
        "query_string": query,
        "headers": list(headers),
        "scheme": "http",
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.2", 40000),
    }


def header_of(environ: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if name.startswith("HTTP_")}


def test_the_parts_of_a_request() -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"999"), (b"host", b"forewarned.example")]
    environ = environ_of(scope(b"/search/", b"q=a%20b", headers), BytesIO(b"four"))
    assert environ["REQUEST_METHOD"] == "POST"
    assert (environ["PATH_INFO"], environ["QUERY_STRING"]) == ("/search/", "q=a%20b")
    assert (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == ("text/plain", "4")
    assert (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]) == ("127.0.0.2", "http")
    assert environ["wsgi.input"].read() == b"four"
    assert header_of(environ) == {"HTTP_HOST": "forewarned.example"}


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        (b"/tags/%E7%9B%91%E6%8E%A7/", "/tags/监控/".encode().decode("latin-1")),
        (b"/tools/a%2Fb/", "/tools/a/b/"),
        (b"/%FF%FE/", "/\xff\xfe/"),
        (b"/a?b", "/a"),
        (b"//evil.example/", "//evil.example/"),
    ],
)
def test_a_path_is_decoded_to_bytes(path: bytes, seen: str) -> None:
    assert environ_of(scope(path), BytesIO())["PATH_INFO"] == seen


@pytest.mark.parametrize(
    ("headers", "seen"),
    [
        ([(b"cookie", b"a=1"), (b"cookie", b"b=2")], {"HTTP_COOKIE": "a=1; b=2"}),
        ([(b"accept", b"text/html"), (b"accept", b"*/*")], {"HTTP_ACCEPT": "text/html,*/*"}),
        # Otherwise a client could write a header that only the proxy may write.
        ([(b"x_forwarded_for", b"127.0.0.1"), (b"x-forwarded-for", b"9.9.9.9")], {"HTTP_X_FORWARDED_FOR": "9.9.9.9"}),
        ([(b"content_length", b"7"), (b"transfer-encoding", b"chunked")], {}),
        ([(b"x-name", b"\xff")], {"HTTP_X_NAME": "\xff"}),
    ],
)
def test_headers(headers: list[tuple[bytes, bytes]], seen: dict[str, str]) -> None:
    assert header_of(environ_of(scope(headers=headers), BytesIO())) == seen


def application(*parts: bytes, closed: list[bool] | None = None, fails: bool = False) -> Any:
    class Answer:
        def __iter__(self) -> Iterator[bytes]:
            yield from parts
            if fails:
                raise RuntimeError

        def close(self) -> None:
            if closed is not None:
                closed.append(True)

    def run(environ: dict[str, Any], start_response: Callable[..., Any]) -> Answer:
        start_response("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a"), ("Set-Cookie", "b")])
        return Answer()

    return run


@pytest.mark.parametrize(
    "parts",
    [[], [b"a", b"", b"b"], [b"x" * MOST_IN_MEMORY], [b"x" * MOST_IN_MEMORY, b"y", b"z" * 300_000]],
    ids=["nothing", "small", "just in memory", "large"],
)
def test_a_response_is_collected_whole_and_the_application_is_closed(parts: list[bytes]) -> None:
    closed: list[bool] = []
    response = call_wsgi(application(*parts, closed=closed), {})
    assert b"".join(response.parts()) == b"".join(parts)
    response.close()
    assert closed == [True]
    assert (response.status, response.headers[1:]) == (200, [(b"set-cookie", b"a"), (b"set-cookie", b"b")])


@pytest.mark.parametrize("parts", [[b"a"], [b"x" * (MOST_IN_MEMORY + 1), b"y"]])
def test_an_application_that_fails_is_closed(parts: list[bytes]) -> None:
    closed: list[bool] = []
    with pytest.raises(RuntimeError):
        call_wsgi(application(*parts, closed=closed, fails=True), {})
    assert closed == [True]


@pytest.mark.parametrize("room", [0, 1, 3])
def test_on_a_full_disk_a_large_response_stays_in_memory(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(BytesIO):
        writes = 0

        def write(self, data: Any) -> int:
            if self.writes == room:
                super().write(data[:1])
                raise OSError(errno.ENOSPC, "No space left on device")
            self.writes += 1
            return super().write(data)

    monkeypatch.setattr(wsgi_bridge, "TemporaryFile", Full)
    parts = [b"x" * (MOST_IN_MEMORY + 1), *(f"part {number};".encode() for number in range(9))]
    response = call_wsgi(application(*parts), {})
    assert (b"".join(response.parts()), response.file) == (b"".join(parts), None)
    response.close()

"""Call a WSGI application for an ASGI request whose body is complete, and collect its whole response. PEP 3333."""

import sys
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes

Environ = dict[str, Any]
WsgiApplication = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

# Larger responses, such as exports, wait in an unnamed temporary file until the client has read them.
MOST_IN_MEMORY = 512_000
PART = 256 * 1024


@dataclass
class WsgiResponse:
    """A complete response: its content is `start`, then the rest of it in `file`. Close it when it is sent."""

    status: int
    headers: list[tuple[bytes, bytes]]
    start: bytes
    file: IO[bytes] | None = None

    def parts(self) -> Iterator[bytes]:
        """Return the content in parts."""
        if self.start:
            yield self.start
        if self.file is not None:
            self.file.seek(0)
            while part := self.file.read(PART):
                yield part

    def close(self) -> None:
        """Delete the temporary file."""
        if self.file is not None:
            self.file.close()


def environ_of(scope: MutableMapping[str, Any], body: BytesIO) -> Environ:
    """Return the WSGI environment of an ASGI request.

    Header names with an underscore are left out, because WSGI could not tell them from those with a hyphen.
    """
    path = scope.get("raw_path") or scope["path"].encode()
    server = scope.get("server") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path.partition(b"?")[0]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" in name or name in {b"content-length", b"transfer-encoding"}:
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        text = value.decode("latin-1")
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{text}" if key in environ else text
    environ["CONTENT_LENGTH"] = str(body.getbuffer().nbytes)
    return environ


def call_wsgi(application: WsgiApplication, environ: Environ) -> WsgiResponse:
    """Run a WSGI application to its end, in a worker thread."""
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        encoded = [(name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in headers]
        started[:] = [int(status[:3]), encoded]

    answer = application(environ, start_response)
    try:
        start, file = _collected(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    return WsgiResponse(started[0], started[1], start, file)


def _collected(answer: Iterable[bytes]) -> tuple[bytes, IO[bytes] | None]:
    """Return the content of a response: in memory up to a limit, and the rest in a file."""
    parts: list[bytes] = []
    size, rest = 0, iter(answer)
    for part in rest:
        parts.append(part)
        size += len(part)
        if size > MOST_IN_MEMORY:
            break
    start = b"".join(parts)
    return (start, None) if size <= MOST_IN_MEMORY else _spooled(start, rest)


def _spooled(start: bytes, rest: Iterator[bytes]) -> tuple[bytes, IO[bytes] | None]:
    """Write the rest of a response to a file. If the disk is full, keep it in memory, so that it can be read."""
    written, part = 0, b""
    file = TemporaryFile()  # noqa: SIM115  (the response closes it)
    try:
        for part in rest:
            file.write(part)
            file.flush()
            written += len(part)
    except OSError:
        file.seek(0)
        start = b"".join([start, file.read(written), part, *rest])
        file.close()
        return start, None
    except BaseException:
        file.close()
        raise
    return start, file

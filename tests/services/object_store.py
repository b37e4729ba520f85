"""A store that speaks as much of S3 as the site uses, on loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ObjectStore(ThreadingHTTPServer):
    """Its objects by path, and with what headers each was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.gone = False
        self.asked: list[tuple[str, str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def object_store() -> Iterator[ObjectStore]:
    """A store, as long as it is needed."""
    store = ObjectStore()
    thread = threading.Thread(target=store.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield store
    finally:
        store.shutdown()
        store.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: ObjectStore
    protocol_version = "HTTP/1.1"

    def _say(self, status: int, body: bytes = b"", length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.send_header("ETag", '"x"')
        self.end_headers()
        self.wfile.write(body)

    def _path(self) -> str:
        path = self.path.partition("?")[0]
        self.server.asked.append((self.command, path, dict(self.headers)))
        return path

    def do_PUT(self) -> None:
        if self.server.gone:
            self.close_connection = True
            return
        self.server.objects[self._path()] = self.rfile.read(int(self.headers["Content-Length"]))
        self._say(200)

    def do_GET(self) -> None:
        found = self.server.objects.get(self._path())
        self._say(404) if found is None else self._say(200, found)

    def do_HEAD(self) -> None:
        found = self.server.objects.get(self._path())
        self._say(404) if found is None else self._say(200, length=len(found))

    def do_DELETE(self) -> None:
        self.server.objects.pop(self._path(), None)
        self._say(204)

    def log_message(self, *_: object) -> None:
        """Nothing: tests look at `asked`."""

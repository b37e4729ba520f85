"""Fetch a short text from a public web server.

The connected address is checked, not the name (OWASP ASVS 1.3.6), so that internal services are unreachable.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus

from common.errors import ForewarnedError

# For each step, and for all of them together: a server that sends a byte now and then would hold a thread for hours.
_SECONDS = 5.0
_MOST_SECONDS = 10.0
# NAT64 prefixes, which can lead to any IPv4 address.
_GATEWAYS = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
Resolver = Callable[[str, int], list[str]]


class FetchError(ForewarnedError):
    """The text could not be fetched. The message gives the reason."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


def fetch_text(host: str, path: str, *, most: int = 4_096, resolve: Resolver | None = None) -> str:
    """Return the first `most` bytes at `https://host/path` as text. Follows no redirects. Raises FetchError.

    The certificate is verified, the port is 443, and a name with an address that is not public is refused.
    """
    address = public_address(host, resolve or addresses_of)
    try:
        with socket.create_connection((address, 443), timeout=_SECONDS) as plain:
            if not is_public(plain.getpeername()[0]):
                raise FetchError("That name does not lead to a public address.", "not-public")
            with (
                _closed_in_time(plain),
                ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secure,
            ):
                return _ask(secure, host, path, most)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise FetchError(f"The server did not answer as expected: {type(problem).__name__}.", "no-answer") from None


@contextmanager
def _closed_in_time(connection: socket.socket) -> Iterator[None]:
    """Shut a connection down after `_MOST_SECONDS`, so that reading from it fails."""
    # A second handle of the same connection, since TLS takes the first one over.
    handle = connection.dup()
    timer = threading.Timer(_MOST_SECONDS, _shut_down, [handle])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        handle.close()


def _shut_down(connection: socket.socket) -> None:
    # The other end may have closed it just now.
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def public_address(host: str, resolve: Resolver) -> str:
    """Return an address of a host. Raises FetchError if there is none, or if any is not public."""
    try:
        found = resolve(host, 443)
    except (OSError, UnicodeError):
        raise FetchError("There is no such server.", "no-server") from None
    if not found or not all(is_public(address) for address in found):
        raise FetchError("That name does not lead to a public address.", "not-public")
    return found[0]


def is_public(address: str) -> bool:
    """Return whether an IP address, including one embedded in IPv6, is on the public internet."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    hidden = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    teredo = getattr(parsed, "teredo", None)
    inner = [part for part in (hidden, *(teredo or ())) if part is not None]
    if any(parsed in network for network in _GATEWAYS):
        return False
    return all(part.is_global and not part.is_multicast for part in (parsed, *inner))


def addresses_of(host: str, port: int) -> list[str]:
    """Return the addresses of a host. Raises OSError."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(row[4][0]) for row in rows]


def _ask(secure: ssl.SSLSocket, host: str, path: str, most: int) -> str:
    connection = http.client.HTTPSConnection(host, timeout=_SECONDS)
    connection.sock = secure
    connection.request("GET", path, headers={"Host": host, "User-Agent": "Forewarned", "Accept": "text/plain"})
    answer = connection.getresponse()
    if answer.status != 200:
        raise FetchError(f"The server answered {answer.status}.", "wrong-answer")
    return answer.read(most).decode("utf-8", "replace")

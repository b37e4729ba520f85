"""What works at the address by which a browser reaches the site: cookies and passkeys. Pure."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from common.errors import Sentence


@dataclass(frozen=True)
class Address:
    """The address in the browser, and the public address of the site."""

    here: str
    public: str

    @property
    def keeps_cookies(self) -> bool:
        """Whether a browser keeps our cookies here: they are for https, or for the browser's own machine."""
        return _is_secure(self.here) or self._is_public

    @property
    def cookie_problem(self) -> Sentence | None:
        """Why nobody can sign in or send a form here; None if they can."""
        if self.keeps_cookies:
            return None
        reason = "You cannot sign in or send a form at this address: browsers keep our cookies over https only."
        if Address(self.public, "").keeps_cookies:
            return Sentence(f"{reason} Open {self.public} instead.", "other-address")
        return Sentence(f"{reason} This site has to be served over https first.", "no-https")

    @property
    def passkey_problem(self) -> Sentence | None:
        """Why browsers refuse passkeys here; None if they accept them."""
        rp, host = _host(self.public), _host(self.here)
        if _is_ip(rp) or not _is_secure(self.public):
            return Sentence(
                "Passkeys and security keys do not work on this site: they need https and a host name.",
                "no-passkeys",
            )
        # A key for example.org works at www.example.org, too.
        if (host == rp or host.endswith(f".{rp}")) and self.keeps_cookies:
            return None
        return Sentence(
            f"Passkeys and security keys do not work at this address. To use them, open {self.public}.",
            "other-address",
        )

    @property
    def _is_public(self) -> bool:
        # A proxy that speaks https may be in front without being trusted to say so.
        return self.public.startswith("https://") and _host(self.here) == _host(self.public)


def _is_secure(url: str) -> bool:
    """Return whether browsers take a URL for a secure context."""
    host = _host(url)
    if url.startswith("https://") or host == "localhost" or host.endswith(".localhost"):
        return True
    return _is_ip(host) and ip_address(host).is_loopback


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

"""Fetching an address that a person typed, without becoming a way into the machine room.

Only https, only addresses that the whole internet can reach, within a time and a size. The name is resolved
once and the connection goes to the address that was checked, so that a name which answers differently the
second time gains nothing; each redirect is checked like the first address.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from django.conf import settings

MOST_BYTES = 5 * 1024 * 1024
MOST_SECONDS = 20
STEP_SECONDS = 8
MOST_REDIRECTS = 3
_CHUNK = 64 * 1024


class FetchError(Exception):
    """Why nothing came, as a code of ours; a server's own words are never kept.

    Codes: bad_address, not_public, unreachable, too_slow, too_large, refused, moves.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Fetched:
    """content is None when the server says that nothing changed since `etag`."""

    content: bytes | None
    etag: str


def normal_address(text: str) -> str:
    """https for webcal, without spaces around; raises FetchError for anything else than an https address."""
    parts = urlsplit(text.strip())
    scheme = {"webcal": "https", "webcals": "https"}.get(parts.scheme.lower(), parts.scheme.lower())
    allowed = ("https", "http") if settings.FETCH_PRIVATE_ADDRESSES else ("https",)
    try:
        port = parts.port
    except ValueError as error:
        raise FetchError("bad_address") from error
    plain = parts.username is None and parts.password is None
    if scheme not in allowed or not parts.hostname or not plain:
        raise FetchError("bad_address")
    if port not in (None, 443) and not settings.FETCH_PRIVATE_ADDRESSES:
        raise FetchError("bad_address")
    return urlunsplit((scheme, parts.netloc, parts.path or "/", parts.query, ""))


def fetch(address: str, *, etag: str = "") -> Fetched:
    """Raises FetchError; never anything else for what a foreign server does."""
    ends = time.monotonic() + MOST_SECONDS
    for _turn in range(MOST_REDIRECTS + 1):
        address = normal_address(address)
        answer = _ask(address, etag=etag, ends=ends)
        if isinstance(answer, Fetched):
            return answer
        address = urljoin(address, answer)
    raise FetchError("moves")


def _ask(address: str, *, etag: str, ends: float) -> Fetched | str:
    """What the server sent, or where it sends us instead."""
    parts = urlsplit(address)
    connection = _connect(parts.scheme, str(parts.hostname), parts.port)
    headers = {"User-Agent": "leaderdev-calendar", "Accept": "text/calendar", "Accept-Encoding": "identity"}
    if etag:
        headers["If-None-Match"] = etag
    try:
        target = urlunsplit(("", "", parts.path, parts.query, ""))
        connection.request("GET", target, headers=headers)
        with closing(connection.getresponse()) as answer:
            return _taken(answer, etag=etag, ends=ends)
    except TimeoutError as error:
        raise FetchError("too_slow") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError("unreachable") from error
    finally:
        connection.close()


def _taken(answer: http.client.HTTPResponse, *, etag: str, ends: float) -> Fetched | str:
    if answer.status == 304 and etag:
        return Fetched(None, etag)
    if answer.status in (301, 302, 303, 307, 308) and (elsewhere := answer.getheader("Location", "")):
        return elsewhere
    if answer.status != 200:
        raise FetchError("refused")
    return Fetched(_read(answer, ends), answer.getheader("ETag", "")[:200])


def _read(answer: http.client.HTTPResponse, ends: float) -> bytes:
    found = b""
    while chunk := answer.read1(_CHUNK):
        found += chunk
        if len(found) > MOST_BYTES:
            raise FetchError("too_large")
        if time.monotonic() > ends:
            raise FetchError("too_slow")
    return found


def _connect(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    secure = scheme == "https"
    number = port or (443 if secure else 80)
    place = _checked_place(host, number)
    connection = http.client.HTTPConnection(host, number, timeout=STEP_SECONDS)
    try:
        plain = socket.create_connection((place, number), timeout=STEP_SECONDS)
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        )
    except TimeoutError as error:
        raise FetchError("too_slow") from error
    except OSError as error:
        raise FetchError("unreachable") from error
    return connection


def _checked_place(host: str, port: int) -> str:
    """The numeric address to connect to; every address of the name must be public, not only the first."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("unreachable") from error
    places = [str(entry[4][0]) for entry in found]
    if not settings.FETCH_PRIVATE_ADDRESSES and not all(map(is_public, places)):
        raise FetchError("not_public")
    return places[0]


def is_public(place: str) -> bool:
    """Whether a numeric address is one of the whole internet; an IPv4 address inside IPv6 counts too."""
    address = ipaddress.ip_address(place.split("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return is_public(str(inner))
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return address.is_global and not address.is_multicast

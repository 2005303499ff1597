"""Fetching what a person typed: only what the whole internet can reach, within a time and a size."""

from __future__ import annotations

import http.server
import socket
import threading

import pytest

from leaderdev.common import fetching
from leaderdev.common.fetching import FetchError, fetch, is_public, normal_address


class Calendar(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        answer = getattr(self, f"answer_{self.path.strip('/').split('?')[0]}", self.answer_missing)
        answer()

    def _send(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_calendar(self):
        if self.headers.get("If-None-Match") == '"one"':
            self._send(304)
        else:
            self._send(200, b"BEGIN:VCALENDAR", ETag='"one"')

    def answer_missing(self):
        self._send(404)

    def answer_large(self):
        self._send(200, b"x" * 300_000)

    def answer_moved(self):
        self._send(302, Location="/calendar")

    def answer_circle(self):
        self._send(302, Location="/circle")

    def answer_inside(self):
        self._send(302, Location="ftp://files.example.ca/calendar")

    def answer_nonsense(self):
        self.wfile.write(b"\x00\x00 not http\r\n\r\n")

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Calendar) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def code_of(address: str, **given) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(address, **given)
    return caught.value.code


def test_what_a_server_sends(server):
    first = fetch(f"{server}/calendar")
    assert (first.content, first.etag) == (b"BEGIN:VCALENDAR", '"one"')
    assert fetch(f"{server}/calendar", etag='"one"').content is None
    assert fetch(f"{server}/moved").content == b"BEGIN:VCALENDAR"


def test_what_goes_wrong_is_one_of_our_codes(server, monkeypatch):
    assert code_of(f"{server}/missing") == "refused"
    assert code_of(f"{server}/circle") == "moves"
    assert code_of(f"{server}/inside") == "bad_address"
    assert code_of(f"{server}/nonsense") == "unreachable"
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    assert code_of(f"{server}/large") == "too_large"
    monkeypatch.setattr(fetching, "MOST_BYTES", 10**9)
    monkeypatch.setattr(fetching, "MOST_SECONDS", -1)
    assert code_of(f"{server}/large") == "too_slow"


def test_a_server_that_keeps_silent_is_left(monkeypatch):
    monkeypatch.setattr(fetching, "STEP_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert code_of(f"http://127.0.0.1:{silent.getsockname()[1]}/") == "too_slow"
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert code_of(f"http://127.0.0.1:{port}/") == "unreachable"
    assert code_of("http://no-such-name.invalid/") == "unreachable"

    def hang(*_args, **_kwargs):
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", hang)
    assert code_of(f"http://127.0.0.1:{port}/") == "too_slow"


def test_production_reaches_nothing_private(server, settings, monkeypatch):
    settings.FETCH_PRIVATE_ADDRESSES = False
    assert code_of(f"{server}/calendar") == "bad_address"  # not https
    assert code_of("https://calendar.example.ca:8443/x") == "bad_address"
    assert code_of("https://127.0.0.1/calendar") == "not_public"
    assert code_of("https://[::1]/calendar") == "not_public"
    # A name with one public and one private address is refused: the second could be the one that is used.
    both = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.5", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: both)
    assert code_of("https://calendar.example.ca/x") == "not_public"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        (" webcal://Calendar.example.ca/a.ics?k=1#x ", "https://Calendar.example.ca/a.ics?k=1"),
        ("https://calendar.example.ca", "https://calendar.example.ca/"),
    ],
)
def test_an_address_is_brought_into_shape(typed, normal, settings):
    settings.FETCH_PRIVATE_ADDRESSES = False
    assert normal_address(typed) == normal


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "calendar",
        "file:///etc/passwd",
        "ftp://x.example.ca/",
        "https://me:pw@x.example.ca/",
        "https://",
        "https://x:y/",
    ],
)
def test_what_is_no_address_of_a_calendar(typed):
    with pytest.raises(FetchError, match="bad_address"):
        normal_address(typed)


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:0a00:0001::1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d822", True),
    ],
)
def test_which_addresses_are_public(place, public):
    assert is_public(place) is public

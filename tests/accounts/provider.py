"""An OpenID Connect provider on loopback: discovery, token, keys and profile over real HTTP."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT_ID = "our-client"


class Provider:
    """Set `claims` to say who signs in there; `profile` is what the profile address adds to it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.claims: dict[str, Any] = {}
        self.profile: dict[str, Any] = {}
        self.audience = CLIENT_ID
        self.exchanged: list[dict[str, str]] = []

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/profile",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        self.exchanged.append(form)
        now = int(time.time())
        claims = {"iss": self.address, "aud": self.audience, "iat": now, "exp": now + 300, **self.claims}
        return {
            "access_token": "a-token",
            "token_type": "Bearer",
            "id_token": jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "one"}),
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [{**json.loads(RSAAlgorithm.to_jwk(KEY.public_key())), "kid": "one", "use": "sig"}]}

    def answer(self, path: str, form: dict[str, str]) -> dict[str, Any] | None:
        if path == "/token":
            return self.token(form)
        pages = {
            "/.well-known/openid-configuration": self.discovery,
            "/keys": self.keys,
            "/profile": lambda: {**self.claims, **self.profile},
        }
        return pages[path]() if path in pages else None


@contextmanager
def running() -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self.reply({name: values[0] for name, values in parse_qs(body).items()})

        def reply(self, form: dict[str, str]) -> None:
            found = provider.answer(urlsplit(self.path).path, form)
            body = json.dumps(found or {"error": "no such page"}).encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Quiet: the test speaks."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

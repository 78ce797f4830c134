"""A provider that lies: it answers with whatever token a test makes, signed by whatever key."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SHORT_RSA = rsa.generate_private_key(public_exponent=65537, key_size=1024)
EC = ec.generate_private_key(ec.SECP256R1())
KID = "the-key"


def public_key(key: Any = RSA, algorithm: str = "RS256", **more: Any) -> dict[str, Any]:
    """A key as a provider publishes it."""
    maker = jwt.algorithms.ECAlgorithm if algorithm.startswith("ES") else jwt.algorithms.RSAAlgorithm
    told = json.loads(maker.to_jwk(key.public_key()))
    told.pop("key_ops", None)
    return {**told, "kid": KID, "use": "sig", "alg": algorithm, **more}


@dataclass
class Crooked:
    """Where it listens and what it says from now on; a status or a location makes it answer only that."""

    url: str = ""
    token: str = ""
    keys: list[dict[str, Any]] = field(default_factory=lambda: [public_key()])
    told: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    location: str = ""
    padding: int = 0
    drips: bool = False
    asked: list[str] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return self.url

    @property
    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            **self.told,
        }

    def claims(self, **changed: Any) -> dict[str, Any]:
        """Those of a token in which everything is right, but for what is changed (None: left out)."""
        now = int(time.time())
        right = {"iss": self.url, "sub": "subject-1", "aud": "harbour", "iat": now, "exp": now + 300}
        return {name: value for name, value in {**right, **changed}.items() if value is not None}

    def signs(self, claims: dict[str, Any], key: Any = RSA, algorithm: str = "RS256", **header: Any) -> None:
        """The token it hands out from now on."""
        self.token = jwt.encode(claims, key, algorithm=algorithm, headers={"kid": KID, **header})


class Handler(BaseHTTPRequestHandler):
    """Answers as the state of its server says."""

    @property
    def state(self) -> Crooked:
        return self.server.state  # type: ignore[attr-defined,no-any-return]

    def do_GET(self) -> None:
        self.state.asked.append(self.path)
        self.send_response(self.state.status)
        if self.state.status != 200:
            self.send_header("Location", self.state.location)
            self.end_headers()
            return
        found: Any = {"keys": self.state.keys} if self.path == "/keys" else self.state.description
        if self.path == "/token":
            found = {"access_token": "x", "token_type": "Bearer", "id_token": self.state.token}
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.say(json.dumps(found).encode() + b" " * self.state.padding)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.do_GET()

    def say(self, body: bytes) -> None:
        step = 1 if self.state.drips else len(body)
        try:
            for start in range(0, len(body), step):
                self.wfile.write(body[start : start + step])
                self.wfile.flush()
                time.sleep(0.05 if self.state.drips else 0)
        except OSError:  # hung up on
            return

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def running() -> Iterator[Crooked]:
    """Start one on our own machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state = Crooked(url=f"http://127.0.0.1:{server.server_address[1]}")
    server.state = state  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()

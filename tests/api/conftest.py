"""Systems of the cast's organisations, each with a token got as a system gets it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from typing import Any
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client as Browser

from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.clients import services
from foundation.clients.models import Client

ROOT = "/api/v1"


@dataclass
class System:
    """A system as its own programmer sees it."""

    client: Client
    secret: str
    token: str = ""

    def get_token(self, **more: Any) -> dict[str, Any]:
        """Ask for a token; the answer as it came."""
        given = {
            "grant_type": "client_credentials",
            "client_id": self.client.client_id,
            "client_secret": self.secret,
        }
        answer = Browser().post(f"{ROOT}/token", given | more)
        said: dict[str, Any] = answer.json()
        self.token = said.get("access_token", self.token)
        return {"status": answer.status_code, **said}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request, as JSON, with the token."""
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return Browser().generic(method, f"{ROOT}{path}", **sent, headers=bearer | headers)

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any, *, key: str = "", **headers: str) -> Any:
        return self.ask("POST", path, body, **{"Idempotency-Key": key or str(uuid4()), **headers})

    def patch(self, path: str, body: Any) -> Any:
        return self.ask("PATCH", path, body)


def let_in(organisation: Organisation, scopes: list[str] | None = None, **given: Any) -> System:
    """A system of that organisation with these scopes (all of them where none are named)."""
    administrator = Actor(
        organisation_id=organisation.pk, roles=frozenset({Role.ADMINISTRATOR}), source="test"
    )
    made = services.make_client(
        actor=administrator, name="Records", scopes=scopes or list(settings.API_SCOPES), **given
    )
    return System(made.client, made.secret)


@pytest.fixture(autouse=True)
def _own_redis(redis_url: str) -> None:
    """Limits are counted in Redis: each test begins at nought."""


@pytest.fixture
def system_of() -> Callable[[Organisation], System]:
    """Makes a system with a token."""

    def make(organisation: Organisation, scopes: list[str] | None = None, **given: Any) -> System:
        found = let_in(organisation, scopes, **given)
        assert found.get_token()["status"] == 200
        return found

    return make


@pytest.fixture
def met_system(met: Organisation, system_of: Any) -> System:
    """The Met's records system."""
    return system_of(met)


@pytest.fixture
def kent_system(kent: Organisation, system_of: Any) -> System:
    """The other force's."""
    return system_of(kent)


@pytest.fixture
def charity_system(charity: Organisation, system_of: Any) -> System:
    """The charity's."""
    return system_of(charity)


@pytest.fixture
def lambeth_system(lambeth: Organisation, system_of: Any) -> System:
    """A local authority's."""
    return system_of(lambeth)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing: addresses of a fuzzing run are no news."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


@pytest.fixture
def live(committing_db: str) -> Iterator[str]:
    """The staff site on a port of its own; yields its address."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)

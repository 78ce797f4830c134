"""The least a list can cost: a WSGI function, one connection, statements that Postgres has prepared.

The token is looked up and the audience rows decide what is seen, as everywhere; nothing is counted or
audited, and there is no framework.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs

import psycopg2
from django.db import connection

from missingcases.selectors.feed import INCIDENT_JSON, JOINED

_TOKEN = """PREPARE token AS SELECT o.id, t.scope FROM oauth2_provider_accesstoken t
    JOIN clients_client c ON c.id = t.application_id JOIN accounts_organisation o ON o.id = c.organisation_id
    WHERE t.token_checksum = $1 AND t.expires > now() AND c.revoked_at IS NULL AND o.is_active"""
_SEEN = "a.principal = $1 AND a.revoked_at IS NULL AND a.kind <> 'release'"
_LIST = f"""PREPARE list AS WITH page AS (
    SELECT a.incident_id, a.reported_at FROM missingcases_audiencerow a
    WHERE {_SEEN} AND (a.reported_at, a.incident_id) < ($2::timestamptz, $3::bigint)
    ORDER BY a.reported_at DESC, a.incident_id DESC LIMIT 50)
    SELECT json_agg({INCIDENT_JSON} ORDER BY a.reported_at DESC, a.incident_id DESC)::text
    FROM page a {JOINED}"""
_CHANGED = f"""PREPARE changed AS WITH page AS (
    SELECT a.incident_id, a.change FROM missingcases_audiencerow a
    WHERE a.principal = $1 AND a.kind <> 'release' AND (a.change_xid, a.change) > ($2::bigint, $3::bigint)
    ORDER BY a.change_xid, a.change LIMIT 500)
    SELECT coalesce(json_agg({INCIDENT_JSON} ORDER BY a.change)::text, '[]') FROM page a {JOINED}"""
Start = Callable[[str, list[tuple[str, str]]], Any]


class Raw:
    """The WSGI function and its connection."""

    def __init__(self) -> None:
        given = connection.get_connection_params()
        given.pop("cursor_factory", None)
        given.pop("context", None)
        self._connection = psycopg2.connect(**given)
        self._connection.autocommit = True
        self._cursor = self._connection.cursor()
        for statement in (_TOKEN, _LIST, _CHANGED):
            self._cursor.execute(statement)

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def changed(self, organisation_id: int, xid: str, change: str) -> str:
        """The bare query of five hundred changes."""
        self._cursor.execute("EXECUTE changed (%s, %s, %s)", [f"o:{organisation_id}", xid, change])
        return str(self._cursor.fetchone()[0])

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """`/list?at=&id=` or `/changed?xid=&change=`."""
        token = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
        self._cursor.execute("EXECUTE token (%s)", [sha256(token.encode()).hexdigest()])
        held = self._cursor.fetchone()
        if held is None or "incidents:read" not in held[1]:
            start("401 Unauthorized", [])
            return [b""]
        asked = {name: found[0] for name, found in parse_qs(environ["QUERY_STRING"]).items()}
        if environ["PATH_INFO"] == "/list":
            self._cursor.execute("EXECUTE list (%s, %s, %s)", [f"o:{held[0]}", asked["at"], asked["id"]])
            body = self._cursor.fetchone()[0].encode()
        else:
            body = self.changed(held[0], asked["xid"], asked["change"]).encode()
        start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

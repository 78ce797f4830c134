"""The public site's own database role, as a fixture."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from psycopg2 import sql

from tests.isolation import with_path


@pytest.fixture(scope="session")
def public_server_url() -> Iterator[str]:
    """A server address under a role that may do nothing yet (`config.public_access.grant` changes that).

    The embedded server brings one; on a server of one's own it is made, for which the role in
    DATABASE_URL needs CREATEROLE there.
    """
    given = os.environ.get("PUBLIC_DATABASE_URL")
    if given:
        yield given
        return
    home = os.environ["DATABASE_URL"]
    role, password = f"public_{secrets.token_hex(4)}", secrets.token_hex(16)
    with psycopg2.connect(home) as connection, connection.cursor() as cursor:
        statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        cursor.execute(statement.format(sql.Identifier(role), sql.Literal(password)))
        # So that a database can be dropped under its last connection.
        cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    connection.close()
    parts = urlsplit(home)
    place = parts.netloc.rpartition("@")[2]
    yield urlunsplit(parts._replace(netloc=f"{role}:{password}@{place}"))
    with psycopg2.connect(home) as connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    connection.close()


def role_of(url: str) -> str:
    """The role an address signs in as."""
    return str(urlsplit(url).username)


def for_database(public_server_url: str, database_url: str) -> str:
    """The public role's address of that database, with its grants made there.

    `default` must point at it.
    """
    from config import public_access

    public_access.grant(role_of(public_server_url))
    return with_path(public_server_url, urlsplit(database_url).path.lstrip("/"))


@pytest.fixture
def public_database_url(committing_db: str, public_server_url: str) -> str:
    """`committing_db` under the public site's role."""
    return for_database(public_server_url, committing_db)

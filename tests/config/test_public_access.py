"""The public site works under a database role of its own: what is not listed, the database refuses."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg2 import errors
from twilio.request_validator import RequestValidator

from config.public_access import GRANTS
from foundation.messaging.models import RawCallback
from tests.fixtures_public_role import role_of
from tests.processes import wait_until

PAGES = ("/", "/accessibility/", "/privacy/", "/cookies/", "/robots.txt", "/health/live/", "/health/ready/")


def ask(url: str, data: dict[str, str] | None = None, **headers: str) -> int:
    """The status of a GET, or of a POST with `data`."""
    body = urllib.parse.urlencode(data).encode() if data is not None else None
    request = urllib.request.Request(
        url, data=body, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


@pytest.fixture
def as_public(public_database_url: str):
    """A connection such as a burglar in the public site would have."""
    found = psycopg2.connect(public_database_url)
    found.autocommit = True
    with found.cursor() as cursor:
        yield cursor
    found.close()


def signed(base: str, path: str, form: dict[str, str]) -> dict[str, str]:
    token = settings.TWILIO_AUTH_TOKEN
    return {"X_Twilio_Signature": RequestValidator(token).compute_signature(base + path, form)}


@pytest.mark.slow
def test_pages_and_webhooks_work_under_the_role(public_database_url, redis_url, processes) -> None:
    base = "https://help.example.org"
    site = processes.web(
        "public", "config.public_urls", DATABASE_URL=public_database_url, PUBLIC_BASE_URL=base
    )

    assert {path: ask(site + path) for path in PAGES} == dict.fromkeys(PAGES, 200)
    # A cookie of the staff site, or an invented one, is neither looked up nor a reason to fall over.
    assert ask(site + "/", Cookie="harbour=0123456789abcdefghijklmnopqrstuv") == 200

    receipt = {"MessageSid": "SM" + "1" * 32, "MessageStatus": "delivered", "To": "+447700900123"}
    reply = {"MessageSid": "SM" + "2" * 32, "From": "+447700900123", "To": "+447700900000", "Body": "safe"}
    status, inbound = "/webhooks/twilio/status?m=abc", "/webhooks/twilio/inbound"
    assert ask(site + status, receipt, **signed(base, status, receipt)) == 204
    assert ask(site + inbound, reply, **signed(base, inbound, reply)) == 200
    assert ask(site + inbound, reply, X_Twilio_Signature="forged") == 403

    kept = list(RawCallback.objects.order_by("pk").values_list("kind", "query", "signature_ok"))
    assert kept == [("status", "m=abc", True), ("inbound", "", True)]
    assert "Body=safe" in RawCallback.objects.get(kind="inbound").body


@pytest.mark.slow
def test_a_lost_redis_loses_no_receipt_under_the_role(public_database_url, processes) -> None:
    base = "https://help.example.org"
    nowhere = {"REDIS_URL": "redis://127.0.0.1:1/0", "PUBLIC_BASE_URL": base}
    site = processes.web("public", "config.public_urls", DATABASE_URL=public_database_url, **nowhere)
    receipt = {"MessageSid": "SM" + "1" * 32, "MessageStatus": "sent"}

    assert (
        ask(site + "/webhooks/twilio/status", receipt, **signed(base, "/webhooks/twilio/status", receipt))
        == 204
    )

    wait_until(lambda: RawCallback.objects.count() == 1, "the receipt to be kept")


def own_tables() -> list[str]:
    """Every table of ours; a view made for the public site to look through is no table."""
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models if model._meta.managed}
    return sorted({*tables, "cache_entry", "django_migrations"})


def test_the_database_refuses_to_show_anything_but_what_is_listed(as_public) -> None:
    readable = {apps.get_model(one.model)._meta.db_table: one.reads for one in GRANTS}
    refused = []
    for table in own_tables():
        try:
            as_public.execute(f'SELECT * FROM "{table}" LIMIT 1')
        except errors.InsufficientPrivilege:
            refused.append(table)
    assert refused == own_tables()
    for name in ("missingcases_incident", "missingcases_missingperson", "textsafe_conversation"):
        assert name in refused
        assert name not in readable


@pytest.mark.parametrize("one", GRANTS, ids=lambda one: one.model)
def test_listed_fields_are_readable_and_their_neighbours_are_not(as_public, one) -> None:
    meta = apps.get_model(one.model)._meta
    for field in meta.concrete_fields:
        statement = f'SELECT "{field.column}" FROM "{meta.db_table}" LIMIT 1'
        if field.name in one.reads:
            as_public.execute(statement)
        else:
            with pytest.raises(errors.InsufficientPrivilege):
                as_public.execute(statement)


@pytest.mark.parametrize(
    "verb",
    [
        'UPDATE "{}" SET id = id',
        'DELETE FROM "{}"',
        'TRUNCATE "{}"',
        'INSERT INTO "{}" DEFAULT VALUES',
        'ALTER TABLE "{}" ADD COLUMN own text',
        'DROP TABLE "{}"',
    ],
)
@pytest.mark.parametrize(
    "table", ["missingcases_incident", "audit_auditevent", "messaging_message", "accounts_user"]
)
def test_the_database_refuses_to_change_anything(as_public, verb: str, table: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        as_public.execute(verb.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE own (id int)",
        "CREATE TEMPORARY TABLE own (id int)",
        "SET ROLE postgres",
        "SELECT pg_read_file('/etc/passwd')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_the_role_has_no_power_of_its_own(as_public, statement: str) -> None:
    with pytest.raises((errors.InsufficientPrivilege, errors.InvalidParameterValue)):
        as_public.execute(statement)


def test_what_was_granted_by_hand_is_taken_back_at_the_next_upgrade(as_public, public_database_url) -> None:
    role = role_of(public_database_url)
    with connection.cursor() as cursor:
        cursor.execute(f'GRANT SELECT, UPDATE ON missingcases_incident TO "{role}"')
    as_public.execute("SELECT count(*) FROM missingcases_incident")

    call_command("prepare_database", "--public-role", role, verbosity=0)

    with pytest.raises(errors.InsufficientPrivilege):
        as_public.execute("SELECT count(*) FROM missingcases_incident")


@pytest.mark.parametrize("role", ["no_such_role", "own"])
def test_a_role_with_powers_or_none_at_all_is_not_taken(committing_db, role: str) -> None:
    name = role_of(committing_db) if role == "own" else role

    with pytest.raises(CommandError, match="role"):
        call_command("prepare_database", "--public-role", name, verbosity=0)

"""Statements that are prepared once a connection."""

from __future__ import annotations

import pytest
from django.db import connection

from foundation import prepared

pytestmark = pytest.mark.django_db


def statements() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return {row[0] for row in cursor.fetchall()}


def test_a_statement_is_prepared_once_and_answers_for_every_value() -> None:
    sql = "SELECT %(one)s::int + %(one)s::int, %(many)s::text[]"
    before = statements()
    assert prepared.fetch_row(sql, {"one": 2, "many": ["a"]}) == (4, ["a"])
    assert prepared.fetch_row(sql, {"one": 3, "many": []}) == (6, [])
    assert len(statements() - before) == 1


def test_no_row_is_none() -> None:
    assert prepared.fetch_row("SELECT 1 WHERE %(no)s::bool", {"no": False}) is None


def test_past_the_most_a_statement_is_sent_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST", 0)
    before = statements()
    assert prepared.fetch_row("SELECT %(x)s::int * 7", {"x": 6}) == (42,)
    assert statements() == before


def test_no_value_is_written_into_the_statement() -> None:
    said = "'; DROP TABLE missingcases_incident; --"
    assert prepared.fetch_row("SELECT %(said)s::text", {"said": said}) == (said,)

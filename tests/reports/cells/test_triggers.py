"""The database notes exactly what is declared; a change of the declarations needs its migration."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from foundation.places.models import Area
from missingcases.models import FlagSnapshot, Incident
from reports.cells import families, sources, triggers
from reports.cells.declared import Family
from reports.cells.dimensions import HARM, VULNERABILITY
from reports.models import Delta
from tests.missingcases import making


def test_the_functions_in_the_database_are_those_that_are_declared(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'reports_note_%'")
        there = dict(cursor.fetchall())
        cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'reports_%'")
        placed = set(cursor.fetchall())
    declared = triggers.functions()
    assert set(there) == set(declared)
    for name, source in there.items():
        assert source.strip() in declared[name], f"{name}: install the triggers anew by a migration"
    tables = {watch.table for watch in sources.WATCHES}
    names = ("reports_added", "reports_gone", "reports_changed")
    assert placed == {(name, table) for table in tables for name in names}


def test_every_family_is_of_a_source_and_every_key_that_is_noted_is_expanded() -> None:
    known = {one.name for one in sources.SOURCES}
    assert {one.source for one in families.FAMILIES} <= known
    expanded = {what for one in sources.SOURCES for what in one.expand}
    assert {watch.what for watch in sources.WATCHES} == expanded
    with pytest.raises(ValueError, match="many-valued"):
        Family("x", "incident", (HARM, VULNERABILITY))


def test_what_is_not_counted_notes_nothing_and_one_statement_notes_each_row_once(met_officer) -> None:
    made = [making.report(met_officer.actor) for _ in range(3)]
    Delta.objects.all().delete()
    Incident.objects.update(last_seen_place="By the river", version=7)
    assert not Delta.objects.exists()
    Incident.objects.update(risk_level="")
    assert not Delta.objects.exists()
    area = Area.objects.order_by("pk")[0]
    Incident.objects.update(last_seen_area=area)
    assert sorted(Delta.objects.values_list("what", "record_id")) == [("incident", one.pk) for one in made]


def test_several_rows_of_one_statement_are_noted_like_one_and_under_both_of_their_keys(met_officer) -> None:
    first, second, third = (making.report(met_officer.actor).pk for _ in range(3))
    given = {"incident_id": first, "status": "confirmed", "taken_at": timezone.now()}
    flags = [FlagSnapshot.objects.create(kind=kind, **given) for kind in ("trafficking", "self_harm")]
    for moved, to in ((flags[:1], second), (flags, third)):
        Delta.objects.all().delete()
        before = {FlagSnapshot.objects.get(pk=one.pk).incident_id for one in moved}
        FlagSnapshot.objects.filter(pk__in=[one.pk for one in moved]).update(incident_id=to)
        noted = sorted(Delta.objects.values_list("what", "record_id"))
        assert noted == sorted(("incident", one) for one in {*before, to})
    Delta.objects.all().delete()
    FlagSnapshot.objects.filter(pk__in=[one.pk for one in flags]).update(incident_id=third)
    assert not Delta.objects.exists()

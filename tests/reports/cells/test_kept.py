"""What is kept is what is there, whatever was done: by services, by statements, folded, waiting or anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from missingcases.models import FlagSnapshot, Incident, MissingPerson
from reports import periods
from reports.cells import folding, proving, reading, rebuilding
from reports.cells.families import FAMILIES
from reports.periods import Period
from tests.missingcases import making

NAMES = [one.name for one in FAMILIES]
YEAR = periods.calendar_year(timezone.localdate().year)
PERIODS = (YEAR, YEAR.before(), Period(YEAR.start + timedelta(days=9), YEAR.end))


def looked(force_id: int | None = None) -> list[object]:
    """Everything that reading can say of these periods, by cells and by facts."""
    return [
        reading.counts(NAMES, period=period, force_id=force_id, by=by).found
        for period in PERIODS
        for by in (None, "m")
    ]


def proven() -> list[str]:
    return proving.prove().differing


def anew() -> list[object]:
    """What is read once everything was counted anew; nothing stays of that."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before_anew")
        rebuilding.rebuild()
        found = looked()
        cursor.execute("ROLLBACK TO SAVEPOINT before_anew")
    return found


def test_verbs_of_the_services_count_at_once_and_stay(met_officer, met_supervisor) -> None:
    incident = making.report(met_officer.actor, sex="female", date_of_birth=making.child_born())
    before = looked()
    assert reading.counts(["incidents"], period=YEAR).total("incidents", age_group="child") == 1
    folding.fold_all()
    assert looked() == before
    making.missing(met_supervisor.actor, incident, "high")
    now = reading.counts(["risk_sex_age"], period=YEAR)
    assert now.by("risk_sex_age", "risk") == {"high": 1}
    making.located(met_officer.actor, incident)
    found = reading.counts(["found_by", "duration"], period=YEAR)
    assert found.by("found_by", "found_by") == {"police": 1}
    assert "still" not in found.by("duration", "duration")
    assert looked() == anew()
    folding.fold_all()
    assert looked() == anew()
    assert proven() == []


def test_a_cancelled_incident_counts_no_more(met_officer) -> None:
    one, _ = making.report(met_officer.actor), making.report(met_officer.actor)
    folding.fold_all()
    Incident.objects.filter(pk=one.pk).update(
        status="cancelled", outcome="cancelled", cancel_reason="not_missing"
    )
    assert reading.counts(["incidents"], period=YEAR).total("incidents") == 1
    assert folding.fold_all()
    assert reading.counts(["incidents"], period=YEAR).total("incidents") == 1
    assert reading.counts(["individuals"], period=YEAR).total("individuals") == 1
    assert proven() == []


def test_two_records_of_one_person_are_one_person_after_they_are_merged(met_officer) -> None:
    one, other = making.report(met_officer.actor), making.report(met_officer.actor)
    folding.fold_all()
    assert reading.counts(["individuals"], period=YEAR).total("individuals") == 2
    Incident.objects.filter(pk=other.pk).update(person_id=one.person_id)
    assert reading.counts(["individuals"], period=YEAR).total("individuals") == 1
    folding.fold_all()
    assert reading.counts(["individuals"], period=YEAR).total("individuals") == 1
    assert reading.counts(["individuals"], period=Period(YEAR.start, YEAR.end - timedelta(days=1))).found
    assert proven() == []


def test_areas_and_odd_days_are_counted_too(met_officer, met) -> None:
    making.report(met_officer.actor)
    odd = Period(YEAR.start + timedelta(days=1), YEAR.end)
    for areas in (None, (0,)):
        asked = {"period": odd, "force_id": met.pk, "areas": areas}
        waiting = reading.counts(NAMES, **asked).found
        folding.fold_all()
        assert reading.counts(NAMES, **asked).found == waiting
    assert reading.counts(["incidents"], period=odd, force_id=met.pk).total("incidents") == 1
    assert reading.counts(["incidents"], period=odd, force_id=-1).total("incidents") == 0


CHANGES = some.sampled_from(
    [
        {"age_at_report": 12},
        {"age_at_report": 40},
        {"age_at_report": None},
        {"risk_level": "high"},
        {"risk_level": ""},
        {"harm": ["other", "sexual_offence"]},
        {"harm": []},
        {"looked_after": "yes"},
        {"force_reference": ""},
        {"distance_km": "7.5"},
    ]
)
STEPS = some.lists(
    some.tuples(
        some.sampled_from(["report", "change", "move", "sex", "merge", "give", "flag", "unflag", "fold"]),
        some.integers(0, 5),
        CHANGES,
    ),
    min_size=1,
    max_size=14,
)


@pytest.mark.django_db
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
    phases=[Phase.generate],  # a course is short, and shrinking it takes minutes of the whole run
)
@given(steps=STEPS)
def test_any_course_of_things_leaves_kept_as_it_is(met_officer, kent, steps) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before_all")
    for what, which, change in steps:
        _do(what, which, change, met_officer.actor, kent.pk)
    read, fresh = looked(), anew()
    assert read == fresh
    folding.fold_all()
    assert looked() == fresh
    assert proven() == []
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK TO SAVEPOINT before_all")


def _do(what, which, change, actor, other_force) -> None:
    known = list(Incident.objects.order_by("pk"))
    if what == "fold":
        folding.fold(which + 1)
    elif what == "report" or not known:
        day = timezone.now() - timedelta(days=40 * which)
        made = making.report(actor, sex="male")
        Incident.objects.filter(pk=made.pk).update(reported_at=day)
    else:
        _change(what, Incident.objects.filter(pk=known[which % len(known)].pk), known, change, other_force)


def _change(what, one, known, change, other_force) -> None:
    incident = one.get()
    if what == "change":
        one.update(**change)
    elif what == "move":
        Incident.objects.update(reported_at=incident.reported_at - timedelta(days=31))
    elif what == "sex":
        MissingPerson.objects.filter(pk=incident.person_id).update(sex="female")
    elif what == "merge":
        one.update(person_id=known[0].person_id)
    elif what == "give":
        one.update(owner_id=other_force)
    elif what == "flag":
        FlagSnapshot.objects.update_or_create(
            incident=incident, kind="cse", defaults={"status": "suspected", "taken_at": timezone.now()}
        )
    else:
        FlagSnapshot.objects.filter(incident=incident).delete()


def test_a_proof_that_fails_names_what_differs(met_officer) -> None:
    making.report(met_officer.actor)
    folding.fold_all()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_cell SET count = count + 1 WHERE grain = 'm' AND scope = 0")
        cursor.execute("UPDATE reports_fact SET day = %s WHERE source = 1", [date(2020, 1, 1)])
    named = proven()
    assert any(line.startswith("incident ") for line in named)
    assert any(line.startswith("incidents:") and "kept" in line for line in named)
    rebuilding.rebuild()
    assert proven() == []

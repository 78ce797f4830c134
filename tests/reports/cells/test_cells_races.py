"""Eight writers, a folder that dies, readers meanwhile: nothing is lost and nothing counted twice."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils import timezone

from missingcases.models import Incident, MissingPerson
from reports import periods
from reports.cells import folding, proving, reading
from reports.models import Delta
from tests.missingcases import making

YEAR = periods.calendar_year(timezone.localdate().year)
WRITERS, TURNS = 8, 6


class Killed(Exception):
    """What a folder dies of here."""


def together(jobs) -> list[BaseException]:
    """Run them at once, each on its own connection; what they raised."""
    raised: list[BaseException] = []

    def run(job) -> None:
        try:
            job()
        except BaseException as problem:
            raised.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return raised


def test_eight_writers_and_a_folder_leave_kept_as_it_is(committing_db, met_officer) -> None:
    incidents = [making.report(met_officer.actor) for _ in range(WRITERS)]
    totals: set[int] = set()

    def write(one: Incident):
        def job() -> None:
            for turn in range(TURNS):
                Incident.objects.filter(pk=one.pk).update(age_at_report=10 + turn)
                MissingPerson.objects.filter(pk=incidents[0].person_id).update(
                    sex="male" if turn % 2 else "female"
                )
                Incident.objects.filter(pk=one.pk).update(person_id=incidents[turn].person_id)

        return job

    def fold() -> None:
        for _ in range(TURNS * 3):
            folding.fold(3)

    def read() -> None:
        for _ in range(TURNS * 3):
            totals.add(reading.counts(["incidents"], period=YEAR).total("incidents"))

    assert together([*(write(one) for one in incidents), fold, fold, read]) == []
    assert totals == {WRITERS}
    folding.fold_all()
    assert proving.prove().differing == []
    assert reading.counts(["individuals"], period=YEAR).total("individuals") == 1


def test_a_folder_killed_in_the_middle_has_done_nothing(committing_db, met_officer) -> None:
    for _ in range(3):
        making.report(met_officer.actor)
    waiting = Delta.objects.count()

    def die(execute, sql, params, many, context):
        if "INSERT INTO reports_fact" in sql:
            raise Killed
        return execute(sql, params, many, context)

    with pytest.raises(Killed), connection.execute_wrapper(die):
        folding.fold()
    assert Delta.objects.count() == waiting
    assert reading.counts(["incidents"], period=YEAR).total("incidents") == 3
    folding.fold_all()
    assert reading.counts(["incidents"], period=YEAR).total("incidents") == 3
    assert proving.prove().differing == []

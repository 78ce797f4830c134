"""What a form says when it is sent empty, what a file holds that is asked for, and what an import tells."""

from __future__ import annotations

import csv
import io

import pytest

from foundation.accounts.models import Organisation
from missingcases.imports import selectors as imports
from missingcases.imports import services as importing
from missingcases.models import Incident, MissingPerson
from missingcases.search import services as search
from missingcases.selectors import Filters
from tests import worlds
from tests.missingcases.imports.files import GOOD, as_csv
from tests.walls.matrix import walking

pytestmark = pytest.mark.xdist_group("settling")


@pytest.mark.parametrize(
    "name",
    [
        "police_superintendent@metropolitan",
        "police_superintendent@kent",
        "charity_manager@missing-people",
    ],
)
def test_no_form_that_is_refused_says_what_is_hidden(matrix, any_database, name) -> None:
    """Each is sent with nothing in it, and what it did is undone before the next."""
    walk, found, sent = walking.Walk(matrix.viewer(name)), [], 0
    for one in matrix.interfaces:
        if one.is_api or walk.is_shut_out(one):
            continue
        with worlds.undone():
            answer = walk.client.post(one.path, {})
            found.append(walking.Seen(walk.viewer, one, answer.status_code, walking.markers_of(answer)))
            sent += 1
    assert sent > 100
    assert matrix.denied.leaks(found) == []
    assert {one.interface.name for one in found if one.status >= 500} == set()


@pytest.mark.parametrize("name", ["police_superintendent@metropolitan", "police_superintendent@kent"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_what_its_owner_may_know(matrix, any_database, name, kind) -> None:
    walk = walking.Walk(matrix.viewer(name))
    export = search.ask_for_export(actor=walk.actor, filters=Filters(), kind=kind)
    export = search.run(export_id=export.pk)
    answer = walk.get(f"/search/exports/{export.reference}/file/")
    assert answer.status_code == 200
    (one,) = [place for place in matrix.interfaces if place.name == "search:download"]
    seen = walking.Seen(walk.viewer, one, 200, walking.markers_of(answer))
    assert matrix.denied.leaks([seen]) == []
    assert bool(seen.markers) is (walk.viewer.place == "metropolitan")


def test_nobody_fetches_the_export_of_another(matrix, any_database) -> None:
    owner = walking.Walk(matrix.viewer("police_superintendent@metropolitan"))
    export = search.ask_for_export(actor=owner.actor, filters=Filters(), kind="csv")
    export = search.run(export_id=export.pk)
    for viewer in matrix.viewers:
        if viewer.member is not None and viewer.name != owner.viewer.name:
            answer = walking.Walk(viewer).get(f"/search/exports/{export.reference}/file/")
            assert answer.status_code in {302, 403, 404}, viewer.name
            assert walking.markers_of(answer) & matrix.world.marks.keys() == frozenset()


def test_an_import_that_names_anothers_record_changes_and_tells_nothing(matrix, any_database) -> None:
    """Kent's file with the references, names and numbers of the Met's record, and one with nobody's."""
    theirs = matrix.world.filled.incident
    before = Incident.objects.filter(pk=theirs.pk).values().get()
    person = MissingPerson.objects.filter(pk=theirs.person_id).values().get()
    planted = Incident.objects.get(pk=theirs.pk)
    named = {"force_reference": planted.force_reference, "given_names": planted.person.given_names}
    nobodys = {"force_reference": "zq0000wx", "given_names": "zq0000wx"}
    told = [_told(matrix, {**GOOD, **given, "outcome": "Eaten"}) for given in (named, nobodys)]
    assert told[0] == told[1]
    made = [_told(matrix, {**GOOD, **given}) for given in (named, nobodys)]
    assert made[0] == made[1]
    assert Incident.objects.filter(pk=theirs.pk).values().get() == before
    assert MissingPerson.objects.filter(pk=theirs.person_id).values().get() == person
    assert Incident.objects.filter(force_reference=planted.force_reference).count() == 2


def _told(matrix, row: dict[str, object]) -> tuple[object, ...]:
    """All that an import of this one row tells, less what was in the row."""
    actor = matrix.viewer("police_superintendent@kent").member.actor
    batch = importing.receive_file(
        actor=actor,
        organisation_id=Organisation.objects.get(code="kent").pk,
        name="cases.csv",
        content=io.BytesIO(as_csv(row)),
        is_dry_run=False,
        kick=False,
    )
    batch = importing.run(batch_id=batch.pk)
    wrong = list(csv.DictReader(io.StringIO("".join(imports.error_file(batch)))))
    told = [one["what_is_wrong"] for one in wrong]
    return batch.status, batch.created, batch.unchanged, batch.bad, batch.problem, *told

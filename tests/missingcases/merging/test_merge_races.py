"""Two hands on the same records, with real threads and real commits."""

from __future__ import annotations

import pytest

from foundation.exceptions import Conflict
from missingcases import services as cases
from missingcases.matching.models import LikelyPair, PairStatus
from missingcases.merging import selectors, services
from missingcases.merging.models import PersonMerge
from missingcases.models import Incident, MissingPerson
from tests.missingcases import making
from tests.missingcases.test_races import at_once

pytestmark = pytest.mark.usefixtures("committing_db")


@pytest.fixture
def pair(met_officer) -> tuple[Incident, Incident]:
    return making.report(met_officer.actor), making.report(met_officer.actor, given_names="Lex")


def merging(actor, keep: Incident, gone: Incident):
    kept, other = keep.person.reference, gone.person.reference
    return lambda: services.merge_people(actor=actor, keep=kept, gone=other, reason="Same number.")


def test_two_who_merge_each_way_leave_one_record(pair, met_supervisor, met_inspector) -> None:
    first, second = pair
    done, told = at_once(
        merging(met_supervisor.actor, first, second), merging(met_inspector.actor, second, first)
    )
    assert (done, len(told)) == (1, 1)
    assert MissingPerson.objects.filter(merged_into__isnull=False).count() == 1
    kept = PersonMerge.objects.get().kept_id
    assert set(Incident.objects.values_list("person", flat=True)) == {kept}


def test_a_merge_during_an_open_edit_loses_neither(pair, met_officer, met_supervisor) -> None:
    kept, gone = pair
    officer = met_officer.actor
    version = gone.person.version
    done, _ = at_once(
        merging(met_supervisor.actor, kept, gone),
        lambda: cases.edit_person(
            actor=officer, incident_id=gone.pk, version=version, changes={"sex": "female"}
        ),
    )
    gone.refresh_from_db()
    assert gone.person_id == kept.person_id
    assert done in {1, 2}  # edited before the merge, or told afterwards that the person changed


def test_a_form_open_on_either_record_is_out_of_date(pair, met_officer, met_supervisor) -> None:
    kept, gone = pair
    actor = met_officer.actor
    cases.edit_person(actor=actor, incident_id=gone.pk, version=1, changes={"sex": "female"})
    merging(met_supervisor.actor, kept, gone)()
    for version in (1, 2):
        with pytest.raises(Conflict):
            cases.edit_person(actor=actor, incident_id=gone.pk, version=version, changes={"sex": "male"})


def test_an_incident_reported_during_a_merge_is_on_the_kept_record(pair, met_officer, met_supervisor) -> None:
    kept, gone = pair
    officer, reference = met_officer.actor, gone.person.reference
    at_once(
        merging(met_supervisor.actor, kept, gone),
        lambda: making.report(officer, person_reference=reference),
    )
    merged = PersonMerge.objects.exists()
    assert Incident.objects.count() == 3
    if merged:
        assert set(Incident.objects.values_list("person", flat=True)) == {kept.person_id}


def test_a_merge_is_undone_once(pair, met_supervisor, met_inspector) -> None:
    kept, gone = pair
    merge = merging(met_supervisor.actor, kept, gone)()

    def undo(actor):
        return lambda: services.undo_merge(
            actor=actor, person=kept.person.reference, merge=merge.reference, reason="Brothers."
        )

    done, told = at_once(undo(met_supervisor.actor), undo(met_inspector.actor))
    assert (done, len(told)) == (1, 1)
    gone.refresh_from_db()
    assert gone.person_id == merge.gone_id


def test_a_pair_merged_and_told_apart_at_once_is_decided_once_and_for_all(
    pair, met_supervisor, met_officer
) -> None:
    kept, gone = pair
    LikelyPair.objects.create(
        organisation=met_officer.organisation, first=kept.person, second=gone.person, score=30, reasons=[]
    )
    one, other = kept.person.reference, gone.person.reference
    officer = met_officer.actor
    at_once(
        merging(met_supervisor.actor, kept, gone),
        lambda: services.tell_apart(actor=officer, person=one, other=other),
        lambda: services.look_for_duplicates(organisation_id=met_officer.organisation.pk),
    )
    merged = MissingPerson.objects.filter(merged_into__isnull=False).exists()
    stands = LikelyPair.objects.values_list("status", flat=True).first()
    assert (stands == PairStatus.MERGED) == (merged and stands is not None)
    assert not selectors.pairs_page(met_supervisor.actor, PairStatus.TO_DECIDE, None)[0]

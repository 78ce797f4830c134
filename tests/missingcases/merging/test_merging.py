"""Two records of one person made one, and divided again with everything back in its place."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, Invalid, NotVisible
from missingcases import services as cases
from missingcases.merging import selectors, services
from missingcases.merging.models import NotTheSame, PersonMerge
from missingcases.merging.rows import of_people, stood
from missingcases.models import Address, Alias, Flag, FlagChange, FlagSnapshot, Incident, MissingPerson, Phone
from tests.cast import Member
from tests.missingcases import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(met_officer: Member) -> Incident:
    found = making.report(
        met_officer.actor, given_names="Alex", family_name="Moor", date_of_birth=date(2011, 3, 4)
    )
    add_phone(met_officer, found, "07700 900111")
    return found


@pytest.fixture
def gone(met_officer: Member) -> Incident:
    found = making.report(met_officer.actor, given_names="Alexander", family_name="Moor", aliases=("Lex",))
    add_phone(met_officer, found, "07700 900111")
    add_phone(met_officer, found, "07700 900112")
    Address.objects.create(person=found.person, text="1 Quay Street")
    return found


def add_phone(officer: Member, incident: Incident, number: str) -> None:
    cases.add_phone(actor=officer.actor, incident_id=incident.pk, phone=cases.PhoneDetails(number=number))


def flag(officer: Member, incident: Incident, kind: str, status: str) -> None:
    cases.set_flag(
        actor=officer.actor, incident_id=incident.pk, kind=kind, status=status, source="Aunt", version=0
    )


def merge(by: Member, kept: Incident, gone: Incident, **more) -> PersonMerge:
    return services.merge_people(
        actor=by.actor,
        keep=kept.person.reference,
        gone=gone.person.reference,
        reason="Same telephone.",
        **more,
    )


def undo(by: Member, done: PersonMerge) -> PersonMerge:
    return services.undo_merge(
        actor=by.actor, person=done.kept.reference, merge=done.reference, reason="Two brothers."
    )


def everything(*people: int) -> dict:
    """Every row that hangs on these people and moves, and the people themselves."""
    found = {("person", pk): row for pk, row in stood("missingcases.MissingPerson", people).items()}
    for one in of_people():
        if one.key == "person":
            ids = [pk for person in people for pk in _ids(one, person)]
            found |= {(one.model, pk): row for pk, row in stood(one.model, ids).items()}
    return found


def _ids(one, person: int) -> list[int]:
    from missingcases.merging.rows import ids_of

    return ids_of(one, person)


def test_everything_follows_and_nothing_is_there_twice(kept, gone, met_supervisor: Member) -> None:
    done = merge(met_supervisor, kept, gone)
    gone.refresh_from_db()
    assert gone.person_id == kept.person_id
    assert Phone.objects.filter(person=kept.person).count() == 2
    assert Address.objects.filter(person=kept.person).count() == 1
    names = Alias.objects.filter(person=kept.person).values_list("name", flat=True)
    assert sorted(names) == ["Alexander Moor", "Lex"], "they are still found by the other name"
    assert done.gone.merged_into_id == kept.person_id
    told = AuditEvent.objects.get(action="person.merged")
    assert sorted(told.target_ids) == sorted([done.kept_id, done.gone_id])


def test_what_was_right_on_the_other_record_is_taken_over(kept, gone, met_supervisor: Member) -> None:
    merge(met_supervisor, kept, gone, take=("name",))
    person = MissingPerson.objects.get(pk=kept.person_id)
    assert (person.full_name, person.date_of_birth) == ("Alexander Moor", date(2011, 3, 4))
    assert list(person.aliases.filter(name="Alex Moor")) != []
    gone.refresh_from_db()
    assert gone.age_at_report == kept.age_at_report, "the date of birth holds for every incident"


def test_an_undo_brings_every_row_back(kept, gone, met_officer: Member, met_supervisor: Member) -> None:
    flag(met_officer, kept, "cse", "suspected")
    flag(met_officer, gone, "cse", "confirmed")
    flag(met_officer, gone, "suicide", "suspected")
    people = (kept.person_id, gone.person_id)
    before = everything(*people)
    done = merge(met_supervisor, kept, gone, take=("name",))
    assert Flag.objects.get(person=kept.person, kind="cse").status == "confirmed"

    undone = undo(met_supervisor, done)

    assert everything(*people) == before
    assert undone.left == {}
    assert list(FlagSnapshot.objects.filter(incident=kept).values_list("kind", "status")) == [
        ("cse", "suspected")
    ]
    assert FlagChange.objects.filter(flag__person=kept.person, reason__contains="undone").exists()
    assert AuditEvent.objects.filter(action="person.merge_undone").count() == 1


def test_later_edits_stay_with_the_kept_person_and_are_told(kept, gone, met_officer, met_supervisor) -> None:
    flag(met_officer, kept, "cse", "suspected")
    flag(met_officer, gone, "cse", "confirmed")
    done = merge(met_supervisor, kept, gone, take=("name",))
    person = MissingPerson.objects.get(pk=kept.person_id)
    cases.edit_person(
        actor=met_officer.actor,
        incident_id=kept.pk,
        version=person.version,
        changes={"given_names": "Aleksander"},
        aliases=("Alex Moor",),  # Lex is taken out
    )
    later = making.report(met_officer.actor, person_reference=kept.person.reference)
    moved = Phone.objects.get(person=kept.person, number_key=cases.people.number_key("+447700900112"))
    Phone.objects.filter(pk=moved.pk).update(note="Rings out")

    undone = undo(met_supervisor, done)

    person.refresh_from_db()
    assert person.given_names == "Aleksander"
    assert Phone.objects.get(pk=moved.pk).person_id == gone.person_id, "a number comes back as it stands"
    assert undone.left == {"missingcases.Alias": 1, "missingcases.MissingPerson": 2}
    assert list(selectors.since(done)) == [later]


def test_a_merged_reference_leads_to_the_kept_one(
    kept, gone, met_officer, met_supervisor, kent_officer
) -> None:
    merge(met_supervisor, kept, gone)
    found = selectors.person_named(met_officer.actor, gone.person.reference)
    assert found.pk == kept.person_id
    with pytest.raises(NotVisible):
        selectors.person_named(kent_officer.actor, gone.person.reference)
    again = making.report(met_officer.actor, person_reference=gone.person.reference)
    assert again.person_id == kept.person_id


def test_of_a_chain_the_latest_is_undone_first(kept, gone, met_officer, met_supervisor) -> None:
    third = making.report(met_officer.actor, given_names="Al", family_name="Moor")
    first = merge(met_supervisor, kept, gone)
    second = merge(met_supervisor, third, kept)
    with pytest.raises(NotVisible):
        undo(met_supervisor, first)  # it hangs on a record that is merged itself
    undo(met_supervisor, second)
    undo(met_supervisor, PersonMerge.objects.get(pk=first.pk))
    assert MissingPerson.objects.filter(merged_into__isnull=False).count() == 0
    assert len(set(Incident.objects.values_list("person", flat=True))) == 3


def test_an_incident_that_another_force_took_since_is_left(
    kept, gone, met_supervisor, kent, kent_supervisor
) -> None:
    done = merge(met_supervisor, kept, gone)
    offer = cases.offer_transfer(
        actor=met_supervisor.actor, incident_id=gone.pk, to_organisation_id=kent.pk, reason="Lives there."
    )
    cases.accept_transfer(actor=kent_supervisor.actor, transfer_id=offer.pk)
    undone = undo(met_supervisor, done)
    assert undone.left["missingcases.Incident"] == 1
    assert Incident.objects.get(pk=gone.pk).person.organisation_id == kent.pk


def test_only_those_who_may_merge_do(kept, gone, met_officer, kent_supervisor, caseworker) -> None:
    with pytest.raises(Refused):
        merge(met_officer, kept, gone)
    for stranger in (kent_supervisor, caseworker):
        with pytest.raises(NotVisible):
            merge(stranger, kept, gone)
    assert PersonMerge.objects.count() == 0


def test_a_merge_says_why_and_starts_from_what_was_read(kept, gone, met_officer, met_supervisor) -> None:
    version = MissingPerson.objects.get(pk=kept.person_id).version
    cases.edit_person(
        actor=met_officer.actor, incident_id=kept.pk, version=version, changes={"sex": "female"}
    )
    with pytest.raises(Conflict):
        merge(met_supervisor, kept, gone, keep_version=version)
    with pytest.raises(Invalid):
        services.merge_people(
            actor=met_supervisor.actor, keep=kept.person.reference, gone=gone.person.reference, reason=" "
        )


def test_not_the_same_is_remembered_for_good(kept, met_officer, met_supervisor) -> None:
    twin = making.report(
        met_officer.actor, given_names="Alex", family_name="Moor", date_of_birth=date(2011, 3, 4)
    )
    person = kept.person
    assert [one.person.pk for one in selectors.likely_duplicates(met_officer.actor, person)] == [
        twin.person_id
    ]
    for _ in range(2):
        services.tell_apart(actor=met_officer.actor, person=twin.person.reference, other=person.reference)
    assert selectors.likely_duplicates(met_officer.actor, person) == ()
    assert selectors.likely_duplicates(met_officer.actor, twin.person) == ()
    assert NotTheSame.objects.count() == 1

    third = making.report(met_officer.actor, given_names="A", family_name="Moor")
    merge(met_supervisor, third, twin)
    assert third.person_id in selectors.told_apart(person.pk), "what was decided of it holds for the kept one"


def test_a_person_known_only_by_a_restricted_incident_is_nobody(kept, met_officer, met_supervisor) -> None:
    cases.restrict_incident(actor=met_supervisor.actor, incident_id=kept.pk, reason="Staff.")
    with pytest.raises(NotVisible):
        selectors.person_named(met_officer.actor, kept.person.reference)

"""Merging two records of one person, answering them, and what is due for review."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.contributions import merges, subject_access
from missingcases import keeping
from missingcases.enums import FlagStatus, Sensitivity
from missingcases.models import Alias, Flag, FlagChange, FlagSnapshot, Incident, Note, Phone, TimelineEntry
from tests.cast import Member
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(met_officer: Member) -> tuple[Incident, Incident]:
    """Two incidents of the Met, each with a person record of its own; the first one's is kept."""
    return world.reported(met_officer.actor), world.reported(met_officer.actor)


def merge_people(keep: int, gone: int, actor) -> None:
    with transaction.atomic():
        for one in merges():
            if one.key == "person" and one.run:
                one.run(keep, gone, actor)


def flag(person_id: int, kind: str, status: str, **more: str) -> Flag:
    return Flag.objects.create(
        person_id=person_id, kind=kind, status=status, source="A call", recorded_at=timezone.now(), **more
    )


def test_every_disappearance_is_on_the_record_that_is_kept(pair, met_officer: Member) -> None:
    kept, gone = pair
    assert kept.person_id != gone.person_id

    merge_people(kept.person_id, gone.person_id, met_officer.actor)

    gone.refresh_from_db()
    assert gone.person_id == kept.person_id
    told = AuditEvent.objects.filter(action="record.merged", target="missingcases.Incident").latest("id")
    assert told.target_ids == [gone.pk] or told.target_id == gone.pk


def test_a_name_or_number_known_to_both_is_there_once(pair, met_officer: Member) -> None:
    kept, gone = pair
    for person_id in (kept.person_id, gone.person_id):
        Alias.objects.create(person_id=person_id, name="Jojo")
        Phone.objects.create(person_id=person_id, number="+447700900111", number_key="same")
    Alias.objects.create(person_id=gone.person_id, name="Jo")
    Phone.objects.create(person_id=gone.person_id, number="+447700900112", number_key="other")

    merge_people(kept.person_id, gone.person_id, met_officer.actor)

    names = Alias.objects.filter(person_id=kept.person_id).values_list("name", flat=True)
    assert sorted(names) == ["Jo", "Jojo"]
    keys = Phone.objects.filter(person_id=kept.person_id, number_key__in=["same", "other"])
    assert sorted(keys.values_list("number_key", flat=True)) == ["other", "same"]


@pytest.mark.parametrize(
    ("kept_status", "gone_status", "stands"),
    [
        (FlagStatus.RULED_OUT, FlagStatus.CONFIRMED, FlagStatus.CONFIRMED),
        (FlagStatus.SUSPECTED, FlagStatus.CONFIRMED, FlagStatus.CONFIRMED),
        (FlagStatus.CONFIRMED, FlagStatus.RULED_OUT, FlagStatus.CONFIRMED),
        (FlagStatus.SUSPECTED, FlagStatus.SUSPECTED, FlagStatus.SUSPECTED),
    ],
)
def test_of_two_flags_of_a_kind_the_firmer_stands(
    pair, met_officer, kept_status, gone_status, stands
) -> None:
    kept, gone = pair
    mine = flag(kept.person_id, "suicide", kept_status)
    flag(gone.person_id, "suicide", gone_status)

    merge_people(kept.person_id, gone.person_id, met_officer.actor)

    mine.refresh_from_db()
    assert mine.status == stands
    assert FlagChange.objects.filter(flag=mine).exists() == (kept_status != stands)
    assert FlagSnapshot.objects.get(incident=kept, kind="suicide").status == stands


def test_a_flag_for_the_owner_force_only_stays_that(pair, met_officer: Member) -> None:
    kept, gone = pair
    mine = flag(kept.person_id, "suicide", FlagStatus.CONFIRMED)
    flag(gone.person_id, "suicide", FlagStatus.SUSPECTED, sensitivity=Sensitivity.OWNER_ONLY)

    merge_people(kept.person_id, gone.person_id, met_officer.actor)

    mine.refresh_from_db()
    assert (mine.status, mine.sensitivity) == (FlagStatus.CONFIRMED, Sensitivity.OWNER_ONLY)


def told(model: str, ids, actor) -> list:
    return [record for one in subject_access() if one.model == model for record in one.select(ids, actor)]


def test_a_person_is_answered_in_words_by_their_own_force_alone(
    pair, met_officer: Member, kent_officer: Member, caseworker: Member
) -> None:
    kept, _ = pair
    (mine,) = told("missingcases.Incident", [kept.person_id], met_officer.actor)
    assert ("Reference", kept.reference) in mine.fields
    assert ("Status", "Reported") in mine.fields
    for stranger in (kent_officer, caseworker):
        assert told("missingcases.Incident", [kept.person_id], stranger.actor) == []
        assert told("missingcases.MissingPerson", [kept.person_id], stranger.actor) == []


def test_every_kind_of_record_can_be_told(pair, met_officer: Member, met_supervisor: Member) -> None:
    """Each holding's fields, paths and times exist: a full incident is read through all of them."""
    incident = world.graded(pair[0], met_supervisor.actor)
    ids = {"person": [incident.person_id], "incident": [incident.pk], "pk": [incident.person_id]}
    found: dict[str, list] = {}
    for one in subject_access():
        if one.model.startswith("missingcases"):
            records = one.select(ids.get(one.key, [1]), met_officer.actor)
            found.setdefault(one.model, []).extend(records)
    assert set(found) == {one.model for one in keeping.HOLDINGS}
    told_of = {model for model, records in found.items() if records}
    assert {
        "missingcases.RiskAssessment",
        "missingcases.ReviewClock",
        "missingcases.TimelineEntry",
    } <= told_of
    assert all(record.at for records in found.values() for record in records)


def test_what_the_charity_wrote_for_itself_is_told_by_no_force(
    pair, met_officer: Member, caseworker: Member
) -> None:
    incident, _ = pair
    charity_id = caseworker.organisation.pk
    Note.objects.create(
        incident=incident, organisation_id=charity_id, audience="charity", text="in confidence"
    )
    TimelineEntry.objects.create(
        incident=incident,
        at=timezone.now(),
        kind="note.added",
        summary="in confidence",
        audience="charity",
        organisation_id=charity_id,
    )

    def words(actor) -> str:
        return str(
            [
                told(model, [incident.pk], actor)
                for model in ("missingcases.Note", "missingcases.TimelineEntry")
            ]
        )

    assert "in confidence" not in words(met_officer.actor)
    assert words(caseworker.actor).count("in confidence") == 2


def test_what_ended_six_years_ago_is_due_for_review_and_what_is_open_never_is(
    pair, met_officer: Member, met_supervisor: Member
) -> None:
    ended, running = (world.graded(one, met_supervisor.actor) for one in pair)
    world.located(ended, met_officer.actor)
    world.interviewed(ended, met_officer.actor)
    world.closed(ended, met_supervisor.actor)
    now = timezone.now()

    assert ended.pk not in keeping.due_for_review(now + timedelta(days=5 * 365))
    much_later = keeping.due_for_review(now + timedelta(days=20 * 365))
    assert ended.pk in much_later
    assert running.pk not in much_later

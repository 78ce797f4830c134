"""Made incidents look like what the services write, column by column."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import models
from django.utils import timezone

from missingcases import services
from missingcases.enums import IncidentStatus
from missingcases.made.filling import fill
from missingcases.made.frame import Ask
from missingcases.made.service import SERVICE
from missingcases.matching.models import NamePair, NameToken, PersonKeys
from missingcases.models import (
    Address,
    AudienceRow,
    Incident,
    LocatedEntry,
    MissingPerson,
    Phone,
    RiskAssessment,
)
from tests.cast import Member

pytestmark = pytest.mark.django_db
# What depends on how somebody was reported, not on who wrote the row.
BY_CHANCE = {
    "version", "estimated_age", "estimated_on", "looked_after", "sex", "area_id", "area_found_id",
    "last_seen_area_id", "verified", "state", "held_by",
}  # fmt: skip


def filled(row: models.Model) -> set[str]:
    """The columns that hold something a new object would not."""
    fresh = type(row)()
    return {
        field.attname
        for field in row._meta.concrete_fields
        if getattr(row, field.attname) not in ("", None, [], {})
        and (field.name in ("status", "kind") or getattr(row, field.attname) != getattr(fresh, field.attname))
    } - BY_CHANCE


def service_made(met_officer: Member, met_supervisor: Member) -> Incident:
    """An incident led from the report to its end by the verbs."""
    now = timezone.now()
    made = services.report_incident(
        actor=met_officer.actor,
        person=services.PersonDetails(
            given_names="Ada",
            family_name="Okoro",
            date_of_birth=(now - timedelta(days=6000)).date(),
            sex="female",
        ),
        report=services.ReportDetails(
            reported_at=now - timedelta(hours=40),
            last_seen_at=now - timedelta(hours=44),
            last_seen_place="High Street",
            force_reference="By hand/1",
            cad_reference="CAD 1",
            owner_officer_id=met_officer.user.pk,
        ),
    )
    phone = services.PhoneDetails(number="07700 900123")
    services.add_phone(actor=met_officer.actor, incident_id=made.pk, phone=phone)
    home = services.AddressDetails(text="1 High Street")
    services.add_address(actor=met_officer.actor, incident_id=made.pk, address=home)
    said = services.Assessment(information="As told.", given_by="Parent", rationale="Age.")
    services.grade_missing(actor=met_supervisor.actor, incident_id=made.pk, level="medium", assessment=said)
    at = now - timedelta(hours=20)
    services.record_located(
        actor=met_officer.actor, incident_id=made.pk, located_at=at, found_by="police", source="Seen."
    )
    services.record_returned(actor=met_officer.actor, incident_id=made.pk, returned_at=at)
    services.record_prevention_interview(
        actor=met_officer.actor,
        incident_id=made.pk,
        interview=services.InterviewDetails(
            held_at=now,
            mode="in_person",
            seen_in_person=True,
            harm=("none",),
            reason_missing="Quarrel.",
            disclose_location="safe_and_well_message_only",
        ),
    )
    ended = services.OutcomeDetails(
        outcome="located_alive",
        found_by="police",
        harm=("none",),
        place_found="home",
        distance_km=Decimal("2"),
    )
    return services.close_incident(actor=met_supervisor.actor, incident_id=made.pk, outcome=ended)


def test_made_rows_are_filled_as_the_services_fill_them(met_officer: Member, met_supervisor: Member) -> None:
    fill(Ask(1500, 5, timezone.now().replace(microsecond=0), "metropolitan"), [SERVICE])
    last = Incident.objects.latest("pk").pk
    made = service_made(met_officer, met_supervisor)
    by_hand = {
        MissingPerson: made.person,
        Incident: Incident.objects.get(pk=made.pk),
        AudienceRow: AudienceRow.objects.get(incident=made),
        RiskAssessment: RiskAssessment.objects.get(incident=made),
        LocatedEntry: LocatedEntry.objects.get(incident=made),
        Phone: Phone.objects.get(person=made.person),
        Address: Address.objects.get(person=made.person),
        PersonKeys: PersonKeys.objects.get(person=made.person),
        NamePair: NamePair.objects.filter(person_id=made.person_id).first(),
        NameToken: NameToken.objects.get(token="okoro"),
    }

    closed = Incident.objects.filter(
        status=IncidentStatus.CLOSED, person__date_of_birth__isnull=False, is_restricted=False,
        placing_authority__isnull=True, person__phones__isnull=False, person__addresses__isnull=False,
        distance_km__isnull=False, last_seen_at__isnull=False, transfers__isnull=True,
        review_agreed_at__isnull=True, assessments__previous_level="", releases__isnull=True,
        outcome="located_alive", place_found="home",
    ).filter(pk__lte=last).exclude(risk_level="").exclude(last_seen_place="").exclude(person__given_names="").exclude(
        person__family_name=""
    ).first()  # fmt: skip
    assert closed is not None
    seeded = {
        MissingPerson: closed.person,
        Incident: closed,
        AudienceRow: AudienceRow.objects.get(incident=closed),
        RiskAssessment: RiskAssessment.objects.get(incident=closed),
        LocatedEntry: LocatedEntry.objects.get(incident=closed),
        Phone: Phone.objects.get(person=closed.person),
        Address: Address.objects.get(person=closed.person),
        PersonKeys: PersonKeys.objects.get(person=closed.person),
        NamePair: NamePair.objects.filter(person_id=closed.person_id).first(),
        NameToken: NameToken.objects.exclude(token="okoro").first(),
    }
    assert {model: filled(row) for model, row in seeded.items()} == {
        model: filled(row) for model, row in by_hand.items()
    }

"""Incidents: one recorded episode each (domain.md section 1)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from foundation.fields import EncryptedTextField
from missingcases.enums import (
    FOUND,
    MISSING_RISKS,
    OPEN,
    UNENDED,
    CancelReason,
    DeathType,
    DiscloseLocation,
    FoundBy,
    Harm,
    IncidentStatus,
    Known,
    Outcome,
    PlaceFound,
    RiskLevel,
    Scheme,
)
from missingcases.models.people import MissingPerson
from missingcases.references import incident_reference

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


class Incident(models.Model):
    """One episode of being missing or absent.

    `status` is written only by `foundation.states.move`. `person_id` never changes but by a merge.
    """

    reference = models.CharField(max_length=16, unique=True, default=incident_reference)
    person = models.ForeignKey(MissingPerson, on_delete=models.PROTECT, related_name="incidents")
    owner = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    owner_unit = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    owner_officer = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    force_reference = models.CharField(max_length=60, blank=True)
    cad_reference = models.CharField(max_length=60, blank=True)
    pnc_reference = models.CharField(max_length=60, blank=True)
    ukmpu_reference = models.CharField(max_length=60, blank=True)

    scheme = models.CharField(max_length=12, choices=Scheme)
    status = models.CharField(max_length=16, choices=IncidentStatus, default=IncidentStatus.REPORTED)
    risk_level = models.CharField(max_length=12, choices=RiskLevel, blank=True)
    reported_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True, blank=True)
    last_seen_place = models.CharField(max_length=250, blank=True)
    last_seen_area = models.ForeignKey(
        "places.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    review_agreed_at = models.DateTimeField(
        null=True, blank=True, help_text="The latest review time agreed with the reporter of an absence."
    )
    age_at_report = models.PositiveSmallIntegerField(null=True, blank=True)

    looked_after = models.CharField(max_length=10, choices=Known, default=Known.NOT_KNOWN)
    placing_authority = models.ForeignKey(
        _ORGANISATION, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    host_authority = models.ForeignKey(
        _ORGANISATION, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    located_at = models.DateTimeField(null=True, blank=True)
    found_by = models.CharField(max_length=20, choices=FoundBy, blank=True)
    returned_at = models.DateTimeField(
        null=True, blank=True, help_text="Back at home or placement: starts the Return Home Interview clock."
    )
    identification_confirmed_at = models.DateTimeField(null=True, blank=True)
    disclose_location = models.CharField(max_length=30, choices=DiscloseLocation, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    harm = ArrayField(models.CharField(max_length=24, choices=Harm), default=list, blank=True)
    death_type = models.CharField(max_length=14, choices=DeathType, blank=True)
    place_found = models.CharField(max_length=12, choices=PlaceFound, blank=True)
    area_found = models.ForeignKey(
        "places.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    distance_km = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)

    closed_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=20, choices=CancelReason, blank=True)
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    is_restricted = models.BooleanField(default=False)
    imported_batch = models.BigIntegerField(null=True, blank=True, db_index=True)
    starts_held = models.BooleanField(
        default=False,
        help_text="Imported open incident: nothing starts until a supervisor confirms the batch.",
    )
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "-reported_at", "-id"], name="incident_by_owner"),
            models.Index(fields=["person", "-reported_at"], name="incident_by_person"),
            models.Index(fields=["owner_officer", "-reported_at", "-id"], name="incident_by_officer"),
            models.Index(fields=["owner_unit", "-reported_at", "-id"], name="incident_by_unit"),
            # What still asks for work is one in a hundred: queues read it without the rest of a force.
            models.Index(
                fields=["owner", "status"],
                condition=Q(status__in=sorted(UNENDED)),
                name="incident_unended",
            ),
            models.Index(fields=["updated_at", "id"], name="incident_by_change"),
            GinIndex(SearchVector("last_seen_place", config="simple"), name="incident_by_place"),
            models.Index(Upper("force_reference"), name="incident_by_force_reference"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "force_reference"],
                condition=~Q(force_reference=""),
                name="force_reference_once_a_force",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(FOUND)) | Q(located_at__isnull=False),
                name="found_incident_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(OPEN)) | Q(located_at__isnull=True, outcome=""),
                name="open_incident_is_not_located",
            ),
            models.CheckConstraint(
                condition=~Q(status=IncidentStatus.CLOSED) | (~Q(outcome="") & Q(closed_at__isnull=False)),
                name="closed_incident_has_its_outcome",
            ),
            models.CheckConstraint(
                condition=Q(status=IncidentStatus.CANCELLED, outcome=Outcome.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(status=IncidentStatus.CANCELLED) & Q(cancel_reason=""),
                name="cancelled_incident_says_why",
            ),
            models.CheckConstraint(
                condition=Q(cancel_reason=CancelReason.DUPLICATE, duplicate_of__isnull=False)
                | ~Q(cancel_reason=CancelReason.DUPLICATE) & Q(duplicate_of__isnull=True),
                name="duplicate_names_the_other",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
                name="incident_is_not_its_own_duplicate",
            ),
            models.CheckConstraint(
                condition=~Q(status=IncidentStatus.ABSENT) | Q(risk_level=RiskLevel.NO_APPARENT),
                name="absent_has_no_apparent_risk",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[IncidentStatus.MISSING, IncidentStatus.LONG_TERM])
                | Q(risk_level__in=sorted(MISSING_RISKS)),
                name="missing_has_its_risk",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(located_at__isnull=False),
                name="returned_person_is_located",
            ),
            models.CheckConstraint(
                condition=Q(death_type="") | Q(outcome=Outcome.LOCATED_DECEASED),
                name="death_type_only_of_the_deceased",
            ),
            models.CheckConstraint(
                condition=Q(last_seen_at__isnull=True)
                | Q(located_at__isnull=True)
                | Q(located_at__gte=F("last_seen_at")),
                name="located_after_last_seen",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether the person is still to be found."""
        return self.status in OPEN


class Reporter(models.Model):
    """Who told the police, and how to reach them."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="reporter")
    name = models.CharField(max_length=240, blank=True)
    relation = models.CharField(max_length=80, blank=True)
    agency = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=80, blank=True)
    telephone = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"reporter of {self.incident_id}"


class LocatedEntry(models.Model):
    """Each time somebody recorded the person as found; one recorded in error stays, marked."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="located_entries")
    located_at = models.DateTimeField()
    found_by = models.CharField(max_length=20, choices=FoundBy)
    source = models.TextField(help_text="How it is known that they are found.")
    recorded_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    retracted_at = models.DateTimeField(null=True, blank=True)
    outcome_then = models.JSONField(
        default=dict, blank=True, help_text="What had been recorded of the outcome when this was taken back."
    )

    class Meta:
        verbose_name_plural = "located entries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["incident"], condition=Q(retracted_at__isnull=True), name="located_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"located entry {self.pk}"


class SchemePeriod(models.Model):
    """The scheme a force follows from a day until its next one."""

    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=12, choices=Scheme)
    starts_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "starts_on"], name="scheme_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} from {self.starts_on}"

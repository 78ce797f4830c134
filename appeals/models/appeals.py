"""Appeals, the publicity record, and who consented to what (domain.md section 3)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from appeals.enums import (
    AppealKind,
    AppealStatus,
    AskedHow,
    ConsentBy,
    ConsentStatus,
    NoPublicity,
    Origin,
    Party,
    Stance,
    WithdrawCause,
)
from appeals.references import address_token, appeal_reference
from foundation.fields import EncryptedTextField

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"
# An appeal that has not ended: nothing but these may be on any channel, or come to it.
RUNNING = frozenset(AppealStatus.values) - {AppealStatus.WITHDRAWN, AppealStatus.DECLINED}


class Appeal(models.Model):
    """One appeal for one incident, with its publicity record: request, risk check, balance and decision.

    `status` is written only by `foundation.states.move`. `token` stands in the address of the public page.
    """

    reference = models.CharField(max_length=16, unique=True, default=appeal_reference)
    token = models.CharField(max_length=24, unique=True, default=address_token)
    incident = models.ForeignKey("missingcases.Incident", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        _ORGANISATION,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The force that owns the incident.",
    )
    charity = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=18, choices=AppealKind, default=AppealKind.STANDARD)
    status = models.CharField(max_length=18, choices=AppealStatus, default=AppealStatus.REQUESTED)
    origin = models.CharField(max_length=10, choices=Origin)
    requested_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    request_reason = models.TextField(help_text="Why publicity is wanted, in the words of who asks.")
    form_token = models.UUIDField(null=True, blank=True, unique=True, help_text="One form is one request.")
    external_reference = models.CharField(
        max_length=80, blank=True, help_text="What the force's own system calls this appeal."
    )

    alert_id = models.BigIntegerField(
        null=True, blank=True, unique=True, help_text="The Child Rescue Alert that it brings to channels."
    )
    alert_notice_id = models.BigIntegerField(
        null=True, blank=True, help_text="The notice of it that channels were told last."
    )
    page = models.CharField(
        max_length=80,
        blank=True,
        help_text="The path that outlets lead to, if not the appeal's own.",
    )

    no_publicity = ArrayField(models.CharField(max_length=28, choices=NoPublicity), default=list, blank=True)
    risk_checked_by = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    risk_checked_at = models.DateTimeField(null=True, blank=True)
    risk_words = models.TextField(blank=True)
    balance = models.TextField(blank=True, help_text="How the views and risks were weighed.")
    review_at = models.DateTimeField(null=True, blank=True)

    authorised_by = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    authorised_at = models.DateTimeField(null=True, blank=True)
    override_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    override_at = models.DateTimeField(null=True, blank=True)
    override_reason = models.TextField(blank=True)
    prepared_by = models.ForeignKey(
        _USER,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who at the charity took it up or last wrote its content; somebody else publishes it.",
    )
    published_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    publish_at = models.DateTimeField(null=True, blank=True)
    first_live_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    expiry_asked_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_cause = models.CharField(max_length=18, choices=WithdrawCause, blank=True)
    withdrawn_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-requested_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["incident", "-requested_at"], name="appeal_by_incident"),
            models.Index(fields=["charity", "status", "-requested_at"], name="appeal_by_charity"),
            models.Index(fields=["organisation", "-requested_at"], name="appeal_by_force"),
            models.Index(fields=["publish_at"], condition=Q(status="scheduled"), name="appeal_to_publish"),
            models.Index(
                fields=["expires_at"], condition=Q(status__in=["live", "paused"]), name="appeal_to_lapse"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "external_reference"],
                condition=~Q(external_reference=""),
                name="external_appeal_once_a_force",
            ),
            models.CheckConstraint(
                condition=~Q(status=AppealStatus.WITHDRAWN)
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_cause="")),
                name="withdrawn_appeal_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[AppealStatus.LIVE, AppealStatus.PAUSED])
                | Q(first_live_at__isnull=False),
                name="live_appeal_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=AppealStatus.SCHEDULED) | Q(publish_at__isnull=False),
                name="scheduled_appeal_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("prepared_by")),
                name="a_second_person_publishes",
            ),
            models.CheckConstraint(
                condition=Q(kind=AppealKind.CHILD_RESCUE_ALERT, alert_id__isnull=False) & ~Q(page="")
                # One of another kind; or one that is known from the restore ledger alone.
                | Q(alert_id__isnull=True, page=""),
                name="an_alerts_appeal_names_its_alert",
            ),
            models.CheckConstraint(
                condition=Q(override_at__isnull=True) | ~Q(override_reason=""),
                name="an_override_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_alert(self) -> bool:
        """Whether it brings a Child Rescue Alert to channels."""
        return self.alert_id is not None

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.status in RUNNING


class AppealArea(models.Model):
    """One area that an appeal is aimed at."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="aimed_at")
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["appeal", "area"], name="area_once_an_appeal")
        ]

    def __str__(self) -> str:
        return f"appeal {self.appeal_id} in area {self.area_id}"


class PartyView(models.Model):
    """What one party thinks of publicity; the newest of a party counts, the others are its history."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="party_views")
    party = models.CharField(max_length=18, choices=Party)
    stance = models.CharField(max_length=10, choices=Stance)
    words = models.TextField(blank=True)
    given_by = EncryptedTextField(blank=True, help_text="Who said so, by name and role.")
    recorded_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"view {self.pk}"


class Consent(models.Model):
    """One answer to being asked for consent; the newest of each who was asked counts."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="consents")
    by = models.CharField(max_length=24, choices=ConsentBy)
    status = models.CharField(max_length=10, choices=ConsentStatus)
    covers_photo = models.BooleanField(default=False)
    covers_surname = models.BooleanField(default=False)
    name = EncryptedTextField(help_text="Who answered.")
    relation = models.CharField(max_length=80, blank=True)
    how = models.CharField(max_length=10, choices=AskedHow)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"consent {self.pk}"

"""An alert, who said yes to it, and where it goes (domain.md section 5)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alerts.enums import AGREED, AUTHORISED, ENDED, RUNNING, AlertStatus, CancelReason
from alerts.ranks import RANKS, default_rank
from alerts.references import address_token, alert_reference
from foundation.accounts.models import User
from foundation.fields import EncryptedTextField

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


def _user(says: str = "") -> models.ForeignKey[User | None, User | None]:
    return models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text=says
    )


def _differ(*names: str) -> Q:
    """That no two of these people are the same."""
    pairs = [(one, other) for place, one in enumerate(names) for other in names[place + 1 :]]
    told_apart = Q()
    for one, other in pairs:
        told_apart &= Q(**{f"{one}__isnull": True}) | ~Q(**{one: F(other)})
    return told_apart


class ChildRescueAlert(models.Model):
    """One alert for one incident, or a rehearsal, which is about nobody.

    `status` is written only by `foundation.states.move`. `token` stands in the address of the public page.
    National agreement is by `agreed_by` here, or by telephone: then `recorded_by` and `witnessed_by` of the
    charity, who are on this row too so that the database can tell them from the issuer.
    """

    reference = models.CharField(max_length=16, unique=True, default=alert_reference)
    token = models.CharField(max_length=24, unique=True, default=address_token)
    incident = models.ForeignKey(
        "missingcases.Incident",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="None where it is a rehearsal: that is about nobody.",
    )
    force = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    is_rehearsal = models.BooleanField(default=False)
    status = models.CharField(max_length=16, choices=AlertStatus, default=AlertStatus.PROPOSED)
    form_token = models.UUIDField(null=True, blank=True, unique=True, help_text="One form is one proposal.")

    proposed_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    authorised_by = _user()
    authorised_at = models.DateTimeField(null=True, blank=True)
    agreed_by = _user("The national unit's officer, where they agreed here.")
    recorded_by = _user("Of the charity, where agreement came by telephone.")
    witnessed_by = _user("Another of the charity, who heard it.")
    agreed_at = models.DateTimeField(null=True, blank=True)
    issued_by = _user()
    issued_at = models.DateTimeField(null=True, blank=True)
    ended_by = _user("None where it ended by itself.")
    ended_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=14, choices=CancelReason, blank=True)
    declined_reason = EncryptedTextField(blank=True)

    authorising_rank = models.CharField(
        max_length=24,
        choices=RANKS,
        default=default_rank,
        help_text="The lowest rank that says yes for the force, as it held when this was proposed.",
    )
    call_handling_ready_at = models.DateTimeField(null=True, blank=True)
    call_handling_ready_by = _user()
    review_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-proposed_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["force", "-proposed_at"], name="alert_by_force"),
            models.Index(fields=["status", "-proposed_at"], name="alert_by_status"),
            models.Index(
                fields=["expires_at"], condition=Q(status=AlertStatus.ISSUED), name="alert_to_expire"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(status__in=sorted(RUNNING)),
                name="alert_one_running_an_incident",
            ),
            models.CheckConstraint(
                condition=Q(is_rehearsal=True, incident__isnull=True)
                | Q(is_rehearsal=False, incident__isnull=False),
                name="alert_rehearsal_is_about_nobody",
            ),
            models.CheckConstraint(
                condition=_differ("proposed_by", "authorised_by", "agreed_by", "issued_by"),
                name="alert_four_people",
            ),
            models.CheckConstraint(
                condition=_differ("issued_by", "recorded_by", "witnessed_by")
                & _differ("proposed_by", "recorded_by")
                & _differ("proposed_by", "witnessed_by")
                & _differ("authorised_by", "recorded_by")
                & _differ("authorised_by", "witnessed_by"),
                name="alert_telephone_people_differ",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(AUTHORISED))
                | Q(authorised_by__isnull=False, authorised_at__isnull=False),
                name="alert_authorised_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(AGREED))
                | Q(agreed_at__isnull=False)
                & (
                    Q(agreed_by__isnull=False, recorded_by__isnull=True, witnessed_by__isnull=True)
                    | Q(agreed_by__isnull=True, recorded_by__isnull=False, witnessed_by__isnull=False)
                ),
                name="alert_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status=AlertStatus.ISSUED)
                | Q(
                    issued_by__isnull=False,
                    issued_at__isnull=False,
                    call_handling_ready_at__isnull=False,
                    review_at__isnull=False,
                    expires_at__gt=F("issued_at"),
                ),
                name="alert_issued_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status=AlertStatus.EXPIRED) | Q(issued_at__isnull=False),
                name="alert_expires_once_issued",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(ENDED), ended_at__isnull=False)
                | ~Q(status__in=sorted(ENDED)) & Q(ended_at__isnull=True),
                name="alert_ended_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(status=AlertStatus.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(status=AlertStatus.CANCELLED) & Q(cancel_reason=""),
                name="alert_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=AlertStatus.DECLINED) | ~Q(declined_reason=""),
                name="alert_declined_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_running(self) -> bool:
        """Whether it may still be issued, or is issued now."""
        return self.status in RUNNING


class AlertArea(models.Model):
    """One node of the area tree that an alert goes to, with everything below it."""

    alert = models.ForeignKey(ChildRescueAlert, on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["alert", "area"], name="alert_area_once")
        ]

    def __str__(self) -> str:
        return f"area {self.area_id} of alert {self.alert_id}"

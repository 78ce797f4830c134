"""What is said in the launch room: evidence for the criteria, comments, agreement by telephone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alerts.enums import Criterion
from alerts.models.alerts import ChildRescueAlert
from foundation.fields import EncryptedTextField

_USER = "accounts.User"


class CriterionCheck(models.Model):
    """That somebody held one criterion against what is known. The last one of each criterion counts."""

    alert = models.ForeignKey(ChildRescueAlert, on_delete=models.CASCADE, related_name="checks")
    criterion = models.CharField(max_length=20, choices=Criterion)
    evidence = EncryptedTextField()
    is_met = models.BooleanField()
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["alert", "criterion"], name="criterion_check_by_alert")
        ]

    def __str__(self) -> str:
        return f"check {self.pk}"


class Comment(models.Model):
    """What somebody said in the launch room. Never changed."""

    alert = models.ForeignKey(ChildRescueAlert, on_delete=models.CASCADE, related_name="comments")
    text = EncryptedTextField()
    form_token = models.UUIDField(unique=True, help_text="One filled-in form is one comment.")
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class TelephoneAgreement(models.Model):
    """National agreement by telephone: a named officer, called back on a directory number (domain.md 5).

    It counts once somebody else of the charity, who heard it, has witnessed it. One that content changed
    after is kept with `is_void`.
    """

    alert = models.ForeignKey(ChildRescueAlert, on_delete=models.CASCADE, related_name="telephone_agreements")
    officer_name = EncryptedTextField()
    called_back_on = EncryptedTextField(help_text="The directory number on which the officer was called.")
    recorded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    asked = models.ForeignKey(
        _USER,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who heard the call and is no duty manager: sees the alert until it is witnessed.",
    )
    witnessed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    witnessed_at = models.DateTimeField(null=True, blank=True)
    is_void = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["alert"], condition=Q(is_void=False), name="telephone_agreement_once"
            ),
            models.CheckConstraint(
                condition=Q(witnessed_by__isnull=True, witnessed_at__isnull=True)
                | Q(witnessed_by__isnull=False, witnessed_at__gte=F("recorded_at"))
                & ~Q(witnessed_by=F("recorded_by")),
                name="telephone_agreement_has_a_witness",
            ),
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | ~Q(asked=F("recorded_by")),
                name="telephone_agreement_asks_another",
            ),
        ]

    def __str__(self) -> str:
        return f"telephone agreement {self.pk}"

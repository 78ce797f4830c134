"""Partners' systems that alerts are posted to: a subscriber each, with what signs and whom to write to."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from alerts.audience.enums import ChallengeProblem
from alerts.audience.models.people import MOST_AREAS, Subscriber
from alerts.enums import Language
from foundation.fields import EncryptedTextField


class SystemSignUp(models.Model):
    """A system that somebody typed in. It gets nothing until both its contact and itself have answered.

    Its contact confirms by the link in an e-mail, of which only a hash is here; from then on the system is
    asked to give back `challenge`, at `next_ask_at`, until `expires_at`. The public site reads how far it is,
    and nothing of who it is.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    name = EncryptedTextField(blank=True, help_text="Whose system it is.")
    endpoint = EncryptedTextField(blank=True)
    endpoint_key = models.CharField(max_length=64)
    contact = EncryptedTextField(blank=True)
    contact_key = models.CharField(max_length=64)
    area_ids = ArrayField(models.BigIntegerField(), size=MOST_AREAS)
    language = models.CharField(max_length=2, choices=Language)
    consent = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    contact_confirmed_at = models.DateTimeField(null=True, blank=True)
    secret = EncryptedTextField(blank=True)
    challenge = EncryptedTextField(blank=True)
    asks = models.PositiveSmallIntegerField(default=0)
    next_ask_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=12, choices=ChallengeProblem, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["expires_at"], name="system_signup_to_delete"),
            models.Index(
                fields=["next_ask_at"], condition=Q(next_ask_at__isnull=False), name="system_signup_to_ask"
            ),
            models.Index(fields=["endpoint_key", "created_at"], name="system_signup_by_endpoint"),
            models.Index(fields=["contact_key", "created_at"], name="system_signup_by_contact"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="system_signup_expires_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True) | Q(contact_confirmed_at__isnull=False),
                name="system_signup_verified_by_both",
            ),
        ]

    def __str__(self) -> str:
        return f"system's sign-up {self.pk}"


class PartnerSystem(models.Model):
    """What there is of a subscriber that is a system. When it leaves, secrets and contact are gone.

    `tester` is the subscriber by whom rehearsals reach it, where the charity has asked for them.
    `old_secret` signs beside the new one until `old_secret_until`.
    """

    subscriber = models.OneToOneField(Subscriber, on_delete=models.CASCADE, related_name="system")
    tester = models.OneToOneField(
        Subscriber, null=True, blank=True, on_delete=models.SET_NULL, related_name="tested_system"
    )
    name = models.CharField(max_length=120)
    host = models.CharField(max_length=253, help_text="Of its address: what the charity sees of it.")
    contact = EncryptedTextField(blank=True)
    secret = EncryptedTextField(blank=True)
    old_secret = EncryptedTextField(blank=True)
    old_secret_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]

    def __str__(self) -> str:
        return f"partner's system {self.pk}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What signs now, the newest first; none once it has left."""
        both = self.old_secret_until is not None and self.old_secret_until > timezone.now()
        return tuple(one for one in (self.secret, self.old_secret if both else "") if one)

"""Addresses of other systems, and what each was told."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.fields import EncryptedTextField
from foundation.references import new_reference
from missingcases.hooks.enums import EndpointStatus, HookType


def endpoint_reference() -> str:
    """A new address's reference."""
    return new_reference("WH")


def delivery_reference() -> str:
    """The `webhook-id` of one delivery, the same over retries and replays; it tells nothing."""
    return f"msg_{secrets.token_hex(12)}"


class Endpoint(models.Model):
    """One address that an organisation wants to be told at.

    While it fails, `failures` counts in a row from `failing_since`, and nothing is tried before
    `rests_until`. `old_secret` signs beside the new one until `old_secret_until`.
    """

    reference = models.CharField(max_length=16, unique=True, default=endpoint_reference)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=500)
    # Those of `HookType`, and what services let be told (`selectors.choices`).
    types = ArrayField(models.CharField(max_length=30, choices=HookType))
    status = models.CharField(max_length=8, choices=EndpointStatus, default=EndpointStatus.ACTIVE)
    secret = EncryptedTextField()
    old_secret = EncryptedTextField(blank=True)
    old_secret_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)
    last_taken_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "url"], condition=~Q(status="removed"), name="hook_address_once"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def both_sign(self) -> bool:
        """Whether the secret before the present one signs too."""
        return self.old_secret_until is not None and self.old_secret_until > timezone.now()


class Delivery(models.Model):
    """One thing that one address is told. How it fares is its message's business (`message_id`).

    `version` is the incident's when it was noted; the receiver pulls what is true by then.
    """

    reference = models.CharField(max_length=40, unique=True, default=delivery_reference)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    type = models.CharField(max_length=30, choices=HookType)
    incident = models.ForeignKey(
        "missingcases.Incident", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    version = models.PositiveIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=16, blank=True, help_text="Reference of what a service tells of.")
    at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    replays = models.PositiveIntegerField(default=0)
    message_id = models.BigIntegerField(null=True, help_text="The message of the present round.")

    class Meta:
        verbose_name_plural = "deliveries"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["endpoint", "-id"], name="hook_delivery_by_endpoint"),
            models.Index(fields=["created_at"], name="hook_delivery_by_age"),
        ]

    def __str__(self) -> str:
        return self.reference

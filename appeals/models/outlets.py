"""Outlets: whoever shows an appeal for us, with where they reach and how they are told."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from appeals.enums import Channel, Language
from appeals.references import outlet_reference
from foundation.fields import KeptOpenTextField


class Outlet(models.Model):
    """One outlet on one channel.

    `address` is where it is reached (an e-mail address, or an https address); `secret` what we prove
    ourselves with there or sign with; `token_hash` the SHA-256 of what it proves itself with here.
    With `verifiable` it can say, or we can see, that something is gone; others are told, never confirmed.
    """

    reference = models.CharField(max_length=16, unique=True, default=outlet_reference)
    name = models.CharField(max_length=120)
    channel = models.CharField(max_length=12, choices=Channel)
    organisation = models.ForeignKey(
        "accounts.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The partner whose systems read what is published here.",
    )
    address = KeptOpenTextField(blank=True)
    account = models.CharField(max_length=120, blank=True, help_text="Whom we are at a social network.")
    secret = KeptOpenTextField(blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    formats = ArrayField(
        models.CharField(max_length=24), default=list, blank=True, help_text="Creatives that it plays."
    )
    verifiable = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    last_heard_at = models.DateTimeField(null=True, blank=True)
    silence_told_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when staff know that it is silent; empty once it came back."
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["token_hash"], condition=~Q(token_hash=""), name="outlet_by_token")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["channel", "name"], name="outlet_once_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class OutletArea(models.Model):
    """One area that an outlet reaches. An outlet without any reaches everybody."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="reaches")
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outlet", "area"], name="area_once_an_outlet")
        ]

    def __str__(self) -> str:
        return f"outlet {self.outlet_id} in area {self.area_id}"

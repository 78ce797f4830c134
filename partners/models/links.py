"""Links by which a partner without accounts works on one referral. Secrets are kept as digests only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from partners.models.referrals import Referral


class Link(models.Model):
    """An address that was e-mailed. By itself it shows nothing: it asks for a code."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at__isnull=True), name="one_running_link_a_referral"
            )
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"


class LinkCode(models.Model):
    """A code sent to the partner's address: for some minutes, some tries, and one use."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["link", "made_at"], name="partners_codes_of_link")
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class LinkSession(models.Model):
    """Somebody gave the code of a link: they see its one referral until this ends."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="sessions")
    key_hash = models.CharField(max_length=64, unique=True)
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"session {self.pk}"

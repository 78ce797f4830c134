"""The two windows of the public site: views that test, at every read, that the person is still to be found.

The public site's database role may read these columns and nothing of what they are made from
(`config/public_access.py`). A stop therefore needs no subscriber: an incident that is not open shows nothing.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PublicAppeal(models.Model):
    """One appeal that was published at some time; `is_live` says whether it may be shown now.

    `is_awaited`: only media partners have it so far, under an embargo.
    """

    appeal_id = models.BigIntegerField(primary_key=True)
    token = models.CharField(max_length=24)
    reference = models.CharField(max_length=16)
    shown = models.JSONField()
    page = models.JSONField()
    area_ids = ArrayField(models.BigIntegerField())
    words = models.CharField(max_length=400)
    published_at = models.DateTimeField()
    content_id = models.BigIntegerField()
    is_live = models.BooleanField()
    is_awaited = models.BooleanField(default=False)

    class Meta:
        managed = False
        db_table = "appeals_public_appeal"
        ordering: ClassVar[list[str]] = ["-published_at"]

    def __str__(self) -> str:
        return self.reference


class PublicPlacement(models.Model):
    """One placement as its outlet reads it: what it shows, or that it is gone since `gone_at`."""

    placement_id = models.BigIntegerField(primary_key=True)
    reference = models.CharField(max_length=16)
    outlet_id = models.BigIntegerField()
    change = models.BigIntegerField()
    token = models.CharField(max_length=24)
    appeal_reference = models.CharField(max_length=16)
    shown = models.JSONField()
    content_id = models.BigIntegerField()
    area_ids = ArrayField(models.BigIntegerField())
    live_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    embargo_until = models.DateTimeField(null=True)
    is_live = models.BooleanField()
    gone_at = models.DateTimeField(null=True)
    is_untold = models.BooleanField(default=False)
    is_confirmed = models.BooleanField(default=False)
    is_replaced = models.BooleanField(default=False)
    page = models.CharField(max_length=80, default="")
    is_alert = models.BooleanField(default=False)

    class Meta:
        managed = False
        db_table = "appeals_public_placement"

    def __str__(self) -> str:
        return self.reference

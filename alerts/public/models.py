"""The window through which the public site sees alerts, and the pictures that were made for it.

The public site's database role may read these columns and nothing of what they are made from
(`config/public_access.py`). Whether an alert may be shown is asked in the view, at every read: an incident
that is not open shows nothing, whatever became of a subscriber.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PublicAlert(models.Model):
    """One alert that was issued at some time; no rehearsal is among them.

    `is_live` says whether it may be shown now. Only then does `shown` hold anything: what the newest notice
    says. Nothing else changes what is shown than another notice or a picture that is made.
    """

    alert_id = models.BigIntegerField(primary_key=True)
    token = models.CharField(max_length=24)
    reference = models.CharField(max_length=16)
    notice_id = models.BigIntegerField()
    issued_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    area_ids = ArrayField(models.BigIntegerField())
    shown = models.JSONField(null=True)
    picture_name = models.CharField(max_length=80, null=True)  # noqa: DJ001 - null is that there is none
    has_lost_picture = models.BooleanField()
    is_live = models.BooleanField()

    class Meta:
        managed = False
        db_table = "alerts_public_alert"
        ordering: ClassVar[list[str]] = ["-issued_at"]

    def __str__(self) -> str:
        return self.reference


class PublicPicture(models.Model):
    """The picture of one version of an alert, made for the public site in the one folder that it can read.

    It is deleted once its alert has ended; that nobody is shown it from that moment on does not wait for it.
    """

    content = models.OneToOneField("alerts.AlertContent", on_delete=models.CASCADE, related_name="+")
    stored_name = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "alerts_public_picture"

    def __str__(self) -> str:
        return f"picture {self.pk}"

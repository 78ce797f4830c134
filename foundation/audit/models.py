"""The trail: who did or read what, for whom, from where. Append-only, ids and field names only."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Reason(models.Model):
    """The words somebody gave for an act. Kept apart from the trail so that retention may erase them."""

    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"reason {self.pk}"


class AuditEvent(models.Model):
    """One act or one sensitive read. The database refuses to change or remove it."""

    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    action = models.CharField(max_length=80)
    user_id = models.BigIntegerField(null=True)
    client_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    on_behalf_of_id = models.BigIntegerField(null=True)
    target = models.CharField(max_length=80, help_text="Model label, such as missingcases.Incident.")
    target_id = models.BigIntegerField(null=True)
    target_ids = ArrayField(models.BigIntegerField(), default=list)
    incident_id = models.BigIntegerField(null=True, help_text="The incident it belongs to, if any.")
    fields = ArrayField(models.CharField(max_length=80), default=list)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    reason_id = models.BigIntegerField(null=True)
    outside_own_work = models.BooleanField(default=False)
    source = models.CharField(max_length=80, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # A list read names no one record, a system no user: such an entry is in none of these three.
            models.Index(
                fields=["target", "target_id", "-id"],
                condition=models.Q(target_id__isnull=False),
                name="audit_by_record",
            ),
            models.Index(
                fields=["user_id", "-id"], condition=models.Q(user_id__isnull=False), name="audit_by_user"
            ),
            models.Index(
                fields=["incident_id", "-id"],
                condition=models.Q(incident_id__isnull=False),
                name="audit_by_incident",
            ),
            models.Index(fields=["organisation_id", "-id"], name="audit_by_organisation"),
            GinIndex(fields=["target_ids"], condition=~models.Q(target_ids=[]), name="audit_by_lists"),
            models.Index(
                fields=["-id"], condition=models.Q(outside_own_work=True), name="audit_outside_own_work"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"


class Seal(models.Model):
    """A hash over every entry up to a settled point, chained to the seal before it."""

    sealed_at = models.DateTimeField(db_default=models.functions.Now())
    previous_head = models.CharField(max_length=64)
    head = models.CharField(max_length=64, unique=True)
    entries = models.PositiveIntegerField()
    last_event_id = models.BigIntegerField(help_text="Every entry up to this id was settled and is sealed.")

    def __str__(self) -> str:
        return f"seal {self.pk}"


class SealedEntry(models.Model):
    """The link of one entry in the chain; its id gives the order of sealing."""

    event_id = models.BigIntegerField(unique=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="links")
    digest = models.BinaryField()

    def __str__(self) -> str:
        return f"link {self.pk}"


class Watermark(models.Model):
    """How far entries were handed out at the last look, and which transactions ran then.

    Once none of those transactions runs any more, every entry up to `event_id` is settled: nothing
    can appear below it. This costs the writers no lock.
    """

    event_id = models.BigIntegerField()
    running_below = models.CharField(
        max_length=20, help_text="Transaction id that none running then reaches."
    )
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"watermark {self.event_id}"


class DroppedMonth(models.Model):
    """A month's entries that were dropped whole when their time was over; their seals and links stay.

    The database refuses to change or remove it, as it does the seals: it says which entries may be absent.
    """

    month = models.DateField(unique=True)
    entries = models.PositiveIntegerField()
    first_event_id = models.BigIntegerField()
    last_event_id = models.BigIntegerField()
    dropped_at = models.DateTimeField(db_default=models.functions.Now())

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

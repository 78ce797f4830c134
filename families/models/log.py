"""The contact log, what was told to whom, and what is owed to the family."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from families.enums import (
    ContactChannel,
    Direction,
    Feeling,
    Finding,
    Risk,
    TaskKind,
    TaskStatus,
    ToldFrom,
)
from families.models.cases import SupportCase
from families.models.members import ContactPoint, FamilyMember, IdentityCheck
from families.references import contact_reference, task_reference
from foundation.fields import EncryptedTextField

_USER = "accounts.User"


class ContactRecord(models.Model):
    """One contact with one member. While a timer runs it has no end; once finished it is never changed.

    A mistake is put right by another entry that `corrects` it. A text or e-mail that we sent has its
    `message_id`, one that came in its `inbound_id`; `read_at` is when a colleague first saw that.
    """

    reference = models.CharField(max_length=16, unique=True, default=contact_reference)
    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="contacts")
    member = models.ForeignKey(
        FamilyMember, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    point = models.ForeignKey(ContactPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=9, choices=ContactChannel)
    direction = models.CharField(max_length=3, choices=Direction)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    worker = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    subject = EncryptedTextField(blank=True)
    words = EncryptedTextField("summary, or the words of the text", blank=True)
    feeling = models.CharField("how they were", max_length=10, choices=Feeling, blank=True)
    needs = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    risk = models.CharField(max_length=9, choices=Risk, default=Risk.NONE)
    risk_words = EncryptedTextField("what the risk is", blank=True)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    form_token = models.UUIDField(null=True, unique=True, help_text="One filled-in form is one entry.")
    message_id = models.BigIntegerField(null=True)
    inbound_id = models.BigIntegerField(null=True, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-started_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "-started_at"], name="families_log_by_case"),
            models.Index(fields=["worker", "-started_at"], name="families_log_by_worker"),
            models.Index(
                fields=["started_at"],
                condition=Q(inbound_id__isnull=False, read_at__isnull=True),
                name="families_unread",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="contact_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(ended_at__isnull=True, channel="call"),
                name="one_running_call_a_worker",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def minutes(self) -> int:
        """How long it took, in whole minutes begun; 0 while the timer runs."""
        if self.ended_at is None:
            return 0
        return -int(-(self.ended_at - self.started_at).total_seconds() // 60)


class Told(models.Model):
    """What one member was told, once, by whom and from where, so that nobody asks twice. Never changed."""

    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="told")
    member = models.ForeignKey(FamilyMember, on_delete=models.CASCADE, related_name="told")
    words = EncryptedTextField("what they were told")
    finding = models.CharField(max_length=13, choices=Finding)
    source = models.CharField("where it came from", max_length=8, choices=ToldFrom)
    source_reference = models.CharField(max_length=16, blank=True)
    channel = models.CharField(max_length=9, choices=ContactChannel)
    check_made = models.ForeignKey(IdentityCheck, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    form_token = models.UUIDField(null=True, unique=True)

    class Meta:
        verbose_name_plural = "told"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"told {self.pk}"


class SupportTask(models.Model):
    """An action, a promised call or a risk to look after: with its owner and its time."""

    reference = models.CharField(max_length=16, unique=True, default=task_reference)
    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="tasks")
    member = models.ForeignKey(
        FamilyMember, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    contact = models.ForeignKey(
        ContactRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    kind = models.CharField(max_length=9, choices=TaskKind)
    words = EncryptedTextField("what is to be done")
    owner = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    status = models.CharField(max_length=7, choices=TaskStatus, default=TaskStatus.OPEN)
    made_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], condition=Q(status="open"), name="families_tasks_due"),
            models.Index(fields=["owner", "due_at"], condition=Q(status="open"), name="families_tasks_of"),
        ]

    def __str__(self) -> str:
        return self.reference

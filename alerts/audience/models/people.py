"""Who asked to get alerts, and where. Nothing here leads to a missing person.

A subscriber is one address: whoever gives a number and an e-mail address is two, so that nothing here joins
them (docs/adr/0101).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alerts.audience.enums import ImportStatus, Kind, Source, SubscriptionStatus
from alerts.enums import AudienceChannel, Language
from foundation.fields import EncryptedTextField
from foundation.references import new_reference

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"
MOST_AREAS = 3  # home and two more


def import_reference() -> str:
    """A new list's reference."""
    return new_reference("AL")


class PostcodeDistrict(models.Model):
    """In which area a postcode district lies ("SW9"). A full postcode is never kept."""

    code = models.CharField(max_length=4, unique=True)
    area = models.ForeignKey("places.Area", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return self.code


class Subscriber(models.Model):
    """One address that is to get alerts, and how its owner agreed to that.

    `consent` says to what: the version of the wording on our form, or a partner's own evidence.
    """

    channel = models.CharField(max_length=10, choices=AudienceChannel)
    to_key = models.CharField(max_length=64)
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    is_test = models.BooleanField(default=False, help_text="Gets rehearsals and nothing else.")
    source = models.CharField(max_length=8, choices=Source)
    consent = models.CharField(max_length=120)
    consented_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    list_import = models.ForeignKey(
        "audience.ListImport", null=True, blank=True, on_delete=models.PROTECT, related_name="subscribers"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["channel", "to_key", "is_test"],
                condition=Q(left_at__isnull=True),
                name="subscriber_once_an_address",
            ),
            models.CheckConstraint(
                condition=~Q(source=Source.PARTNER) | Q(list_import__isnull=False),
                name="partners_subscriber_names_its_list",
            ),
            models.CheckConstraint(
                condition=~Q(source=Source.BY_HAND) | Q(is_test=True), name="by_hand_only_to_rehearse"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["paused_until"], condition=Q(paused_until__isnull=False), name="subscriber_paused"
            ),
            models.Index(fields=["left_at"], condition=Q(left_at__isnull=False), name="subscriber_left"),
            models.Index(fields=["created_at"], name="subscriber_by_time"),
        ]

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class Bucket(models.Model):
    """One place, channel and language, and how many active subscriptions there are: kept by the database."""

    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=AudienceChannel)
    language = models.CharField(max_length=2, choices=Language)
    is_test = models.BooleanField(default=False, help_text="Holds those who get rehearsals and nothing else.")
    active = models.BigIntegerField(default=0, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["area", "channel", "language", "is_test"], name="bucket_once_a_place"
            ),
            models.CheckConstraint(condition=Q(active__gte=0), name="bucket_counts_nobody_twice"),
        ]

    def __str__(self) -> str:
        return f"bucket {self.pk}"


class Subscription(models.Model):
    """That one address gets the alerts of one place. Lean: there are millions.

    Another place or language is another row with a higher number, so that a range of numbers that was
    frozen at an alert's issue never grows. Of one that ended the address is gone.
    """

    bucket = models.ForeignKey(  # found by `subscription_active` and `subscription_once_a_bucket`
        Bucket, on_delete=models.PROTECT, related_name="subscriptions", db_index=False
    )
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    channel = models.CharField(max_length=10, choices=AudienceChannel)
    to = EncryptedTextField(blank=True)
    to_key = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=6, choices=SubscriptionStatus, default=SubscriptionStatus.ACTIVE)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["bucket", "to_key"], condition=~Q(status="left"), name="subscription_once_a_bucket"
            ),
            models.CheckConstraint(
                condition=(Q(status="left") & Q(to="") & Q(to_key="")) | (~Q(status="left") & ~Q(to_key="")),
                name="subscription_that_ended_has_no_address",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["bucket", "id"], condition=Q(status="active"), name="subscription_active"),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class ListImport(models.Model):
    """A partner's list: checked first, then added by somebody who saw what the check found.

    `position` is the line reached; it commits with the rows, so that after a killed worker it goes on there.
    """

    reference = models.CharField(max_length=16, unique=True, default=import_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    partner = models.CharField("whose list it is", max_length=120)
    evidence = models.CharField("how its people agreed", max_length=500)
    stored_as = models.CharField(max_length=200, blank=True, help_text="Path below MEDIA_ROOT; never served.")
    status = models.CharField(max_length=8, choices=ImportStatus, default=ImportStatus.WAITING)
    problem = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0, help_text="Lines whose address gets alerts already.")
    suppressed = models.PositiveIntegerField(default=0, help_text="Lines whose address said STOP.")
    added = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "partner's list"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["updated_at"],
                condition=Q(status__in=["waiting", "checking", "adding"]),
                name="audience_list_unfinished",
            )
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(status__in=["adding", "done"]) | Q(confirmed_by__isnull=False),
                name="added_list_names_who_confirmed",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class BadLine(models.Model):
    """One thing wrong with one line. The line's own words stay in the file, not here."""

    list_import = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="bad_lines")
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["line"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["list_import", "line", "column"], name="bad_line_once")
        ]

    def __str__(self) -> str:
        return f"line {self.line} of {self.list_import_id}"


class SignUp(models.Model):
    """One address that somebody typed in, which its owner has not confirmed: it gets nothing but the asking.

    Of the code or link there is only a hash, which is all that the public site reads of it.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=10, choices=AudienceChannel)
    to = EncryptedTextField(blank=True)
    to_key = models.CharField(max_length=64, blank=True)
    area_ids = ArrayField(models.BigIntegerField(), size=MOST_AREAS)
    language = models.CharField(max_length=2, choices=Language)
    consent = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["expires_at"], name="signup_to_delete"),
            models.Index(fields=["to_key", "created_at"], name="signup_by_address"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="signup_expires_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"sign-up {self.pk}"


class PreferenceLink(models.Model):
    """A link, sent to the address itself, by which its owner changes their choices. Here is only its hash."""

    token_hash = models.CharField(max_length=64, unique=True)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="links")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["expires_at"], name="link_to_delete")]

    def __str__(self) -> str:
        return f"link {self.pk}"


class Submission(models.Model):
    """One form from the public site as it came, encrypted; a worker applies it and empties it."""

    form_key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    body = EncryptedTextField(blank=True)
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["received_at"], condition=Q(processed_at__isnull=True), name="audience_form_unread"
            )
        ]

    def __str__(self) -> str:
        return f"submission {self.pk}"


class MonthFigures(models.Model):
    """What became of the audience in one month, in figures: they stay when the rows they count are gone."""

    month = models.DateField(help_text="Its first day.")
    channel = models.CharField(max_length=10, choices=AudienceChannel)
    joined = models.BigIntegerField(default=0)
    left = models.BigIntegerField(default=0)
    paused = models.BigIntegerField(default=0, help_text="Paused when it was last counted.")

    class Meta:
        ordering: ClassVar[list[str]] = ["-month", "channel"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["month", "channel"], name="audience_month_once")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} by {self.channel}"

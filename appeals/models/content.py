"""What an appeal shows: versions of allow-listed fields, never a redaction of the record."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from appeals.enums import Audience, Language
from appeals.models.appeals import Appeal

_USER = "accounts.User"


class Picture(models.Model):
    """A cropped copy of a police photo, re-encoded by us. The box is in parts (0 to 1) of the photo."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="pictures")
    photo = models.ForeignKey("missingcases.Photo", null=True, on_delete=models.SET_NULL, related_name="+")
    stored_name = models.CharField(max_length=80, unique=True)
    content_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    left = models.FloatField(default=0)
    top = models.FloatField(default=0)
    right = models.FloatField(default=1)
    bottom = models.FloatField(default=1)
    made_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(left__gte=0, top__gte=0, right__lte=1, bottom__lte=1)
                & Q(left__lt=models.F("right"), top__lt=models.F("bottom")),
                name="picture_is_cut_from_its_photo",
            )
        ]

    def __str__(self) -> str:
        return f"picture {self.pk}"


class Content(models.Model):
    """One version of what an appeal may show, field by field. Never changed: an edit is the next number."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="contents")
    number = models.PositiveIntegerField()
    first_name = models.CharField(max_length=60)
    surname = models.CharField(max_length=80, blank=True)
    show_surname = models.BooleanField(default=False)
    age = models.PositiveSmallIntegerField(null=True, blank=True, help_text="When last seen.")
    missing_since = models.DateField()
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="+")
    picture = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    alt_text = models.CharField(max_length=250, blank=True)
    alt_text_cy = models.CharField(max_length=250, blank=True)
    made_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["appeal", "number"], name="content_once_a_number"),
            models.CheckConstraint(
                condition=Q(picture__isnull=True) | ~Q(alt_text=""), name="a_picture_has_its_alternative"
            ),
            models.CheckConstraint(
                condition=Q(age__isnull=True) | Q(age__lte=125), name="content_age_is_human"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class Wording(models.Model):
    """The words of one version for an audience, a language and, where it says so, a region alone."""

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    region = models.ForeignKey(
        "places.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    headline = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    clothing = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["content", "language", "audience", "region"],
                name="wording_once_an_audience",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"wording {self.pk}"


class Rendition(models.Model):
    """A file made from one version ahead of being asked for: a poster, a creative, a share image, a size."""

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=24)
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    stored_name = models.CharField(max_length=80, unique=True)
    content_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    checksum = models.CharField(max_length=64, blank=True)  # SHA-256, by which a player knows its copy
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["content", "kind", "language"], name="rendition_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"rendition {self.pk}"


class Publication(models.Model):
    """What our own pages show of one appeal: the allow-listed projection, made when it is published.

    `shown` holds by language what `appeals.projection.Published` has, `page` the finished page without the
    signatures of its pictures. Whether it may be shown is asked of appeal and incident at every read
    (the view `PublicAppeal`), never of this row.
    """

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, related_name="publication")
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    shown = models.JSONField(default=dict)
    page = models.JSONField(default=dict, help_text="Language to the finished page.")
    area_ids = ArrayField(models.BigIntegerField(), default=list, help_text="Its areas and all above them.")
    words = models.CharField(max_length=400, blank=True, help_text="What the public search looks in.")
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [GinIndex(fields=["area_ids"], name="publication_by_area")]

    def __str__(self) -> str:
        return f"publication of {self.appeal_id}"

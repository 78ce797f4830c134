"""The tree of areas: nation, region, force area, command unit, county, borough or district."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class AreaKind(models.TextChoices):
    """The levels of the tree, from the top."""

    NATION = "nation", "Nation"
    REGION = "region", "Region"
    FORCE = "force", "Force area"
    COMMAND_UNIT = "command_unit", "Command unit"
    COUNTY = "county", "County"
    BOROUGH = "borough", "Borough"
    DISTRICT = "district", "District"


class Area(models.Model):
    """One area for the time it existed. GSS codes are the national statistician's."""

    kind = models.CharField(max_length=20, choices=AreaKind)
    name = models.CharField(max_length=120)
    code = models.SlugField(max_length=80, help_text="GSS code where there is one, else our own.")
    gss_code = models.CharField(max_length=9, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="The first day it no longer exists.")

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="area_code_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="area_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AreaParent(models.Model):
    """That one area lay within another, and when: boroughs have moved between command units."""

    child = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="parent_links")
    parent = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="child_links")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["child", "parent", "starts_on"], name="area_parent_once"),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="area_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} in {self.parent_id}"

"""Kept cells (`reports.cells` writes them; nobody else does, and no service reads them)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Delta(models.Model):
    """That a record changed in what is counted, and is not yet folded. Written by triggers alone.

    It says which record and not by how much: what a change means may hang on a row that another
    transaction is changing at the same moment. Whoever folds or reads works it out from what is committed.
    A heap without a key: each index and sequence would be paid for by every write, and a record may be noted
    any number of times. The key that is declared here is none in the database.
    """

    pk = models.CompositePrimaryKey("what", "record_id")
    what = models.CharField(max_length=24, help_text="Which watched key (`reports.cells.declared.Watch`).")
    record_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.what} {self.record_id}"


class CellName(models.Model):
    """A key's number (the hash of its name) to its name, "family:one|two"."""

    id = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class Fact(models.Model):
    """One record as it was last counted: what is taken away again when it changes.

    `keys` are counted by records, `people` by distinct `whom`. Neither a name nor a value of the record is
    here. Whom and record are plain numbers, as rows go when what they count goes.
    """

    pk = models.CompositePrimaryKey("source", "record_id")
    source = models.SmallIntegerField()
    record_id = models.BigIntegerField()
    whom = models.BigIntegerField(null=True)
    force_id = models.BigIntegerField(null=True)
    area_id = models.BigIntegerField(null=True)
    day = models.DateField()
    keys = ArrayField(models.BigIntegerField())
    people = ArrayField(models.BigIntegerField())

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["source", "whom"], name="fact_by_whom"),
            models.Index(fields=["area_id", "day"], name="fact_by_area"),
            models.Index(fields=["force_id", "day"], name="fact_by_force"),
        ]

    def __str__(self) -> str:
        return f"fact {self.source}/{self.record_id}"


class Cell(models.Model):
    """How many, of one key, in one force (0: all), in one month, quarter, year or financial year."""

    pk = models.CompositePrimaryKey("scope", "grain", "key", "starts_on")
    scope = models.BigIntegerField()
    grain = models.CharField(max_length=1)
    key = models.BigIntegerField()
    starts_on = models.DateField()
    count = models.BigIntegerField()

    def __str__(self) -> str:
        return f"cell {self.scope}/{self.grain}/{self.key}/{self.starts_on}"


class Proof(models.Model):
    """One comparison of what is kept with what is there: how much was compared, and what differed.

    `differing` names facts and cells, the first fifty: sources, numbers and names of cells, nothing else.
    """

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    facts = models.BigIntegerField()
    cells = models.BigIntegerField()
    differ = models.BigIntegerField()
    differing = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["-started_at"]

    def __str__(self) -> str:
        return f"proof of {self.started_at}"

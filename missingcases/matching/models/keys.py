"""The keys by which people are found, made when they are written."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

# Stands in a pair for a name that is not known.
NO_WORD = 0


def pair_of(family: int, given: int) -> int:
    """The number of a pair of words, as the services write it: the family name's word leads."""
    return family << 32 | given & 0xFFFFFFFF


class NameToken(models.Model):
    """One word of names, with the keys it shares with words that may stand for it (`words.keys_of`).

    There are some hundred thousand of them however many people there are, so names written differently
    are found in a small table and people only by whole words. `number` is made of the word (`words.word_id`).
    Nothing here is unique: two who write a new word at one time both keep it, and neither waits.
    """

    token = models.CharField(max_length=250)
    number = models.IntegerField(db_index=True)
    keys = ArrayField(models.IntegerField())

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["keys"], name="token_by_key", fastupdate=False)
        ]

    def __str__(self) -> str:
        return f"token {self.pk}"


class PersonKeys(models.Model):
    """What one person is found by: numbers of the words of their names, and digests of their addresses.

    Words of other names they go by count as family and as given names. `scheme` is the way of making keys
    (`services.keys.SCHEME`); rows of an earlier one are made again by `rebuild_name_keys`.
    """

    person = models.OneToOneField(
        "missingcases.MissingPerson", primary_key=True, on_delete=models.CASCADE, related_name="keys"
    )
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    family = ArrayField(models.IntegerField())
    given = ArrayField(models.IntegerField())
    date_of_birth = models.DateField(null=True, blank=True)
    places = ArrayField(models.BigIntegerField(), help_text="Digests to search addresses by.")
    address_words = ArrayField(models.BigIntegerField(), help_text="Digests to compare addresses by.")
    scheme = models.SmallIntegerField()

    class Meta:
        verbose_name_plural = "person keys"
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["family", "given"], name="person_by_name_keys", fastupdate=False),
            GinIndex(fields=["places"], name="person_by_place_keys", fastupdate=False),
            models.Index(fields=["date_of_birth"], name="person_by_birth"),
            models.Index(fields=["scheme"], name="person_keys_by_scheme"),
        ]

    def __str__(self) -> str:
        return f"keys of person {self.person_id}"


class NamePair(models.Model):
    """A word of somebody's family name with one of their given names, as one number (`pair_of`).

    Made of `PersonKeys`. Its key is its index: of names that are asked for it tells people, and whose they
    are, without a look at their rows, and pairs of one family name stand together.
    """

    pk = models.CompositePrimaryKey("pair", "organisation_id", "person_id")
    pair = models.BigIntegerField()
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(PersonKeys, on_delete=models.CASCADE, related_name="pairs")

    def __str__(self) -> str:
        return f"pair of names of person {self.person_id}"

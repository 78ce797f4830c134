"""Rows written by COPY are the rows that `bulk_create` would have written."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.audit.models import AuditEvent
from foundation.copying import copy_in, take_ids
from missingcases.models import Alias, MissingPerson, Phone

pytestmark = pytest.mark.django_db
ODD = "tab\t line\n return\r back\\slash \\N \\. “quoted” \u65e5\u672c"
NAMES = ("id", "organisation_id", "given_names", "family_name", "date_of_birth")


def copy_people(met, *names: str) -> list[int]:
    ids = take_ids(MissingPerson, len(names))
    rows = [(pk, met.pk, name, "", date(1999, 11, 5)) for pk, name in zip(ids, names, strict=True)]
    assert copy_in(MissingPerson, NAMES, rows) == len(names)
    return ids


def test_what_is_not_named_is_what_the_model_would_fill_in(met) -> None:
    one, other = (MissingPerson.objects.get(pk=pk) for pk in copy_people(met, "Alex", "Bo"))
    made = MissingPerson.objects.create(organisation=met, given_names="Alex", date_of_birth=date(1999, 11, 5))
    ours = {"id", "reference", "created_at", "updated_at"}
    for field in MissingPerson._meta.concrete_fields:
        if field.name not in ours:
            assert getattr(one, field.attname) == getattr(made, field.attname), field.name
    assert one.reference.startswith("MP-")
    assert one.reference != other.reference
    assert one.created_at == one.updated_at
    assert one.pk < other.pk < made.pk


def test_odd_words_come_back_as_they_were(met) -> None:
    (pk,) = copy_people(met, ODD)
    assert MissingPerson.objects.get(pk=pk).given_names == ODD


def test_what_is_kept_encrypted_is_encrypted(met) -> None:
    (pk,) = copy_people(met, "Alex")
    copy_in(Phone, ("person_id", "number", "number_key"), [(pk, "+447700900123", "key")])
    assert Phone.objects.get().number == "+447700900123"
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM missingcases_phone")
        assert "7700900123" not in cursor.fetchone()[0]


def test_lists_of_words_and_numbers_come_back(met) -> None:
    words = ['with "quotes"', "back\\slash", "comma, brace}", ODD]
    row = ("test", "x", [1, 2], words)
    copy_in(AuditEvent, ("action", "target", "target_ids", "fields"), [row, ("none", "x", [], [])])
    event = AuditEvent.objects.get(action="test")
    assert (event.target_ids, event.fields) == ([1, 2], words)
    assert AuditEvent.objects.get(action="none").fields == []


def test_no_row_is_no_statement(met) -> None:
    assert copy_in(Alias, ("person_id", "name"), []) == 0


def test_one_row_that_is_refused_refuses_all_in_the_words_of_django(met) -> None:
    (pk,) = copy_people(met, "Alex")
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in(Alias, ("person_id", "name"), [(pk, "Lex"), (pk, "Sandy"), (pk, "Lex")])
    assert not Alias.objects.exists()

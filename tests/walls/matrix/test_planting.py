"""The matrix is whole: each text of each model is planted, known to somebody and looked for."""

from __future__ import annotations

import pytest
from django.db import models

from missingcases.models import AudienceRow, MissingPerson
from missingcases.names import name_key
from tests.walls.matrix import interfaces, no_room, planting
from tests.walls.matrix.known import KNOWN_TO
from tests.walls.matrix.viewers import AUTHORITY, FORCE

pytestmark = pytest.mark.xdist_group("settling")


def _fields() -> dict[str, models.Field]:
    return {
        f"{one._meta.label}.{field.name}": field for one in planting.ours() for field in planting.texts(one)
    }


def test_every_model_with_words_has_a_row_with_a_marker_in_each(matrix) -> None:
    planted = {mark.field for mark in matrix.world.marks.values()}
    wanted = {
        f"{one._meta.label}.{field.name}" for one in planting.ours() for field in planting.with_room(one)
    }
    assert wanted - planted == set(), "make a row of it in tests/walls/matrix/more.py"
    assert len(planted) > 190


def test_every_planted_word_says_who_may_know_it(matrix) -> None:
    models_planted = {mark.model for mark in matrix.world.marks.values()}
    fields_planted = {mark.field for mark in matrix.world.marks.values()}
    unsaid = {one for one in models_planted if one not in KNOWN_TO}
    assert unsaid == set(), "say who may know it in tests/walls/matrix/known"
    assert {name for name in KNOWN_TO if name not in models_planted | fields_planted} == set()


def test_every_exception_is_of_a_field_that_is_there() -> None:
    fields = _fields()
    named = {*no_room.FIELDS, *no_room.WITH_ROOM_ALL_THE_SAME, *no_room.LEAVES}
    named |= {*no_room.NUMBERS, *no_room.EMAILS, *no_room.ADDRESSES}
    assert {name for name in named if name not in fields} == set()
    assert {name for name in no_room.EVERYWHERE if name not in {one.name for one in fields.values()}} == set()


def test_no_exception_hides_words_that_stand_encrypted() -> None:
    """What is encrypted was thought worth hiding: each is named one by one, not by its name alone."""
    hidden = {
        name
        for name, field in _fields().items()
        if type(field).__name__ == "EncryptedTextField"
        and field.name in no_room.EVERYWHERE
        and name not in {*no_room.WITH_ROOM_ALL_THE_SAME, *no_room.FIELDS}
    }
    assert {name.rpartition(".")[2] for name in hidden} <= {"secret", "old_secret", "client_secret"}


def test_a_model_without_a_row_or_an_entry_is_found(matrix) -> None:
    (mark, *_) = matrix.world.marks.values()
    known = {name: said for name, said in KNOWN_TO.items() if name not in {mark.model, mark.field}}
    with pytest.raises(KeyError):
        type(matrix.denied).made(matrix.viewers, {mark.marker: mark}, known)


def test_the_words_lie_in_the_database_where_the_marks_say(matrix, any_database) -> None:
    for mark in matrix.world.marks.values():
        row = type(mark.row)._base_manager.get(pk=mark.row.pk)
        assert mark.marker in str(getattr(row, mark.field.rpartition(".")[2])), mark.field


def test_a_planted_name_is_found_by_its_key(matrix, any_database) -> None:
    for person in MissingPerson.objects.all():
        assert person.name_key == name_key(person.given_names, person.family_name)
        assert "zq" in person.name_key


def test_only_the_force_and_the_childs_authority_were_given_sight_of_a_record(matrix, any_database) -> None:
    """What the tables of who may know take for granted about this world."""
    given = AudienceRow.objects.filter(revoked_at=None).exclude(kind="release")
    assert set(given.values_list("organisation__code", flat=True)) == {FORCE, AUTHORITY}


def test_every_address_is_an_interface(matrix) -> None:
    named = {one.name for one in matrix.interfaces} | set(interfaces.LEFT_OUT)
    assert set(matrix.world.filled.addresses) - named == set()
    assert {f"api:{name}" for name in interfaces.api_names()} - named == set()

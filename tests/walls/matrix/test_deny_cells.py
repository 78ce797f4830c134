"""Nobody reads anywhere what they may not know: each role, organisation, record and address."""

from __future__ import annotations

import pytest

from foundation.accounts.enums import ROLES_OF_KIND, Role
from tests.walls.matrix import walking
from tests.walls.matrix.knowing import may_know
from tests.walls.matrix.known import KNOWN_TO
from tests.walls.matrix.viewers import PLACES, SUSPENDED, SYSTEMS, VISITOR

pytestmark = pytest.mark.xdist_group("settling")


def test_nobody_reads_what_they_may_not_know(matrix, walked, record_property) -> None:
    generated = matrix.generated
    run = sum(len(matrix.denied.of[one.viewer.name]) for one in walked)
    record_property("walls", f"{run} cells run of {generated} generated")
    assert matrix.denied.leaks(walked) == []
    assert generated > run > 1_000_000
    assert {one.interface.name for one in walked} == {one.name for one in matrix.interfaces}


def test_the_sample_asks_each_address_as_one_of_each_organisation(matrix, walked) -> None:
    """Whatever no door shuts to all of a sort is asked by one of that sort, and every role asks."""
    met = {(one.interface.name, one.viewer.sort) for one in walked}
    assert met == {(one.name, viewer.sort) for one in matrix.interfaces for viewer in matrix.viewers}
    asked = {one.viewer.name for one in walked if one.status}
    assert asked == {viewer.name for viewer in matrix.viewers}


def test_no_page_broke_on_the_way(walked) -> None:
    assert {(one.viewer.name, one.interface.name) for one in walked if one.status >= 500} == set()


def test_every_role_of_every_sort_of_organisation_looks(matrix) -> None:
    there = {(one.place, one.role) for one in matrix.viewers}
    for code, kind in PLACES.items():
        for role in ROLES_OF_KIND[kind] - {Role.API_CLIENT}:
            assert (code, role.value) in there
    assert {(code, "api_client") for code in SYSTEMS} <= there
    assert {SUSPENDED, VISITOR} <= {one.role for one in matrix.viewers}


def test_whoever_may_know_reads_it_somewhere(matrix, walked) -> None:
    """A wall around nothing proves nothing: most of what was planted is shown to somebody who may."""
    shown = {marker for one in walked for marker in one.markers}
    fields = {mark.field for mark in matrix.world.marks.values()}
    read = {matrix.world.marks[marker].field for marker in shown if marker in matrix.world.marks}
    assert len(read) >= len(fields) * 0.7, sorted(fields - read)
    services = {name.partition(".")[0] for name in read}
    assert {"missingcases", "textsafe", "appeals", "rhi", "families", "helpline", "interviews"} <= services


def test_those_who_are_nobody_read_nothing(matrix, walked) -> None:
    for one in walked:
        if one.viewer.role in {SUSPENDED, VISITOR}:
            assert one.markers & matrix.world.marks.keys() == frozenset(), one.interface.name


@pytest.mark.parametrize(
    ("viewer", "field"),
    [
        ("police_superintendent@metropolitan", "interviews.Answer.words"),
        ("police_superintendent@metropolitan", "families.FamilyMember.code_word"),
        ("police_officer@kent", "missingcases.Note.text"),
        ("charity_manager@missing-people", "missingcases.Note.text"),
        ("charity_caseworker@missing-people", "interviews.Answer.words"),
        ("local_authority@la-croydon", "missingcases.MissingPerson.family_name"),
    ],
)
def test_a_leak_is_seen(matrix, walked, viewer, field) -> None:
    """The check itself: one of the answers with a word of the other side's in it."""
    mark = next(one for one in matrix.world.marks.values() if one.field == field)
    assert not may_know(KNOWN_TO, matrix.viewer(viewer), mark)
    answer = next(one for one in walked if one.viewer.name == viewer and one.status == 200)
    leaking = walking.Seen(
        answer.viewer, answer.interface, 200, walking.markers_in(f"<p>Told: {mark.marker}</p>")
    )
    assert matrix.denied.leaks([leaking]) == [f"{viewer} reads {field} at {answer.interface.name}"]


def test_a_number_is_seen_however_it_is_written() -> None:
    written = ["+447700900456", "07700 900456", "07700 900 456", "(07700) 900456", "tel:+447700900456"]
    assert [walking.markers_in(one) for one in written] == [frozenset({"+447700900456"})] * len(written)


def test_a_marker_in_a_file_that_is_packed_is_seen() -> None:
    from io import BytesIO
    from zipfile import ZipFile

    from django.http import FileResponse

    packed = BytesIO()
    with ZipFile(packed, "w") as parts:
        parts.writestr("rows.csv", "name\nzq0001wx\n")
    packed.seek(0)
    assert walking.markers_of(FileResponse(packed)) == {"zq0001wx"}

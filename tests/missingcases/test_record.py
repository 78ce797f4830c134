"""The record's declaration: what may be written, and what is still missing."""

from datetime import date

import pytest

from missingcases.record import SECTIONS, Kind, Reach, RecordInvalid, State, clean, section, tasks


def problems(code: str, **values: object) -> dict[str, str]:
    with pytest.raises(RecordInvalid) as caught:
        clean(section(code), values)
    return caught.value.problems


def test_every_section_can_be_completed_and_names_are_unique() -> None:
    for one in SECTIONS.values():
        names = [field.name for field in one.fields]
        assert len(names) == len(set(names)), one.code
        for field in one.fields:
            has_choices = field.kind in {Kind.CHOICE, Kind.CHOICES}
            assert bool(field.choices) is has_choices, field.name


def test_health_is_hidden_and_only_health() -> None:
    assert [one.code for one in SECTIONS.values() if one.is_hidden] == ["health"]
    assert all(field.hidden for field in section("health").fields)


@pytest.mark.parametrize(
    ("code", "name"),
    [("network", "persons_of_concern"), ("network", "abduction_warnings"), ("means", "bank")],
)
def test_police_knowledge_stays_with_the_owner_force(code: str, name: str) -> None:
    assert section(code).field(name).reach is Reach.OWNER


def test_a_field_that_is_not_declared_is_no_field() -> None:
    with pytest.raises(KeyError):
        section("means").field("horoscope")
    with pytest.raises(KeyError):
        section("horoscope")
    assert problems("means", horoscope="Leo") == {"horoscope": "There is no such field."}


def test_what_fits_is_stored_plainly() -> None:
    stored = clean(
        section("description"), {"height_cm": "172", "build": "  slim ", "glasses": "no", "accent": ""}
    )
    assert stored == {"height_cm": 172, "build": "slim", "glasses": "no"}
    means = clean(section("means"), {"devices": ["Phone", " ", "Tablet"], "bank_last_used": date(2026, 3, 1)})
    assert means == {"devices": ["Phone", "Tablet"], "bank_last_used": "2026-03-01"}
    assert clean(section("means"), {"bank_last_used": "2026-03-01"}) == {"bank_last_used": "2026-03-01"}


@pytest.mark.parametrize("empty", ["", None])
def test_emptiness_is_left_out_whatever_the_kind(empty: object) -> None:
    for one in SECTIONS.values():
        assert clean(one, {field.name: empty for field in one.fields}) == {}


@pytest.mark.parametrize(
    ("code", "name", "value"),
    [
        ("description", "build", "x" * 201),
        ("description", "build", 7),
        ("description", "build", "a\x00b"),
        ("description", "marks", "x" * 5001),
        ("description", "height_cm", "-1"),
        ("description", "height_cm", "tall"),
        ("description", "height_cm", True),
        ("description", "height_cm", "\uff11\uff17\uff10"),
        ("description", "height_cm", 261),
        ("description", "glasses", "maybe"),
        ("identity", "self_defined", "W8"),
        ("identity", "languages", "English"),
        ("identity", "languages", ["x"] * 51),
        ("identity", "languages", [1]),
        ("means", "bank_last_used", "32 March"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(code: str, name: str, value: object) -> None:
    assert list(problems(code, **{name: value})) == [name]


def test_choices_are_a_list_of_known_codes_once_each() -> None:
    from missingcases.record import Field, Section

    many = Section("x", "X", (Field("m", "M", Kind.CHOICES, (("a", "A"), ("b", "B"))),))
    assert clean(many, {"m": ["b", "a", "b"]}) == {"m": ["b", "a"]}
    assert clean(many, {"m": ""}) == {}
    for wrong in ("a", ["c"]):
        with pytest.raises(RecordInvalid):
            clean(many, {"m": wrong})


def test_ethnicity_by_the_officer_is_never_made_from_the_other() -> None:
    assert "officer_defined" not in clean(section("identity"), {"self_defined": "B1"})


def test_the_task_list_says_what_is_missing() -> None:
    found = {task.code: task for task in tasks({})}
    assert set(found) == set(SECTIONS)
    assert found["description"].state is State.NOT_STARTED
    part = {"description": {"height_cm": 170, "build": "slim"}, "network": {"places": ["Park"]}}
    by_code = {task.code: task for task in tasks(part)}
    assert by_code["description"].state is State.IN_PROGRESS
    assert by_code["description"].answered == 2
    assert "Eyes" in by_code["description"].missing


def test_not_known_is_an_answer() -> None:
    full = {
        "legal_status": "not_known",
        "care_placement_kind": "not_known",
        "out_of_area": "not_known",
        "social_worker": "None",
    }
    assert next(task for task in tasks({"care": full}) if task.code == "care").state is State.COMPLETE


def test_a_section_without_needed_fields_is_complete_once_begun() -> None:
    education = {task.code: task for task in tasks({"education": {"school": "A school"}})}["education"]
    assert (education.state, education.needed) == (State.COMPLETE, 0)

"""What somebody means who writes the name of an area."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from foundation.places import selectors
from foundation.places.forms import NO_AREA, AreaField
from foundation.places.models import Area, AreaKind

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)
# A command unit of that name ended in 2018; a county and a force area share one here.
ENDED = "Lambeth borough command (command unit, ended 1 July 2018)"


@pytest.fixture
def kents() -> list[Area]:
    county = Area.objects.create(kind=AreaKind.COUNTY, name="Kent", code="E10000016", gss_code="E10000016")
    return [Area.objects.get(code="force-kent"), county]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Lambeth", "E09000022"),
        ("  lambeth (BOROUGH) ", "E09000022"),
        ("e09000022", "E09000022"),
        ("met-central-south", "met-central-south"),
        (ENDED, "met-borough-lambeth"),
    ],
)
def test_a_name_a_label_and_a_code_are_understood(words: str, code: str) -> None:
    assert [area.code for area in selectors.called(words, on=TODAY)] == [code]


def test_words_that_mean_no_area_mean_none() -> None:
    for words in ("Lambet", "Lambeth (county)", "%", "(borough)", " ("):
        assert selectors.called(words, on=TODAY) == [], words


def test_two_of_one_name_are_told_apart_by_what_they_are(kents: list[Area]) -> None:
    assert set(selectors.called("kent", on=TODAY)) == set(kents)
    assert selectors.called("Kent (county)", on=TODAY) == [kents[1]]


def test_of_two_of_one_name_the_one_of_the_day_is_meant() -> None:
    old = Area.objects.create(kind="borough", name="Lambeth", code="old-lambeth", ends_on=date(1965, 4, 1))
    assert [area.code for area in selectors.called("Lambeth", on=TODAY)] == ["E09000022"]
    assert selectors.called(selectors.label(old), on=TODAY) == [old]


def test_only_what_counts_that_day_is_offered() -> None:
    offered = selectors.offered(on=TODAY)
    assert "Lambeth (borough)" in offered
    assert ENDED not in offered
    assert len(offered) == len(set(offered))


def test_why_an_area_did_not_count() -> None:
    area = Area(name="X", starts_on=date(2000, 1, 1), ends_on=date(2010, 1, 1))
    assert selectors.why_not(area, on=date(1999, 12, 31)) == "began on 1 January 2000"
    assert selectors.why_not(area, on=date(2000, 1, 1)) == ""
    assert selectors.why_not(area, on=date(2010, 1, 1)) == "ended on 1 January 2010"


def test_the_question_says_what_to_do(kents: list[Area]) -> None:
    field = AreaField(label="Area")
    said = {}
    for words in ("Narnia", "Kent", "Lam\x00beth"):
        with pytest.raises(ValidationError) as refused:
            field.clean(words)
        said[words] = refused.value.messages[0]
    assert said["Narnia"] == NO_AREA
    assert said["Kent"].startswith("Several areas are called that: choose Kent (")
    assert "Null" in said["Lam\x00beth"]
    assert field.clean("") is None

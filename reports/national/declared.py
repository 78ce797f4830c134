"""The tables of the national annual return as data (domain.md section 9).

A table counts one unit. `rows` and `columns` are dimensions of the family: the values of a row are said in
the order of `rows`. Where `adds_up` is not set a record stands in several rows (it may have several flags),
so that only the columns of a row add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from reports.cells.declared import Dimension
from reports.cells.families import BY_NAME


class CountingUnit(Enum):
    """What a number is of. No table has two of them (domain.md section 1)."""

    CALLS = "calls"
    INCIDENTS = "incidents"
    INDIVIDUALS = "individuals"


@dataclass(frozen=True, slots=True)
class ReturnTable:
    """One table: a family of kept cells laid out in rows and columns."""

    key: str
    title: str
    unit: CountingUnit
    family: str
    rows: tuple[str, ...]
    columns: str
    adds_up: bool = True
    note: str = ""
    alone: bool = False  # of some of the incidents only: its totals are not those of other tables

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Those of the rows, then that of the columns."""
        by_name = {one.name: one for one in BY_NAME[self.family].dimensions}
        return tuple(by_name[name] for name in (*self.rows, self.columns))

    @property
    def heading(self) -> str:
        """The title with its unit, so that nobody adds one table to another."""
        return f"{self.title} ({self.unit.value})"


_INCIDENTS, _PEOPLE = CountingUnit.INCIDENTS, CountingUnit.INDIVIDUALS
_TWICE = "Somebody whose age crossed a band between two reports stands in both."
TABLES: tuple[ReturnTable, ...] = (
    ReturnTable("incidents", "Age", _INCIDENTS, "incidents", (), "age_group"),
    ReturnTable("individuals", "Age", _PEOPLE, "individuals_by_age", (), "age_group", note=_TWICE),
    ReturnTable("sex_age", "Sex and age", _INCIDENTS, "sex_age", ("sex",), "age_band"),
    ReturnTable(
        "people_sex_age",
        "Sex and age",
        _PEOPLE,
        "individuals_by_sex_age",
        ("sex",),
        "age_band",
        note=_TWICE,
    ),
    ReturnTable("ethnicity", "Ethnicity, self-defined", _INCIDENTS, "ethnicity", ("ethnicity",), "age_group"),
    ReturnTable("risk", "Risk, sex and age", _INCIDENTS, "risk_sex_age", ("risk", "sex"), "age_band"),
    ReturnTable(
        "vulnerability",
        "Vulnerability, sex and age",
        _INCIDENTS,
        "vulnerability_sex_age",
        ("vulnerability", "sex"),
        "age_group",
        adds_up=False,
        note="An incident with several flags stands in several rows; one with none stands in none.",
    ),
    ReturnTable("duration", "Time missing", _INCIDENTS, "duration", ("duration",), "age_group"),
    ReturnTable("found_by", "Found by", _INCIDENTS, "found_by", ("found_by",), "age_group"),
    ReturnTable(
        "harm",
        "Harm",
        _INCIDENTS,
        "harm",
        ("harm",),
        "age_group",
        adds_up=False,
        note="An incident with several harms stands in several rows. Not known is not none.",
    ),
    ReturnTable("fatal", "Fatal outcomes", _INCIDENTS, "fatal", ("death",), "age_group", alone=True),
    ReturnTable("care", "Looked after", _INCIDENTS, "looked_after", ("looked_after",), "age_group"),
    ReturnTable("distance", "Distance found", _INCIDENTS, "distance", ("distance",), "age_group"),
)
# Distinct people do not add up: each total of theirs is a family of its own, by the dimensions that it has.
OF_PEOPLE: dict[tuple[str, ...], str] = {
    ("sex", "age_band"): "individuals_by_sex_age",
    ("sex",): "individuals_by_sex",
    ("age_band",): "individuals_by_age_band",
    ("age_group",): "individuals_by_age",
    (): "individuals",
}
FAMILIES: tuple[str, ...] = tuple(
    dict.fromkeys(("incidents", *OF_PEOPLE.values(), *(one.family for one in TABLES)))
)
# The narrow bands make the wide ones, so that a number of either may give away one of the other.
WIDE_BANDS: dict[str, tuple[str, ...]] = {
    "child": ("0-11", "12-14", "15-17"),
    "adult": ("18-21", "22-39", "40-59", "60+"),
    "not_known": ("not_known",),
}

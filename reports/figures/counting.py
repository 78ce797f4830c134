"""Counting all of one period: every number of the report by its key, and the sums that hold between them."""

from __future__ import annotations

from collections import Counter

from foundation.suppression import Sum
from reports.cells import reading
from reports.cells.families import BY_NAME
from reports.cells.reading import Counts
from reports.figures.catalogue import BREAKDOWNS
from reports.figures.declared import AGES, ALL_AGES, Key
from reports.periods import Period
from reports.supported.counting import closures_of
from reports.supported.keeping import FAMILIES as IN_CONFIDENCE
from reports.supported.keeping import as_kept

# Flags whose people are told, beside the incidents at which they were set.
FLAGS_OF_PEOPLE = ("cse", "gang", "mental_health")
_FAMILIES = (
    "incidents",
    "individuals",
    "individuals_by_age",
    "individuals_by_flag",
    "individuals_by_flag_age",
    "trafficked_children_in_care",
    "incidents_of_trafficked_children_in_care",
    *(one.family for one in BREAKDOWNS),
    "new_appeals",
)
CONFIDENTIAL = frozenset(
    {"textsafe_sent", "family_members", "interviews", "not_offered", "not_accepted", "late", "together"}
    | {"closures", "not_held"}
)
_ORIGINS = tuple(next(one.words for one in BY_NAME["textsafe_sent"].dimensions if one.name == "origin"))
Numbers = dict[Key, int]


def numbers(
    period: Period, force_id: int | None, areas: tuple[int, ...] | None, *, kept: bool = False
) -> Numbers:
    """Every number of the report for one period, by its key; nought where nothing was counted. With `kept`
    what was taken up in confidence is told as it was first counted."""
    families = _FAMILIES if kept else (*_FAMILIES, *IN_CONFIDENCE)
    found = reading.counts(families, period=period, force_id=force_id, areas=areas)
    counted: Numbers = {("incidents", ALL_AGES): found.total("incidents")}
    counted |= {("incidents", age): found.total("incidents", age_group=age) for age in AGES}
    counted |= {("individuals", age): found.total("individuals_by_age", age_group=age) for age in AGES}
    counted["individuals", ALL_AGES] = found.total("individuals")
    counted["repeats", ALL_AGES] = counted["incidents", ALL_AGES] - counted["individuals", ALL_AGES]
    for one in BREAKDOWNS:
        counted |= _broken_down(found, one.family, one.dimension)
    counted["new_appeals",] = found.total("new_appeals")
    services = _of_services(as_kept(period, force_id) if kept else found)
    return counted | _of_flagged(found, counted) | services


def _of_flagged(found: Counts, counted: Numbers) -> Numbers:
    """People by flag, of all ages and by age; and the trafficked children in care, with their incidents."""
    flagged: Numbers = {}
    for flag in FLAGS_OF_PEOPLE:
        flagged["people_flagged", flag] = found.total("individuals_by_flag", vulnerability=flag)
        flagged |= {
            ("people_flagged", flag, age): found.total(
                "individuals_by_flag_age", vulnerability=flag, age_group=age
            )
            for age in AGES
        }
    in_care = found.total("incidents_of_trafficked_children_in_care")
    return flagged | {
        ("trafficked_children_in_care",): found.total("trafficked_children_in_care"),
        ("incidents_of_trafficked_children_in_care",): in_care,
        ("trafficked_elsewhere",): counted["flags", "trafficking", "child"] - in_care,
    }


def _broken_down(found: Counts, family: str, dimension: str) -> Numbers:
    words = next(one.words for one in BY_NAME[family].dimensions if one.name == dimension)
    totals = found.by(family, dimension)
    counted: Numbers = {}
    for value in (*words, *(one for one in totals if one not in words)):
        counted[family, value, ALL_AGES] = totals.get(value, 0)
    if family in {"risk", "flags"}:
        by_age: Counter[Key] = Counter()
        for (values, _), count in found.rows(family).items():
            by_age[family, values[0], values[1]] += count
        counted |= {(family, value, age): by_age[family, value, age] for value in words for age in AGES}
    return counted


def _of_services(found: Counts) -> Numbers:
    """What services count; with it what they leave out, as the small rest of a large number tells of it."""
    stages = found.by("interviews", "stage")
    at = {stage: stages.get(stage, 0) for stage in ("owed", "offered", "accepted", "in_time")}
    closures = closures_of(found)
    return {
        ("textsafe_sent",): found.total("textsafe_sent"),
        **{("textsafe_sent", one): found.total("textsafe_sent", origin=one) for one in _ORIGINS},
        ("family_members",): found.total("family_members"),
        **{("interviews", stage): count for stage, count in at.items()},
        ("not_offered",): at["owed"] - at["offered"],
        ("not_accepted",): at["offered"] - at["accepted"],
        ("late",): at["owed"] - at["in_time"],
        ("not_held",): at["offered"] - at["in_time"],
        ("closures", ALL_AGES): closures.closed,
        ("closures", "supported"): closures.supported,
        ("closures", "alone"): closures.closed - closures.supported,
        **{("together", *sorted(one)): count for one, count in closures.sets.items()},
    }


def sums(counted: Numbers) -> list[Sum]:
    """The sums that hold between the numbers, by which a hidden one might be worked out."""
    total = ("incidents", ALL_AGES)
    found = [Sum(total, tuple(("incidents", age) for age in AGES))]
    for one in BREAKDOWNS:
        keys = [key for key in counted if key[0] == one.family]
        values = tuple(key for key in keys if key[2] == ALL_AGES)
        if not one.is_many:
            found.append(Sum(total, values))
        for key in values:
            parts = tuple((one.family, key[1], age) for age in AGES)
            if all(part in counted for part in parts):
                found.append(Sum(key, parts))
        if one.family == "risk":
            for age in AGES:
                found.append(Sum(("incidents", age), tuple(key for key in keys if key[2] == age)))
    return [
        *found,
        Sum(total, (("repeats", ALL_AGES), ("individuals", ALL_AGES))),
        Sum(
            ("flags", "trafficking", "child"),
            (("incidents_of_trafficked_children_in_care",), ("trafficked_elsewhere",)),
        ),
        Sum(("textsafe_sent",), tuple(("textsafe_sent", one) for one in _ORIGINS)),
        Sum(("interviews", "owed"), (("interviews", "offered"), ("not_offered",))),
        Sum(("interviews", "offered"), (("interviews", "accepted"), ("not_accepted",))),
        Sum(("interviews", "owed"), (("interviews", "in_time"), ("late",))),
        Sum(("interviews", "offered"), (("interviews", "in_time"), ("not_held",))),
        Sum(("closures", ALL_AGES), (("closures", "supported"), ("closures", "alone"))),
        Sum(("closures", ALL_AGES), tuple(key for key in counted if key[0] == "together")),
    ]


def is_confidential(key: Key) -> bool:
    """Whether a number counts what was taken up in confidence."""
    return key[0] in CONFIDENTIAL

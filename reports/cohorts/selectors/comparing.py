"""What the two readers coded, side by side, once both have finished."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from foundation.access import require
from foundation.actors import Actor
from missingcases.models import Incident
from reports.cohorts import policies
from reports.cohorts.agreement import Agreement, agreement
from reports.cohorts.enums import ReadingStatus, Value
from reports.cohorts.models import Case, Code, Decision, Review, Theme
from reports.cohorts.selectors.reviews import cases_of, themes_of

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """One theme: how far both agree, and how many differences are settled."""

    theme: Theme
    agreement: Agreement
    differing: int
    decided: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One case and theme that the readers coded differently, with what was settled, if it was."""

    case: Case
    theme: Theme
    first: str
    second: str
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one theme how many incidents, and of how many people, have it in the end; None where people are not
    counted (`Review.counts_people`)."""

    theme: Theme
    incidents: dict[str, int]
    people: int | None
    undecided: int


def pairs_of(actor: Actor, review: Review) -> dict[tuple[int, int], Pair]:
    """What both said, by case and theme: of the cases that the actor and both readers may know of now.

    Raises `Refused` before both have finished.
    """
    require(policies.may_compare(actor, review))
    ids = list(cases_of(actor, review).values_list("pk", flat=True))
    return _pairs(review, ids)


def _pairs(review: Review, case_ids: list[int]) -> dict[tuple[int, int], Pair]:
    themes = [theme.pk for theme in themes_of(review)]
    rows = Code.objects.filter(
        reading__case_id__in=case_ids, reading__status=ReadingStatus.DONE, theme_id__in=themes
    )
    told = rows.values_list("reading__case_id", "theme_id", "reading__reader_id", "value")
    said = {(case_id, theme_id, reader_id): value for case_id, theme_id, reader_id, value in told}
    first, second = review.reader_ids
    return {
        (case_id, theme_id): (said[case_id, theme_id, first], said[case_id, theme_id, second])
        for case_id in case_ids
        for theme_id in themes
        if (case_id, theme_id, first) in said and (case_id, theme_id, second) in said
    }


def agreements(
    review: Review, pairs: dict[tuple[int, int], Pair]
) -> tuple[list[tuple[Theme, Agreement]], Agreement]:
    """By theme in the book's order, and over all decisions together."""
    by_theme = [
        (theme, agreement([pair for (_, of), pair in pairs.items() if of == theme.pk]))
        for theme in themes_of(review)
    ]
    return by_theme, agreement(list(pairs.values()))


def compared(review: Review, pairs: dict[tuple[int, int], Pair]) -> list[Compared]:
    """Each theme with its agreement and how far its differences are settled."""
    decided = _decided(review)
    return [
        Compared(
            theme,
            found,
            differing=sum(one != other for (_, of), (one, other) in pairs.items() if of == theme.pk),
            decided=sum(
                key in decided for key, (one, other) in pairs.items() if key[1] == theme.pk and one != other
            ),
        )
        for theme, found in agreements(review, pairs)[0]
    ]


def _decided(review: Review) -> dict[tuple[int, int], Decision]:
    rows = Decision.objects.filter(case__review_id=review.pk).select_related("decided_by")
    return {(row.case_id, row.theme_id): row for row in rows}


def differences(review: Review, pairs: dict[tuple[int, int], Pair]) -> list[Difference]:
    """Every difference, in the order of the cases and of the themes; those that are settled too."""
    decided, themes = _decided(review), {theme.pk: theme for theme in themes_of(review)}
    keys = [key for key, (one, other) in pairs.items() if one != other]
    cases = Case.objects.in_bulk([case_id for case_id, _ in keys])
    order = {theme_id: place for place, theme_id in enumerate(themes)}
    keys.sort(key=lambda key: (cases[key[0]].number, order[key[1]]))
    return [Difference(cases[key[0]], themes[key[1]], *pairs[key], decision=decided.get(key)) for key in keys]


def final(review: Review, pairs: dict[tuple[int, int], Pair]) -> dict[tuple[int, int], str]:
    """What is said in the end, by case and theme: what both said, or settled on; else it is missing."""
    decided = _decided(review)
    return {
        key: one if one == other else decided[key].value
        for key, (one, other) in pairs.items()
        if one == other or key in decided
    }


def counted(review: Review, pairs: dict[tuple[int, int], Pair]) -> list[Counted]:
    """How often each theme is there: incidents by what was said, and people with one incident or more."""
    said = final(review, pairs)
    cases = dict(Case.objects.filter(review_id=review.pk).values_list("pk", "incident_id"))
    person_of = dict(Incident.objects.filter(pk__in=cases.values()).values_list("pk", "person_id"))
    found = []
    for theme in themes_of(review):
        mine = {case_id: value for (case_id, of), value in said.items() if of == theme.pk}
        tally = Counter(mine.values())
        with_it = {person_of[cases[case_id]] for case_id, value in mine.items() if value == Value.PRESENT}
        asked = sum(of == theme.pk for _, of in pairs)
        people = len(with_it) if review.counts_people else None
        found.append(
            Counted(theme, {value: tally[value] for value in Value.values}, people, asked - len(mine))
        )
    return found

"""What a review found, as tables for the page and for files. No words of notes are in any of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from foundation.tables import Cell, Cells, Table, spoken
from missingcases.models import Incident
from reports.cohorts.agreement import FEWEST, called
from reports.cohorts.enums import Value
from reports.cohorts.models import Case, Decision, Review
from reports.cohorts.selectors import counted, final, said_choice, themes_of
from reports.cohorts.selectors.comparing import Pair

KAPPA_NOTE = (
    "Kappa is agreement beyond chance: 1 is full, 0 what chance gives. Where a theme is rare or nearly "
    "always there, kappa is low even if both nearly always agree: read it beside what was observed. All "
    "themes together count each case once for each theme, and decisions in one case are not independent. "
    f"An interval is told from {FEWEST} cases on, and where the readers differed at all."
)


def agreement_table(review: Review) -> Table:
    """As it was when both had finished: later decisions do not change it."""
    rows = [(one["name"], one["agreement"]) for one in review.result["themes"]]
    rows.append(("All themes together", review.result["overall"]))
    return Table(
        "agreement",
        "How far both readers agree",
        (
            "Theme",
            "Cases coded by both",
            "Agreed",
            "Agreed, %",
            "Present, % of codes",
            "Kappa",
            "95% interval",
        ),
        tuple((name, *_agreement_cells(found)) for name, found in rows),
        note=KAPPA_NOTE,
    )


def _agreement_cells(found: dict[str, Any]) -> tuple[Cell, ...]:
    return (
        found["n"],
        found["agreed"],
        _percent(found["observed"]),
        _percent(found["prevalence"]),
        "none: one answer throughout" if found["kappa"] is None and found["n"] else _two(found["kappa"]),
        "–" if found["low"] is None else f"{found['low']:.2f} to {found['high']:.2f}",
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}"


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def in_words(review: Review) -> str:
    """The agreement over all themes in a sentence."""
    found = review.result["overall"]
    if not found["n"]:
        return "No case was coded by both readers."
    said = f"Both readers gave the same answer in {found['agreed']} of {found['n']} decisions"
    if found["kappa"] is None:
        return f"{said}; {called(None)}."
    return f"{said}. Kappa is {found['kappa']:.2f}, commonly called {called(found['kappa'])}."


def counts_table(review: Review, pairs: dict[tuple[int, int], Pair]) -> Table:
    """How often each theme is there, in incidents and in people: two units that are never mixed."""
    rows = counted(review, pairs)
    headings = ("Theme", "Incidents: present", "absent", "unclear", "not decided")
    return Table(
        "counts",
        "How often each theme is there",
        (*headings, "People with it") if review.counts_people else headings,
        tuple(
            (
                row.theme.name,
                row.incidents[Value.PRESENT],
                row.incidents[Value.ABSENT],
                row.incidents[Value.UNCLEAR],
                row.undecided,
                *([row.people] if review.counts_people else []),
            )
            for row in rows
        ),
        empty="No case was coded by both readers.",
        note="Of cases that both readers coded and that you and both of them may still see. It counts what "
        "notes say of these cases; it says nothing of incidents outside the cohort.",
    )


def cases_table(review: Review, pairs: dict[tuple[int, int], Pair], *, with_reasons: bool) -> Table:
    """Each case and theme with what both said and what was settled."""
    cases = Case.objects.filter(review_id=review.pk).in_bulk(sorted({case_id for case_id, _ in pairs}))
    incidents = Incident.objects.select_related("person").in_bulk([one.incident_id for one in cases.values()])
    decided = {(row.case_id, row.theme_id): row for row in Decision.objects.filter(case__review_id=review.pk)}
    said = final(review, pairs)
    rows: list[Cells] = []
    order = {theme.pk: (place, theme.name) for place, theme in enumerate(themes_of(review))}
    for case_id, theme_id in sorted(pairs, key=lambda key: (cases[key[0]].number, order[key[1]])):
        incident, key = incidents[cases[case_id].incident_id], (case_id, theme_id)
        reason = decided[key].reason if with_reasons and key in decided else ""
        rows.append(
            (
                cases[case_id].number,
                incident.reference,
                *([incident.person.reference] if review.counts_people else []),
                order[theme_id][1],
                *(Value(value).label for value in pairs[key]),
                Value(said[key]).label if key in said else "Not decided",
                *([reason] if with_reasons else []),
            )
        )
    whose = ("Person",) if review.counts_people else ()
    headings = ("Case", "Incident", *whose, "Theme", "First reader", "Second reader", "In the end")
    return Table(
        "cases",
        "Each case and theme",
        (*headings, "What decided it") if with_reasons else headings,
        tuple(rows),
        empty="No case was coded by both readers.",
    )


def about(review: Review, *, now: datetime) -> list[list[Cell]]:
    """The first lines of a file: what was reviewed, how it was chosen, by which versions."""
    lists = [
        f"{one.concept_list.name}, version {one.number}"
        for one in review.lists.select_related("concept_list")
    ]
    choice: list[list[Cell]] = [[question, answer] for question, answer in said_choice(review)]
    people: list[list[Cell]] = [["People in the list", review.people]] if review.counts_people else []
    return [
        ["Cohort review", review.reference],
        ["Name", review.name],
        ["Question", review.question],
        *choice,
        ["Found", review.found],
        ["Frozen", spoken(review.frozen_at) if review.frozen_at else ""],
        ["Incidents in the list", review.taken],
        *people,
        ["Order", f"drawn by lot {review.lot}"],
        ["Concept lists", "; ".join(lists)],
        ["Code book", f"{review.book.book.name}, version {review.book.number}"],
        ["First reader", review.first_reader.full_name],
        ["Second reader", review.second_reader.full_name],
        ["File made", spoken(now)],
    ]

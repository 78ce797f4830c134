"""A cohort review at each step, so that every page of them has something to show."""

from __future__ import annotations

from typing import Any

from missingcases.models import Incident
from reports.cohorts import selectors, services
from reports.cohorts.models import Review
from reports.cohorts.services import ThemeWords
from tests.cast import Member
from tests.reports.cohorts import making

_TEXT = (
    "Spoke to the school. No concerns of gang involvement were raised.\n\n"
    "Her aunt has seen her with known gang members on Friday and thinks that they give her money."
)


def reviews_at_each_step(lead: Member, second: Member, officer: Member, incident: Incident) -> None:
    """Being set up, being read with a newer code book to be taken, and being compared with a difference."""
    making.note(officer, incident, _TEXT)
    chosen = making.chosen(age="", mentioned=True)
    plan = making.plan(lead, second, chosen=chosen)
    services.set_up(actor=lead.actor, plan=plan)
    compared = _begun(lead, plan)
    _code(lead, compared, "present")
    _code(second, compared, "absent")
    reading = _begun(lead, plan)
    theme = selectors.themes_of(reading)[0]
    making.said(lead, reading, 1, {theme.pk: "unclear"}, memo="Ask who the aunt is.")
    services.change_book(
        actor=lead.actor,
        book_id=reading.book.book_id,
        number=1,
        themes=[*making.THEMES, ThemeWords("Debt", "Owes money to those who use them.")],
        why="Debt came up in the first cases.",
    )


def _begun(lead: Member, plan: Any) -> Review:
    review = services.set_up(actor=lead.actor, plan=plan)
    return services.begin(actor=lead.actor, review_id=review.pk, version=review.version)


def _code(reader: Member, review: Review, value: str) -> None:
    themes = selectors.themes_of(review)
    for case in selectors.cases_of(reader.actor, review):
        answers = {theme.pk: value for theme in themes}
        making.said(reader, review, case.number, answers, memo="Twice on one day.")
        services.finish_case(actor=reader.actor, review_id=review.pk, number=case.number)
    services.finish(actor=reader.actor, review_id=review.pk)

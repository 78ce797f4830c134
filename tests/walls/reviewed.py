"""A cohort review of the force, read by two of its people and not settled yet, for the walls."""

from __future__ import annotations

from foundation.accounts.enums import Role
from missingcases.models import Incident
from reports.cohorts import selectors, services
from reports.cohorts.services import ThemeWords
from tests.cast import Member, member
from tests.reports.cohorts import making

_LISTS, _BOOKS = frozenset({"list", "change_list"}), frozenset({"book", "change_book"})


def reviewed(incident: Incident, officer: Member, words: str) -> dict[str, str]:
    """The arguments of the pages of a review, by the page's name or the argument's."""
    met = officer.organisation
    lead = member("review.lead@met.example", "Lena", met, Role.POLICE_COORDINATOR)
    second = member("review.second@met.example", "Omar", met, Role.POLICE_INSPECTOR)
    version = services.write_list(actor=lead.actor, name=words[:80], language="en", terms="gang")
    book = services.write_book(actor=lead.actor, name=words[:80], themes=[ThemeWords(words[:80], words)])
    review = services.set_up(
        actor=lead.actor,
        plan=services.Plan(
            name=words[:80],
            question=words,
            chosen=making.chosen(age=""),
            list_ids=[version.pk],
            book_id=book.pk,
            first_reader_id=lead.user.pk,
            second_reader_id=second.user.pk,
        ),
    )
    services.begin(actor=lead.actor, review_id=review.pk, version=review.version)
    theme = selectors.themes_of(review)[0]
    for reader, value in ((lead, "present"), (second, "absent")):
        for case in selectors.cases_of(reader.actor, review):
            making.said(reader, review, case.number, {theme.pk: value}, memo=words)
            services.finish_case(actor=reader.actor, review_id=review.pk, number=case.number)
        services.finish(actor=reader.actor, review_id=review.pk)
    services.decide(
        actor=lead.actor,
        review_id=review.pk,
        number=1,
        theme_id=theme.pk,
        value="absent",
        reason=words,
        talked=True,
    )
    return {
        "": review.reference,
        "number": "1",
        "theme_id": str(theme.pk),
        **dict.fromkeys(_LISTS, version.concept_list.reference),
        **dict.fromkeys(_BOOKS, book.book.reference),
    }

"""A cohort to where a test begins: incidents with notes, a list, a code book, a review with two readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from missingcases.enums import Audience
from missingcases.models import Incident, Note
from reports.cohorts import services
from reports.cohorts.choosing import Chosen
from reports.cohorts.models import Reading, Review
from reports.cohorts.selectors import themes_of
from reports.cohorts.services import Plan, ThemeWords
from tests.cast import Member
from tests.missingcases import making

GANG = "gang, gangs, gang affiliated\ncounty lines, going country"
THEMES = (
    ThemeWords("Gang involvement", "In or used by a gang. Not: a relative who is."),
    ThemeWords("Sexual exploitation", "Exploited, or at risk of it, by the note's own words."),
)
TEXTS = (
    "No concerns of gang involvement.\n\nSeen with known gang members on Friday.",
    "Mother says he is going country again.",
    "Home in time for tea.",
)


def child(officer: Member, text: str = "", *, audience: str = Audience.OWNER, **given: Any) -> Incident:
    """A child of fourteen who was reported, with a note of these words."""
    incident = making.report(officer.actor, **{"date_of_birth": making.child_born()} | given)
    if text:
        note(officer, incident, text, audience=audience)
    return incident


def note(who: Member, incident: Incident, text: str, *, audience: str = Audience.OWNER, **given: Any) -> Note:
    """A note as its row."""
    values = {"organisation": who.organisation, "author": who.user, "audience": audience, "text": text}
    return Note.objects.create(incident=incident, **values | given)


def chosen(**given: Any) -> Chosen:
    """What was reported in the last year, of children."""
    today = timezone.localdate()
    return Chosen(**{"since": today - timedelta(days=365), "until": today, "age": "child"} | given)


def plan(lead: Member, second: Member, **given: Any) -> Plan:
    """A review of two readers over a list and a code book that are written for it."""
    version = services.write_list(
        actor=lead.actor, name=given.pop("list_name", "Gangs"), language="en", terms=given.pop("terms", GANG)
    )
    book = services.write_book(actor=lead.actor, name=given.pop("book_name", "Exploitation"), themes=THEMES)
    values: dict[str, Any] = {
        "name": "Children and gangs",
        "question": "How many are drawn into gangs?",
        "chosen": chosen(),
        "list_ids": [version.pk],
        "book_id": book.pk,
        "first_reader_id": lead.user.pk,
        "second_reader_id": second.user.pk,
    }
    return Plan(**values | given)


def begun(lead: Member, second: Member, **given: Any) -> Review:
    """A review whose list is frozen."""
    review = services.set_up(actor=lead.actor, plan=plan(lead, second, **given))
    return services.begin(actor=lead.actor, review_id=review.pk, version=review.version)


def said(reader: Member, review: Review, number: int, answers: dict[int, str], **given: Any) -> Reading:
    """What a reader says of some themes, over whatever stands there."""
    return services.save_case(
        actor=reader.actor,
        review_id=review.pk,
        number=number,
        answers=answers,
        **{"version": 0, "memo": ""} | given,
    )


def coded(reader: Member, review: Review, number: int, *values: str, done: bool = True) -> None:
    """A case coded by theme, in the order of the code book."""
    answers = {theme.pk: value for theme, value in zip(themes_of(review), values, strict=True)}
    said(reader, review, number, answers)
    if done:
        services.finish_case(actor=reader.actor, review_id=review.pk, number=number)


def finished(reader: Member, review: Review, answers: Sequence[tuple[str, ...]]) -> Review:
    """Every case coded, in the order of the cases, and the reader has finished."""
    for number, values in enumerate(answers, 1):
        coded(reader, review, number, *values)
    return services.finish(actor=reader.actor, review_id=review.pk)

"""Proposing appeals for anniversaries and birthdays, as drafts for the charity to judge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from appeals import days
from appeals.enums import AppealKind, Audience, Language, Origin
from appeals.gates import ADULT_FROM
from appeals.models import Appeal, Content
from appeals.selectors import area_ids_of, newest_content, wordings_of
from appeals.selectors.proposals import Due, due_on, may_be_proposed
from appeals.services.editing import ContentDetails, Words
from appeals.services.requesting import ask_for_appeal
from foundation.actors import Actor
from missingcases.services import lock_incident

PROPOSER = Actor.system("appeals.propose_for_the_day")
# A day of one incident is proposed once, whoever runs this and how often: the same token each time.
_DAYS = UUID("5f3f6c0a-7d0c-4b39-9d0b-9a2f7f5f3f10")


@dataclass(frozen=True, slots=True)
class _Day:
    kind: AppealKind
    day: date
    headline: str
    reason: str


def propose_for_the_day(*, now: datetime) -> int:
    """Propose what comes round tomorrow, from 07:00 in London, or today; returns how many are new."""
    made = 0
    for day in days.to_propose(now):
        for due in due_on(day):
            made += _propose(due, day)
    return made


@transaction.atomic
def _propose(due: Due, day: date) -> bool:
    token = uuid5(_DAYS, f"{due.kind} {due.incident_id} {day.isoformat()}")
    incident = lock_incident(due.incident_id)
    if Appeal.objects.filter(form_token=token).exists() or not may_be_proposed(incident):
        return False
    before = Appeal.objects.get(pk=due.appeal_id)
    content = newest_content(before)
    if content is None:
        return False
    said = _said(due, content, day)
    ask_for_appeal(
        actor=PROPOSER,
        incident_id=incident.pk,
        form_token=token,
        kind=said.kind,
        reason=said.reason,
        police_view="",
        content=_details(content, said.headline),
        area_ids=area_ids_of(before),
        origin=Origin.PROPOSED,
    )
    return True


def _said(due: Due, content: Content, day: date) -> _Day:
    shown = f"{day.day} {day:%B %Y}"
    if due.kind == AppealKind.ANNIVERSARY:
        years = days.comes_round(content.missing_since, day)
        headline = days.anniversary_words(content.first_name, years)
        return _Day(AppealKind.ANNIVERSARY, day, headline, f"An anniversary on {shown}.")
    child = due.born is None or days.comes_round(due.born, day) < ADULT_FROM
    headline = days.birthday_words(content.first_name, is_child=child)
    return _Day(AppealKind.BIRTHDAY, day, headline, f"A birthday on {shown}.")


def _details(content: Content, headline: str) -> ContentDetails:
    """What was shown before, with the headline of the day; photo and surname are agreed to anew."""
    public = [
        one
        for one in wordings_of(content)
        if one.audience == Audience.PUBLIC and one.region_id is None and one.description
    ]
    return ContentDetails(
        first_name=content.first_name,
        surname=content.surname,
        age=content.age,
        missing_since=content.missing_since,
        area_id=content.area_id,
        wordings=tuple(
            Words(
                language=one.language,
                headline=headline if one.language == Language.ENGLISH else "",
                description=one.description,
                clothing=one.clothing,
            )
            for one in public
        ),
    )

"""Reviews, their cases and how far each reader is: never what the other coded before both have finished."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from foundation.accounts.models import User
from foundation.accounts.selectors import actor_for, people_holding
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.models import Incident
from missingcases.selectors.opening import KnownTo
from reports.cohorts import policies
from reports.cohorts.enums import ENDED, ReadingStatus
from reports.cohorts.models import BookTheme, Case, Code, Reading, Review, Theme
from reports.cohorts.selectors.searching import notes_with
from reports.cohorts.states import LEADS, REVIEWERS

_WITH = ("lead", "first_reader", "second_reader", "book__book", "organisation")
PAGE = 50


def reviews_visible_to(actor: Actor) -> QuerySet[Review]:
    """The reviews that the actor leads or reads for, or could take over, in the organisation they act for."""
    if policies.may_review(actor) is not None:
        return Review.objects.none()
    theirs = Q(lead_id=actor.user_id) | Q(first_reader_id=actor.user_id) | Q(second_reader_id=actor.user_id)
    if policies.may_lead(actor) is None:
        leads = people_holding(actor.organisation_id or 0, LEADS)
        theirs |= ~Q(lead__in=leads) & ~Q(status__in=sorted(ENDED))
    return Review.objects.filter(theirs, organisation_id=actor.organisation_id or 0).select_related(*_WITH)


def review_named(actor: Actor, reference: str) -> Review:
    """One review. Raises `NotVisible`."""
    found = reviews_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def may_read(organisation_id: int) -> QuerySet[User]:
    """The people of an organisation who may read for reviews."""
    return people_holding(organisation_id, REVIEWERS)


def themes_of(review: Review) -> list[Theme]:
    """The themes of the version of the code book that the review uses, in its order."""
    places = BookTheme.objects.filter(version_id=review.book_id).select_related("theme").order_by("place")
    return [place.theme for place in places]


def reader_actors(review: Review) -> tuple[Actor, Actor]:
    """What each reader may see now: read afresh, so that whoever left, or lost a role, sees nothing."""
    return (
        _as_reader(review, review.first_reader_id),
        _as_reader(review, review.second_reader_id),
    )


def _as_reader(review: Review, user_id: int) -> Actor:
    user = review.first_reader if user_id == review.first_reader_id else review.second_reader
    actor = actor_for(user, organisation_id=review.organisation_id, source="cohorts")
    if actor.organisation_id != review.organisation_id or policies.may_review(actor) is not None:
        return Actor.nobody("cohorts")
    return actor


def cases_of(actor: Actor, review: Review) -> QuerySet[Case]:
    """The cases that the actor and both readers may know of now: nobody else's are read, coded or counted.

    Asked once for a review that somebody holds: a page asks for its cases again and again.
    """
    held: dict[int | None, list[int]] = review.__dict__.setdefault("_known_cases", {})
    if actor.user_id not in held:
        held[actor.user_id] = _known_ids(actor, review)
    return Case.objects.filter(review_id=review.pk, incident_id__in=held[actor.user_id])


def _known_ids(actor: Actor, review: Review) -> list[int]:
    first, second = reader_actors(review)
    known = Incident.objects.filter(KnownTo(first)).filter(KnownTo(second))
    if actor.user_id not in review.reader_ids:
        known = known.filter(KnownTo(actor))
    cases = Case.objects.filter(review_id=review.pk)
    return list(known.filter(pk__in=cases.values("incident_id")).values_list("pk", flat=True))


def case_numbered(actor: Actor, review: Review, number: int) -> Case:
    """One case. Raises `NotVisible`, as for a number that nobody gave."""
    found = (
        cases_of(actor, review).filter(number=number).select_related("incident", "incident__owner").first()
    )
    if found is None:
        raise NotVisible(f"case {number}")
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one reader is with the cases that both may see; `left_out` are those that not both may see."""

    total: int
    done: int
    left_out: int

    @property
    def left(self) -> int:
        """How many wait to be coded."""
        return self.total - self.done


def progress_of(actor: Actor, review: Review) -> Progress:
    """The actor's own progress; of their colleague they learn only whether they have finished."""
    cases = cases_of(actor, review)
    total = cases.count()
    done = done_by(actor, cases).count()
    return Progress(total, done, (review.taken or 0) - total)


def done_by(actor: Actor, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Of these cases those that the actor has coded."""
    done = Reading.objects.filter(reader_id=actor.user_id, status=ReadingStatus.DONE)
    return cases.filter(pk__in=done.values("case_id"))


SHOWN = {
    "all": "All cases",
    "open": "Not coded yet",
    "done": "Coded",
    "mentioned": "With words of the lists",
    "silent": "Without words of the lists",
}


def narrowed(actor: Actor, review: Review, show: str) -> QuerySet[Case]:
    """The cases of one view of the list. Words are looked for in notes that the actor may read now."""
    cases = cases_of(actor, review)
    if show in {"open", "done"}:
        done = done_by(actor, cases).values("pk")
        return cases.filter(pk__in=done) if show == "done" else cases.exclude(pk__in=done)
    if show in {"mentioned", "silent"}:
        versions = list(review.lists.select_related("concept_list"))
        notes = notes_with(actor, versions).filter(incident_id__in=cases.values("incident_id"))
        ids = set(notes.order_by().values_list("incident_id", flat=True))
        return (
            cases.filter(incident_id__in=ids) if show == "mentioned" else cases.exclude(incident_id__in=ids)
        )
    return cases


def reading_of(actor: Actor, case: Case) -> Reading | None:
    """The actor's own reading of a case."""
    return Reading.objects.filter(case_id=case.pk, reader_id=actor.user_id).first()


def codes_of(reading: Reading | None) -> dict[int, str]:
    """What one reading says of each theme, by its id."""
    if reading is None:
        return {}
    return dict(Code.objects.filter(reading_id=reading.pk).values_list("theme_id", "value"))


def next_open(actor: Actor, review: Review, *, after: int = 0) -> int | None:
    """The number of the next case that the actor has not coded; from the beginning again after the last."""
    waiting = narrowed(actor, review, "open").order_by("number").values_list("number", flat=True)
    return waiting.filter(number__gt=after).first() or waiting.first()

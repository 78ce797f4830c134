"""Who has seen or been told what: of the actor's own organisation's records, and of nothing else.

What the organisation's own people read, what others read on its behalf, and what it released with whether
the other side read it. What another organisation reads of its own records is never in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.audit import selectors as trail
from foundation.audit.models import AuditEvent
from foundation.contributions import release_sources
from foundation.exceptions import NotVisible
from missingcases.breakglass.models import Opening
from missingcases.models import Incident, MissingPerson, Release
from missingcases.selectors import incidents_visible_to
from missingcases.selectors.held import held_incidents, subject_held

PAGE = trail.PAGE
RELEASES = 100
CHUNK = 500
# The last word of what was noted says that it was a reading; what changes a record is told elsewhere.
_READING = (
    "opened", "read", "listed", "looked_at", "revealed", "printed", "exported", "downloaded", "searched",
    "figures_viewed",
)  # fmt: skip
WORDS = {
    "opened": "Opened",
    "read": "Read",
    "listed": "Seen in a list",
    "looked_at": "Looked at",
    "revealed": "Confidential part shown",
    "printed": "Printed",
    "exported": "Exported",
    "downloaded": "Downloaded",
    "searched": "Found by a search",
    "figures_viewed": "Counted in figures",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what was asked about: an incident, or a person with all their incidents."""

    reference: str
    is_person: bool
    incident_ids: tuple[int, ...]
    person_ids: tuple[int, ...]


def subject_named(actor: Actor, reference: str) -> Subject:
    """What the actor may ask about. Raises `NotVisible`.

    A manager asks about what they see themselves; the data-protection role, which sees no content, about
    everything that the organisation holds.
    """
    found = subject_held(actor, reference.strip().upper())
    if found is None:
        raise NotVisible(reference)
    if isinstance(found, Incident):
        subject = Subject(found.reference, False, (found.pk,), ())
    else:
        subject = _person(actor, found)
    return _narrowed(actor, subject)


def _person(actor: Actor, person: MissingPerson) -> Subject:
    own = MissingPerson.objects.filter(organisation_id=actor.organisation_id or 0)
    records = own.filter(Q(pk=person.pk) | Q(merged_into=person)).values_list("pk", flat=True)
    return Subject(person.reference, True, tuple(held_incidents(actor, person)), tuple(sorted(records)))


def _narrowed(actor: Actor, subject: Subject) -> Subject:
    if actor.holds({Role.AUDITOR}):
        return subject
    seen = incidents_visible_to(actor).filter(pk__in=subject.incident_ids)
    incident_ids = tuple(sorted(seen.values_list("pk", flat=True)))
    if not incident_ids:
        raise NotVisible(subject.reference)
    hides_some = len(incident_ids) < len(subject.incident_ids)
    return Subject(
        subject.reference, subject.is_person, incident_ids, () if hides_some else subject.person_ids
    )


def readings(actor: Actor, subject: Subject, *, before: int | None = None) -> list[AuditEvent]:
    """A page of who read it, and one more, newest first."""
    about: dict[str, Collection[int]] = {
        Incident._meta.label: subject.incident_ids,
        MissingPerson._meta.label: subject.person_ids,
    }
    own = _readings().filter(
        Q(organisation_id=actor.organisation_id) | Q(on_behalf_of_id=actor.organisation_id)
    )
    found = trail.page_about(own, about, incident_ids=subject.incident_ids, before=before)
    released = releases_of(actor, subject).values_list("pk", flat=True)
    others = _readings().exclude(organisation_id=actor.organisation_id)
    found += trail.page_about(others, {Release._meta.label: list(released)}, before=before)
    newest = {row.pk: row for row in found}
    return [newest[pk] for pk in sorted(newest, reverse=True)[: PAGE + 1]]


def _readings() -> QuerySet[AuditEvent]:
    wanted = Q()
    for word in _READING:
        wanted |= Q(action__endswith=word)
    return AuditEvent.objects.filter(wanted)


def in_words(action: str) -> str:
    """What kind of reading an entry notes."""
    return next((words for end, words in WORDS.items() if action.endswith(end)), action)


def releases_of(actor: Actor, subject: Subject) -> QuerySet[Release]:
    """What the actor's organisation released of it, the newest first."""
    about = Q(incident_id__in=subject.incident_ids)
    for one in release_sources():
        # Made from a record that no incident stands on, such as an interview or an intelligence report.
        about |= Q(source_label=one.label, source_id__in=list(one.about(subject.incident_ids)))
    rows = Release.objects.filter(about, from_organisation_id=actor.organisation_id or 0)
    return rows.select_related("to_organisation", "incident", "author", "decided_by")


def openings_of(actor: Actor, subject: Subject) -> QuerySet[Opening]:
    """The break-glass openings of it, of the actor's organisation."""
    about = Q(incident_id__in=subject.incident_ids) | Q(person_id__in=subject.person_ids)
    rows = Opening.objects.filter(about, organisation_id=actor.organisation_id or 0)
    return rows.select_related("opened_by", "incident", "person")


@dataclass(frozen=True, slots=True)
class Told:
    """One release, with whether the other side has read it."""

    release: Release
    first_read_at: datetime | None
    times_read: int


def told(releases: Collection[Release]) -> list[Told]:
    """These releases with the readings of their receivers. One query more."""
    read = AuditEvent.objects.filter(
        target=Release._meta.label, target_id__in=[one.pk for one in releases], action="release.read"
    )
    counted = read.order_by().values_list("target_id", "organisation_id")
    by_reader = {
        (pk, organisation_id): (first, times)
        for pk, organisation_id, first, times in counted.annotate(Min("recorded_at"), Count("pk"))
    }
    return [Told(one, *by_reader.get((one.pk, one.to_organisation_id), (None, 0))) for one in releases]


def logged(actor: Actor, since: datetime, until: datetime) -> Iterator[Told]:
    """Every release of the actor's organisation decided in that time, a chunk at a time, by its number."""
    rows = Release.objects.filter(
        from_organisation_id=actor.organisation_id or 0, decided_at__gte=since, decided_at__lt=until
    ).select_related("to_organisation", "to_user", "agreement", "incident", "author", "decided_by")
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield from told(chunk)
        last = chunk[-1].pk

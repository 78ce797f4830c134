"""What a list of incidents is narrowed to. Who may see them is asked elsewhere (`selectors.incidents`)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.actors import Actor
from missingcases.enums import OPEN
from missingcases.models import Alias, Incident, MissingPerson, Phone
from missingcases.names import name_key
from missingcases.numbers import number_key
from missingcases.selectors.clocks import running_clocks
from missingcases.selectors.paging import Narrowing
from missingcases.selectors.sight import notes_visible_to, seen_at, with_words


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty values narrow nothing.

    `text` is a reference or a name, `phone` a number in E.164, `place` words of where somebody was last
    seen, `words` those of a note that the actor may read.
    """

    text: str = ""
    phone: str = ""
    place: str = ""
    words: str = ""
    status: str = ""
    risk: str = ""
    mine: bool = False
    overdue: bool = False
    open_only: bool = False
    ungraded: bool = False
    unit_id: int | None = None
    owner_id: int | None = None

    def plain(self) -> Narrowing | None:
        """The same for the index of the audience rows, where that can tell; None where it cannot."""
        asked = (self.text.strip(), self.phone, self.place.strip(), self.words.strip(), self.unit_id)
        if any(asked) or self.mine or self.overdue or (self.risk and self.ungraded):
            return None
        return Narrowing(
            status=self.status or None,
            is_open=True if self.open_only else None,
            risk_level="" if self.ungraded else self.risk or None,
            owner_id=self.owner_id,
        )


def narrow(rows: QuerySet[Incident], actor: Actor, filters: Filters) -> QuerySet[Incident]:
    """Of `rows` those that `filters` ask for. Which `rows` the actor may see is the caller's to say.

    "Mine" is the actor's own; notes are searched as far as the actor may read them.
    """
    if filters.open_only:
        rows = rows.filter(status__in=sorted(OPEN))
    if filters.status:
        rows = rows.filter(status=filters.status)
    if filters.risk:
        rows = rows.filter(risk_level=filters.risk)
    if filters.ungraded:
        rows = rows.filter(risk_level="")
    if filters.unit_id is not None:
        rows = rows.filter(owner_unit_id=filters.unit_id)
    if filters.owner_id is not None:
        rows = rows.filter(owner_id=filters.owner_id)
    if filters.mine:
        rows = rows.filter(owner_officer_id=actor.user_id)
    if filters.overdue:
        overdue = running_clocks().filter(due_at__lt=timezone.now())
        rows = rows.filter(pk__in=overdue.values("incident_id"))
    return _matching(_told(actor, rows, filters), filters.text.strip())


def _told(actor: Actor, rows: QuerySet[Incident], filters: Filters) -> QuerySet[Incident]:
    """Narrowed by what somebody told of the person: a number, a place, words of a note."""
    if filters.phone:
        holders = Phone.objects.filter(number_key=number_key(filters.phone))
        rows = rows.filter(person_id__in=holders.values("person_id"))
    if filters.place.strip():
        rows = seen_at(rows, filters.place)
    if filters.words.strip():
        found = with_words(notes_visible_to(actor), filters.words)
        rows = rows.filter(pk__in=found.values("incident_id"))
    return rows


def _matching(rows: QuerySet[Incident], text: str) -> QuerySet[Incident]:
    """A reference of the incident or the person, or every word of a name that the person goes by.

    Each way has its index, so what each finds is put together: OR-ed they would have none.
    """
    if not text:
        return rows
    named = Q()
    for word in name_key(text).split():
        named &= Q(name_key__contains=word)
    # Ours are in capitals; a force's are as the force writes them.
    asked = [Q(reference=text.upper()), Q(force_reference__iexact=text), Q(person__reference=text.upper())]
    if named:
        asked.append(Q(person_id__in=MissingPerson.objects.filter(named).values("pk")))
        asked.append(Q(person_id__in=Alias.objects.filter(named).values("person_id")))
    first, *others = (Incident.objects.filter(one).order_by().values("pk") for one in asked)
    return rows.filter(pk__in=first.union(*others))

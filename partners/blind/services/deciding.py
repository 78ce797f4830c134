"""What a person on each side says of a candidate, and what withdraws it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.actors import Actor
from foundation.exceptions import NotVisible
from foundation.states import move
from missingcases.enums import Audience, IncidentStatus
from missingcases.models import Incident
from missingcases.services import add_timeline_entry
from partners.blind import selectors
from partners.blind.deadlines import CANDIDATE_LASTS
from partners.blind.enums import LIVE, CandidateStatus
from partners.blind.models import Candidate
from partners.blind.putting import may_be_put, why_not_put
from partners.blind.services.telling import tell_partner
from partners.blind.states import CANDIDATE

ENDING = Actor.system("blind.ending")
# Who of the partner did it does not stand on the force's own timeline.
OTHER_SIDE = Actor.system("blind.other_side")


@transaction.atomic
def confirm_here(*, actor: Actor, candidate_id: int) -> Candidate:
    """The force lets the partner know that its record may be somebody whom the force looks for.

    Raises `NotVisible`, `Refused`.
    """
    row = _one(selectors.candidates_visible_to(actor), candidate_id)
    now = timezone.now()
    changes = {"here_by_id": actor.user_id, "here_at": now, "told_at": now}
    done = move(row, CANDIDATE, CandidateStatus.CONFIRMED_HERE, actor=actor, changes=changes)
    _tell(done, actor, "blind.confirmed_here", "A partner was told that its record may be this person")
    tell_partner(done)
    return done


@transaction.atomic
def confirm_there(*, actor: Actor, candidate_id: int) -> Candidate:
    """The partner says that its record is a person it knows and would speak about. Raises as above."""
    row = _one(selectors.candidates_visible_to(actor), candidate_id)
    changes = {"there_by_id": actor.user_id, "there_at": timezone.now()}
    done = move(row, CANDIDATE, CandidateStatus.CONFIRMED, actor=actor, changes=changes)
    _tell(done, OTHER_SIDE, "blind.confirmed", "A partner confirms that it may know this person")
    return done


@transaction.atomic
def reject(*, actor: Actor, candidate_id: int, reason: str) -> Candidate:
    """Not the same person, says the side whose turn it is. Raises `NotVisible`, `Refused`."""
    row = _one(selectors.candidates_visible_to(actor), candidate_id)
    now = timezone.now()
    side = "here" if selectors.is_holder(actor) else "there"
    changes = {f"{side}_by_id": actor.user_id, f"{side}_at": now, "ended_at": now}
    done = move(row, CANDIDATE, CandidateStatus.REJECTED, actor=actor, reason=reason, changes=changes)
    if side == "there":
        _tell(done, OTHER_SIDE, "blind.rejected", "A partner says that its record is not this person")
    return done


@transaction.atomic
def take_back(*, actor: Actor, candidate_id: int, reason: str) -> Candidate:
    """The force takes back what it told the partner. Raises `NotVisible`, `Refused`."""
    row = _one(selectors.candidates_visible_to(actor), candidate_id)
    return withdraw_row(row, actor, reason)


def withdraw_for_closed(*, incident_id: int) -> int:
    """The incident may not be put to a partner any more, whatever the reason: its candidates end.

    Runs in the transaction that did it. Returns how many ended.
    """
    rows = Candidate.objects.filter(incident_id=incident_id, status__in=sorted(LIVE))
    found = list(rows.select_related("incident", "pairing").order_by("pk"))
    gone = [row for row in found if why_not_put(row.incident, row.pairing.holder_id) is not None]
    for row in gone:
        withdraw_row(row, ENDING, "The incident is not put to partners any more.")
    return len(gone)


def withdraw_for_person(*, person_id: int) -> int:
    """A flag on a person changed: their incidents may not be put to partners any more."""
    held = Candidate.objects.filter(incident__person_id=person_id, status__in=sorted(LIVE))
    incidents = held.order_by("incident_id").values_list("incident_id", flat=True).distinct()
    return sum(withdraw_for_closed(incident_id=one) for one in incidents)


@transaction.atomic
def withdraw_stale() -> int:
    """Candidates on which nobody decided in their time. Returns how many."""
    before = timezone.now() - CANDIDATE_LASTS
    waiting = (CandidateStatus.PROPOSED, CandidateStatus.CONFIRMED_HERE)
    rows = Candidate.objects.filter(status__in=waiting, found_at__lte=before)
    found = list(rows.select_related("incident", "pairing").order_by("incident_id", "pk")[:500])
    for row in found:
        withdraw_row(row, ENDING, "Nobody decided in its time.")
    return len(found)


def withdraw_shut() -> int:
    """Candidates of incidents that were restricted meanwhile, or else shut to partners. Returns how many."""
    live = Candidate.objects.filter(status__in=sorted(LIVE))
    held = Incident.objects.filter(pk__in=live.values("incident_id"))
    shut = held.exclude(pk__in=may_be_put(held.filter(status=IncidentStatus.LONG_TERM)).values("pk"))
    return sum(withdraw_in_its_own(one) for one in shut.order_by("pk").values_list("pk", flat=True)[:500])


@transaction.atomic
def withdraw_in_its_own(incident_id: int) -> int:
    """As `withdraw_for_closed`, in a transaction of its own."""
    return withdraw_for_closed(incident_id=incident_id)


def withdraw_row(row: Candidate, actor: Actor, reason: str) -> Candidate:
    """End one candidate. It takes the incident's lock."""
    return move(
        row,
        CANDIDATE,
        CandidateStatus.WITHDRAWN,
        actor=actor,
        reason=reason,
        changes={"ended_at": timezone.now()},
    )


def _one(rows: QuerySet[Candidate], candidate_id: int) -> Candidate:
    found = rows.filter(pk=candidate_id).first()
    if found is None:
        raise NotVisible(f"candidate {candidate_id}")
    return found


def _tell(row: Candidate, actor: Actor, kind: str, summary: str) -> None:
    """One line on the force's own timeline. It names neither the partner's record nor the partner."""
    owner_id = Incident.objects.values_list("owner_id", flat=True).get(pk=row.incident_id)
    add_timeline_entry(
        incident_id=row.incident_id,
        kind=kind,
        actor=actor,
        audience=Audience.OWNER,
        summary=summary,
        subject=(Candidate._meta.label, row.pk),
        organisation_id=owner_id,
    )

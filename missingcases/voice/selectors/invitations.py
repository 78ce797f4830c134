"""Invitations: for whoever heard the yes and the charity's duty managers, and for nobody else at all."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.access import Refusal
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.models import Incident
from missingcases.voice import sources
from missingcases.voice.enums import LIVE, InvitationStatus, Respondent
from missingcases.voice.models import Invitation
from missingcases.voice.policies import FAMILY_HAS_NOT_ASKED, may_ask, may_be_asked
from missingcases.voice.states import MANAGERS

GONE = Refusal("gone", "We know of no safe number of theirs any more.")
ASKED_ALREADY = Refusal("asked", "They were asked already, and can still answer.")
OVER = Refusal("over", "This invitation is over.")


def visible_to(actor: Actor) -> QuerySet[Invitation]:
    """The actor's own; a duty manager's are all of the charity. No force ever learns that one exists."""
    if may_ask(actor) is not None:
        return Invitation.objects.none()
    rows = Invitation.objects.filter(charity_id=actor.organisation_id or 0)
    if not actor.holds(MANAGERS):
        rows = rows.filter(asked_by_id=actor.user_id or 0)
    return rows.select_related("asked_by", "force", "incident")


def invitation_named(actor: Actor, reference: str) -> Invitation:
    """One invitation. Raises `NotVisible`."""
    found = visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def live_for(source: str, source_id: int) -> Invitation | None:
    """The invitation that somebody known by this record can still answer, whoever asked."""
    return Invitation.objects.filter(source=source, source_id=source_id, status__in=LIVE).first()


def against_asking(asked: sources.Asked) -> Refusal | None:
    """What stands against asking anybody of this record now, whoever of them it is."""
    if live_for(asked.source, asked.source_id) is not None:
        return ASKED_ALREADY
    incident = incident_of(asked)
    found = [may_be_asked(incident, one, family_asked=True) for one in asked.respondents]
    return found[0] if found and all(found) else None


def is_mourning(asked: sources.Asked) -> bool:
    """Whether a relative is asked whose missing person has died: only if they want to be heard."""
    against = may_be_asked(incident_of(asked), Respondent.FAMILY, family_asked=False)
    return Respondent.FAMILY in asked.respondents and against == FAMILY_HAS_NOT_ASKED


def incident_of(asked: sources.Asked) -> Incident | None:
    """The incident that the record belongs to, where one is known."""
    return Incident.objects.filter(pk=asked.incident_id).first() if asked.incident_id else None


def waiting_for(actor: Actor) -> QuerySet[Invitation]:
    """The actor's own yeses that have no link yet, the oldest first."""
    rows = visible_to(actor).filter(status=InvitationStatus.ASKED, asked_by_id=actor.user_id or 0)
    return rows.order_by("asked_at", "pk")


def forces() -> QuerySet[Organisation]:
    """The forces by which figures are told."""
    return Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE, is_active=True).order_by("name")


def may_text_now(invitation: Invitation, way: int | None) -> Refusal | None:
    """Whether the link may go by text now: asked at the button and again at the send."""
    if invitation.status not in LIVE:
        return OVER
    refusal = may_be_asked(invitation.incident, invitation.respondent, family_asked=invitation.family_asked)
    if refusal is not None:
        return refusal
    source = sources.of_label(invitation.source)
    if source is None or source.may_text is None or invitation.source_id is None or way is None:
        return GONE
    return source.may_text(invitation.source_id, way)

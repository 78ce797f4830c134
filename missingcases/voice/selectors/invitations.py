"""Invitations: for whoever heard the yes and the charity's duty managers, and for nobody else at all."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.access import Refusal
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.voice import sources
from missingcases.voice.enums import LIVE, InvitationStatus
from missingcases.voice.models import Invitation
from missingcases.voice.policies import may_ask, may_be_asked
from missingcases.voice.states import MANAGERS

GONE = Refusal("gone", "We know of no safe number of theirs any more.")
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

"""Alerts as somebody may see them, and what is in their launch room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from alerts.cap.selectors import alerts_called_off
from alerts.enums import RUNNING, AlertStatus
from alerts.models import (
    AlertArea,
    AlertContent,
    AlertWording,
    AuthorisingRank,
    ChildRescueAlert,
    Comment,
    CriterionCheck,
    Notice,
    PictureRemoval,
    TelephoneAgreement,
)
from alerts.policies.readiness import newest_checks, welsh_needed
from alerts.ranks import default_rank, ranks_met_by
from alerts.states import CHARITY, NATIONAL, WITNESSES
from alerts.taken_away import picture_name, removed_names, removed_photo_ids
from foundation.accounts.enums import POLICE, OrganisationKind, Role
from foundation.accounts.models import Membership, Organisation, User
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from foundation.places.models import Area
from missingcases.selectors import incidents_visible_to

__all__ = ["newest_checks", "picture_name", "removed_names", "removed_photo_ids", "welsh_needed"]


def visible_to(actor: Actor) -> QuerySet[ChildRescueAlert]:
    """The owner force: of incidents they see, and its rehearsals. The charity's managers: every one.

    The national unit: what a force has authorised. A caseworker who heard an agreement by telephone: that
    one, until it is witnessed. Nobody else any.
    """
    rows = ChildRescueAlert.objects.all()
    kind = actor.organisation_kind
    if kind is OrganisationKind.CHARITY and actor.holds(CHARITY):
        return rows
    if kind is OrganisationKind.CHARITY and actor.holds(WITNESSES):
        return rows.filter(status=AlertStatus.FORCE_AUTHORISED, pk__in=_to_witness(actor))
    if kind is OrganisationKind.NATIONAL_UNIT and actor.holds(NATIONAL):
        return rows.filter(authorised_at__isnull=False)
    if kind is OrganisationKind.POLICE_FORCE and actor.holds(POLICE):
        seen = Q(is_rehearsal=True) | Q(incident__in=incidents_visible_to(actor))
        return rows.filter(seen, force=actor.organisation_id)
    return rows.none()


def _to_witness(actor: Actor) -> QuerySet[Any, Any]:
    rows = TelephoneAgreement.objects.filter(asked=actor.user_id, is_void=False, witnessed_by__isnull=True)
    return rows.values("alert_id")


def alert_for(actor: Actor, reference: str) -> ChildRescueAlert:
    """One alert. Raises `NotVisible`; the caller audits the opening."""
    people = ("proposed_by", "authorised_by", "agreed_by", "recorded_by", "witnessed_by", "issued_by")
    rows = visible_to(actor).select_related(
        "incident", "force", "call_handling_ready_by", "ended_by", *people
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def picture_for(actor: Actor, reference: str, number: int) -> AlertContent | None:
    """The version whose picture it is. One statement, whether the alert or only its picture is not there."""
    rows = AlertContent.objects.filter(alert__in=visible_to(actor), alert__reference=reference, number=number)
    gone = PictureRemoval.objects.filter(alert__reference=reference).values("stored_name")
    return rows.exclude(stored_name="").exclude(stored_name__in=gone).first()


def shown_picture(alert: ChildRescueAlert) -> AlertContent | None:
    """The version whose picture the public sees, or would: of what went out last, else of what is written."""
    notice = alert.notices.select_related("content").order_by("-number").first()
    for content in (notice.content if notice else None, newest_content(alert)):
        if content is not None and picture_name(content):
            return content
    return None


def shows_a_removed_picture(alert: ChildRescueAlert) -> bool:
    """Whether what went out last named a picture that is gone: partners are to be sent an update."""
    names = PictureRemoval.objects.filter(alert_id=alert.pk).values("stored_name")
    last = alert.notices.order_by("-number").values_list("content_id", flat=True)[:1]
    return AlertContent.objects.filter(pk__in=last, stored_name__in=names).exists()


def removals_of(alert: ChildRescueAlert) -> Sequence[PictureRemoval]:
    """The pictures that were taken away, the oldest first."""
    return list(PictureRemoval.objects.filter(alert_id=alert.pk).select_related("by").order_by("pk"))


def running(actor: Actor) -> QuerySet[ChildRescueAlert]:
    """What may still be issued, or is issued now; the oldest proposal first."""
    rows = visible_to(actor).filter(status__in=sorted(RUNNING)).select_related("force", "incident")
    return rows.order_by("proposed_at", "pk")


def past(actor: Actor) -> QuerySet[ChildRescueAlert]:
    """What has ended, the newest first."""
    rows = visible_to(actor).exclude(status__in=sorted(RUNNING)).select_related("force", "incident")
    return rows.order_by("-ended_at", "-pk")


def alerts_of(actor: Actor, incident_id: int) -> QuerySet[ChildRescueAlert]:
    """The alerts of one incident, the newest first."""
    return visible_to(actor).filter(incident_id=incident_id).order_by("-proposed_at", "-pk")


def waiting_for(actor: Actor) -> QuerySet[ChildRescueAlert]:
    """What waits for somebody like the actor: to authorise, to agree, to witness, to issue or to review.

    Nobody is asked for a second step of the same alert.
    """
    rows = running(actor)
    review = Q(status=AlertStatus.ISSUED, review_at__lte=timezone.now())
    if actor.holds(CHARITY):
        agreed = Q(status__in=[AlertStatus.FORCE_AUTHORISED, AlertStatus.NCA_AGREED])
        had_a_part = Q(recorded_by=actor.user_id) | Q(witnessed_by=actor.user_id)
        called_off = Q(pk__in=alerts_called_off())
        return rows.filter((agreed | review) & ~had_a_part | called_off)
    if actor.holds(NATIONAL):
        return rows.filter(status=AlertStatus.FORCE_AUTHORISED)
    if actor.holds(WITNESSES):
        return rows
    if ranks := ranks_met_by(actor.roles):
        proposed = Q(status=AlertStatus.PROPOSED) & ~Q(proposed_by=actor.user_id)
        return rows.filter(proposed | review, authorising_rank__in=ranks)
    return rows.none()


def rank_of(force_id: int) -> str:
    """The lowest rank that says yes for a force, as it is set now."""
    set_rank = AuthorisingRank.objects.filter(force_id=force_id).values_list("rank", flat=True).first()
    return set_rank or default_rank()


def forces_with_ranks(actor: Actor) -> list[tuple[Organisation, AuthorisingRank | None]]:
    """Every force for an administrator of the charity, their own for one of a force, with what is set."""
    forces = Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE, is_active=True).order_by("name")
    if actor.organisation_kind is not OrganisationKind.CHARITY:
        forces = forces.filter(pk=actor.organisation_id or 0)
    found = {row.force_id: row for row in AuthorisingRank.objects.select_related("set_by")}
    return [(one, found.get(one.pk)) for one in forces] if actor.holds({Role.ADMINISTRATOR}) else []


def may_hear(actor: Actor) -> QuerySet[User]:
    """The charity's people who may be named as having heard the national unit's call, besides managers."""
    held = Membership.objects.filter(
        organisation_id=actor.organisation_id or 0, role__in=WITNESSES - CHARITY, ended_at=None
    )
    rows = User.objects.filter(pk__in=held.values("user_id"), is_active=True)
    return rows.exclude(pk=actor.user_id or 0).order_by("full_name")


def newest_content(alert: ChildRescueAlert) -> AlertContent | None:
    """The version that is worked on, or would be sent."""
    return (
        AlertContent.objects.filter(alert_id=alert.pk).select_related("made_by").order_by("-number").first()
    )


def wordings_of(content: AlertContent | None) -> list[AlertWording]:
    """The words of a version, English first."""
    return [] if content is None else list(AlertWording.objects.filter(content=content).order_by("-language"))


def areas_of(alert: ChildRescueAlert) -> list[Area]:
    """Where it goes, by name."""
    chosen = AlertArea.objects.filter(alert_id=alert.pk).values("area_id")
    return list(Area.objects.filter(pk__in=chosen).order_by("name", "kind"))


def area_ids_of(alert: ChildRescueAlert) -> list[int]:
    """The nodes of the area tree that it goes to."""
    rows = AlertArea.objects.filter(alert_id=alert.pk).order_by("area_id")
    return list(rows.values_list("area_id", flat=True))


def checks_of(alert: ChildRescueAlert) -> Sequence[CriterionCheck]:
    """Every check of its criteria, the oldest first."""
    return list(CriterionCheck.objects.filter(alert_id=alert.pk).select_related("by").order_by("pk"))


def comments_of(alert: ChildRescueAlert) -> Sequence[Comment]:
    """What was said in the room, the oldest first."""
    return list(Comment.objects.filter(alert_id=alert.pk).select_related("by").order_by("pk"))


def agreement_of(alert: ChildRescueAlert) -> TelephoneAgreement | None:
    """The agreement by telephone that stands, witnessed or not."""
    rows = TelephoneAgreement.objects.filter(alert_id=alert.pk, is_void=False)
    return rows.select_related("recorded_by", "asked", "witnessed_by").first()


def notices_of(alert: ChildRescueAlert) -> Sequence[Notice]:
    """What went out, in order."""
    rows = Notice.objects.filter(alert_id=alert.pk).select_related("content", "made_by")
    return list(rows.order_by("number"))

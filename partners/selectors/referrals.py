"""Referrals by who asks: the side that sent them, and the partner they were sent to."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db.models import F, Q, QuerySet

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.enums import ReleaseStatus
from missingcases.models import AudienceRow
from missingcases.policies import principals_of
from missingcases.selectors import records_visible_to
from partners.actors import LinkActor
from partners.enums import HELD, OPEN, SHOWN, ReferralStatus, ReturnReason
from partners.models import Holding, Referral
from partners.policies import is_of_sender, may_read_content
from partners.states import PARTNER, READERS

_WITH = ("incident__person", "partner", "sender", "release", "sent_by", "accepted_by")


def visible_to(actor: Actor) -> QuerySet[Referral]:
    """The referrals `actor` may know of. `policies.is_of_sender` and `is_of_partner` say it of one.

    The sending side reads those of incidents it knows, and a force those of an incident that went to it; a
    partner those that were sent to it, a link's holder that one alone.
    """
    rows = Referral.objects.select_related(*_WITH)
    if actor.organisation_id is None or actor.is_system:
        return rows.none()
    if actor.organisation_kind == OrganisationKind.PARTNER:
        return _of_partner(actor, rows)
    if not actor.holds(READERS):
        return rows.none()
    if actor.organisation_kind == OrganisationKind.CHARITY:
        told = AudienceRow.objects.filter(principal__in=principals_of(actor)).values("incident_id")
        return rows.filter(sender_id=actor.organisation_id, incident__in=told)
    ours = Q(sender_id=actor.organisation_id) | Q(
        incident__owner_id=actor.organisation_id, sender__kind=OrganisationKind.POLICE_FORCE
    )
    return rows.filter(ours, incident__in=records_visible_to(actor))


def _of_partner(actor: Actor, rows: QuerySet[Referral]) -> QuerySet[Referral]:
    sent = rows.filter(partner_id=actor.organisation_id, sent_at__isnull=False)
    if isinstance(actor, LinkActor):
        return sent.filter(pk=actor.referral_id)
    known = actor.user_id is not None or actor.client_id is not None
    return sent if known and actor.holds(PARTNER) else rows.none()


def referral_named(actor: Actor, reference: str) -> Referral:
    """The referral of this reference that the actor may know of. Raises `NotVisible`."""
    found = visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def content_of(actor: Actor, referral: Referral) -> dict[str, str]:
    """What was sent, or is to be, by name; empty where the actor reads it no more."""
    if may_read_content(actor, referral) is not None:
        return {}
    release = referral.release
    if release is not None and release.status != ReleaseStatus.APPROVED and not is_of_sender(actor, referral):
        return {}
    raw = release.content if release is not None else referral.content
    found: Mapping[str, str] = json.loads(raw) if raw else {}
    return dict(found)


def ending_of(actor: Actor, referral: Referral) -> tuple[str, str]:
    """Why it ended, in a line, and what was said of it. A partner reads its own answer and no reason of ours:
    that the person was found, or does not want it, is not the partner's to know.
    """
    row, is_ours = referral, is_of_sender(actor, referral)
    if row.status == ReferralStatus.WITHDRAWN and is_ours:
        return str(row.get_withdraw_reason_display()), row.reason_words
    if row.status == ReferralStatus.RETURNED and (is_ours or row.return_reason != ReturnReason.RESTORED):
        return str(row.get_return_reason_display()), row.reason_words
    if row.status == ReferralStatus.REJECTED:
        return str(row.get_reject_reason_display()), row.reason_words
    return str(row.get_outcome_display()), ""


def referrals_of(actor: Actor, incident_id: int) -> QuerySet[Referral]:
    """The referrals of one incident that the actor may know of, the newest first."""
    return visible_to(actor).filter(incident_id=incident_id)


def is_running(incident_id: int, takes: str) -> bool:
    """Whether anybody refers this person for this now, or a partner works on it. For our own machinery."""
    rows = Referral.objects.filter(incident_id=incident_id, takes=takes)
    return rows.filter(status__in=sorted(OPEN)).exists()


def running_with(actor: Actor, incident_id: int, takes: str) -> dict[int, Referral | None]:
    """By partner: the referral of this person to them for this that has not ended.

    None where the actor's side has one of which the actor may not know more.
    """
    rows = Referral.objects.filter(incident_id=incident_id, takes=takes, status__in=sorted(OPEN))
    found: dict[int, Referral | None] = dict.fromkeys(
        rows.filter(sender_id=actor.organisation_id).values_list("partner_id", flat=True)
    )
    known = referrals_of(actor, incident_id).filter(takes=takes, status__in=sorted(OPEN))
    return found | {row.partner_id: row for row in known}


def holdings_of(referral: Referral) -> QuerySet[Holding]:
    """Who held it from when to when, the first first."""
    return referral.holdings.select_related("organisation", "user")


def listed(actor: Actor, which: str) -> QuerySet[Referral]:
    """The actor's list: what waits for an answer, what goes on, what came back, what has ended, or all."""
    rows = visible_to(actor)
    picked = {
        "open": Q(status__in=sorted(OPEN)) | back(),
        "waiting": Q(status=ReferralStatus.SENT),
        "running": Q(status__in=sorted(SHOWN - {ReferralStatus.SENT})),
        "drafts": Q(status=ReferralStatus.DRAFT),
        "back": back(),
        "ended": ~Q(status__in=sorted(OPEN)),
    }.get(which)
    rows = rows if picked is None else rows.filter(picked)
    return rows.order_by(F("sent_at").desc(nulls_first=True), "-pk")


def back() -> Q:
    """Came back without an outcome, and the sender has not dealt with it."""
    return Q(
        status__in=[ReferralStatus.REJECTED, ReferralStatus.RETURNED],
        settled_at__isnull=True,
    )


def since_due(field: str) -> Q:
    """Of what partners hold: that this was done since the word that is due now was due."""
    return Q(**{f"{field}__gte": F("progress_due_at")})


def late() -> Q:
    """The sender's managers were told: nobody answers, or the partner says nothing."""
    held = Q(status__in=sorted(HELD)) & since_due("escalated_at")
    return Q(status=ReferralStatus.SENT, escalated_at__isnull=False) | held

"""Referring somebody: a draft, and its sending as a release of allowed fields alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.models import Incident
from missingcases.policies import has_held_release, sees_record, standing
from missingcases.services import ReleaseTerms, create_release, lock_incident
from missingcases.services.release_checks import agreement_problems, covered_by
from partners import policies
from partners.allowed import ALLOWED, names_of
from partners.deadlines import Clock, clock_of
from partners.enums import HoldsBecause, ReferralStatus, Takes
from partners.models import Profile, Referral
from partners.selectors import content_of, profile_of
from partners.services.common import LABEL, check_version, for_work, give_to, go, need

_TWICE = Refusal("running", "This person is referred to this partner for this already.")
LONGEST_FIELD = 2_000


@transaction.atomic
def draft(
    *,
    actor: Actor,
    incident_id: int,
    partner_id: int,
    takes: str,
    fields: Mapping[str, str],
    lawful_basis: str,
    why: str,
    wishes: str = "",
    follows_id: int | None = None,
) -> Referral:
    """Write a referral that is not sent yet. `partner_id` is the organisation's; `fields` name to text.

    `follows_id` is the referral that came back, in whose place this one goes. Raises `NotVisible`, `Refused`
    and `Invalid`.
    """
    incident = lock_incident(incident_id)
    if not (_knows(actor, incident) and Organisation.objects.filter(pk=partner_id).exists()):
        raise NotVisible(f"incident {incident_id}")
    require(policies.may_refer(actor, incident))
    _check_kind(takes, lawful_basis)
    require(policies.may_refer_to(profile_of(partner_id), takes))
    follows = None if follows_id is None else for_work(actor, follows_id)
    if follows is not None and (follows.incident_id != incident_id or follows.is_open):
        raise Invalid({"follows": "That referral has not come back."})
    now = timezone.now()
    try:
        with transaction.atomic():
            referral = Referral.objects.create(
                incident=incident,
                takes=takes,
                partner_id=partner_id,
                sender_id=actor.organisation_id or 0,
                follows=follows,
                why=need(why, "why", "Say why. This is kept with the record."),
                lawful_basis=lawful_basis,
                wishes=wishes.strip(),
                content=json.dumps(_kept(takes, fields)),
                drafted_by_id=actor.user_id,
                drafted_at=now,
            )
    except IntegrityError as twice:
        raise Refused(_TWICE) from twice
    give_to(referral, referral.sender_id, HoldsBecause.WRITTEN, user_id=actor.user_id, now=now)
    audit.record(
        actor=actor,
        action="partners.drafted",
        target=referral,
        incident_id=incident.pk,
        fields=["partner", "takes", *json.loads(referral.content)],
    )
    return referral


@transaction.atomic
def edit_draft(
    *,
    actor: Actor,
    referral_id: int,
    fields: Mapping[str, str],
    lawful_basis: str,
    why: str,
    wishes: str = "",
    version: int | None = None,
) -> Referral:
    """Write a draft anew. Raises `Conflict` where a colleague did meanwhile."""
    referral = for_work(actor, referral_id)
    require(policies.may_send(actor, referral))
    _check_kind(referral.takes, lawful_basis)
    changes = {
        "lawful_basis": lawful_basis,
        "why": need(why, "why", "Say why. This is kept with the record."),
        "wishes": wishes.strip(),
        "content": json.dumps(_kept(referral.takes, fields)),
    }
    check_version(referral, version, {"why": changes["why"], "wishes": changes["wishes"]})
    for name, value in changes.items():
        setattr(referral, name, value)
    referral.version += 1
    referral.save(update_fields=[*changes, "version", "updated_at"])
    audit.record(
        actor=actor,
        action="partners.draft_edited",
        target=referral,
        incident_id=referral.incident_id,
        fields=list(changes),
    )
    return referral


@transaction.atomic
def send(*, actor: Actor, referral_id: int, override_reason: str = "") -> Referral:
    """Send a draft: released to the partner, whose clock starts. Not complete until it is accepted.

    Outside a sharing agreement an `override_reason` is asked for. Raises `Refused` and `Invalid`.
    """
    referral = for_work(actor, referral_id)
    require(policies.may_send(actor, referral))
    profile = profile_of(referral.partner_id)
    require(policies.may_refer_to(profile, referral.takes))
    fields = content_of(actor, referral)
    problems = problems_of_sending(
        sender_id=actor.organisation_id or 0,
        partner_id=referral.partner_id,
        takes=referral.takes,
        fields=fields,
        lawful_basis=referral.lawful_basis,
        override_reason=override_reason,
    )
    if problems:
        raise Invalid(problems)
    release = create_release(
        actor=actor,
        to_organisation_id=referral.partner_id,
        kind=ReleaseKind.PARTNER_REFERRAL,
        fields=fields,
        purpose=f"Referral {referral.reference}: {referral.get_takes_display().lower()}",
        lawful_basis=referral.lawful_basis,
        reason=referral.why,
        incident_id=referral.incident_id,
        source=(LABEL, referral.pk),
        wishes=referral.wishes,
        terms=ReleaseTerms(override_reason=override_reason),
    )
    now = timezone.now()
    clock = _clock(profile or Profile(), now)
    # What came back is dealt with once another is sent in its place, not by a draft that may be dropped.
    if referral.follows is not None:
        Referral.objects.filter(pk=referral.follows.pk, settled_at__isnull=True).update(settled_at=now)
    return go(
        actor,
        referral,
        ReferralStatus.SENT,
        release=release,
        content="",
        sent_by_id=actor.user_id,
        sent_at=now,
        remind_at=clock.remind_at,
        escalate_at=clock.escalate_at,
        return_at=clock.return_at,
    )


@transaction.atomic
def refer(
    *,
    actor: Actor,
    incident_id: int,
    partner_id: int,
    takes: str,
    fields: Mapping[str, str],
    lawful_basis: str,
    why: str,
    wishes: str = "",
    override_reason: str = "",
    follows_id: int | None = None,
) -> Referral:
    """Write a referral and send it at once: `draft` and `send`, all of it or nothing."""
    referral = draft(
        actor=actor,
        incident_id=incident_id,
        partner_id=partner_id,
        takes=takes,
        fields=fields,
        lawful_basis=lawful_basis,
        why=why,
        wishes=wishes,
        follows_id=follows_id,
    )
    return send(actor=actor, referral_id=referral.pk, override_reason=override_reason)


def _knows(actor: Actor, incident: Incident) -> bool:
    return (
        sees_record(actor, incident) or bool(standing(actor, incident)) or has_held_release(actor, incident)
    )


def _clock(profile: Profile, now: datetime) -> Clock:
    hours = (profile.remind_after, profile.escalate_after, profile.return_after)
    return clock_of(now, remind=hours[0], escalate=hours[1], give_up=hours[2])


def _check_kind(takes: str, lawful_basis: str) -> None:
    problems: dict[str, str] = {}
    if takes not in Takes.values:
        problems["takes"] = "Choose one of the listed values."
    if lawful_basis not in LawfulBasis.values:
        problems["lawful_basis"] = "Choose one of the listed values."
    if problems:
        raise Invalid(problems)


def _kept(takes: str, fields: Mapping[str, str]) -> dict[str, str]:
    """The fields that have words. Raises `Invalid` for one that this partner's work may not be told."""
    allowed = names_of(takes)
    said = {name: text.strip() for name, text in fields.items() if text.strip()}
    problems = {name: "This is not told to a partner for this." for name in said if name not in allowed}
    long = {
        name: f"Use {LONGEST_FIELD:,} characters or fewer."
        for name, text in said.items()
        if len(text) > LONGEST_FIELD
    }
    if problems or long:
        raise Invalid(problems | long)
    return said


def problems_of_sending(
    *,
    sender_id: int,
    partner_id: int,
    takes: str,
    fields: Mapping[str, str],
    lawful_basis: str,
    override_reason: str,
) -> dict[str, str]:
    """All that keeps a referral from being sent, by field: what the partner needs, and a reason outside an
    agreement. Without a `lawful_basis` a reason is asked for where no agreement covers any.
    """
    told = {name: text for name, text in fields.items() if text.strip()}
    missing = {
        one.name: f"{one.label}: the partner cannot work without it."
        for one in ALLOWED[takes]
        if one.required and one.name not in told
    }
    kind = ReleaseKind.PARTNER_REFERRAL
    outside = [
        agreement_problems(
            covered_by(
                from_id=sender_id, to_id=partner_id, kind=kind, names=sorted(told), lawful_basis=basis
            ),
            kind,
            basis,
            override_reason,
        )
        for basis in ([lawful_basis] if lawful_basis else LawfulBasis.values)
    ]
    return missing | (outside[0] if all(outside) else {})

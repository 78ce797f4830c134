"""The publicity record: views, consent or its absence, the risk check, an inspector's override."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from appeals import deadlines, policies
from appeals.enums import (
    AppealStatus,
    AskedHow,
    ConsentBy,
    ConsentStatus,
    NoPublicity,
    Party,
    Stance,
    WithdrawCause,
)
from appeals.gates import BY_CODE, consent_stands
from appeals.models import Appeal, Consent, PartyView
from appeals.selectors import facts_of
from appeals.services.common import hold, moved_on, need, reason_of, written
from appeals.services.foretelling import note_consent, note_unready
from appeals.services.placing import take_off
from appeals.services.withdrawing import withdraw_held
from appeals.states import APPEAL, ON_CHANNELS
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.states import move_held
from missingcases.models import Incident
from missingcases.selectors import kept_from_family


@transaction.atomic
def record_view(
    *, actor: Actor, appeal_id: int, party: str, stance: str, words: str, given_by: str = ""
) -> PartyView:
    """Record what one party thinks of publicity; the newest of a party counts."""
    _, appeal = hold(actor, appeal_id)
    require(policies.may_record(actor, appeal))
    problems: dict[str, str] = {}
    if party not in Party.values:
        problems["party"] = "Choose whose view it is."
    if stance not in Stance.values:
        problems["stance"] = "Choose what they think of publicity."
    if not words.strip() and stance != Stance.NOT_ASKED:
        problems["words"] = "Write what they said."
    need(problems)
    view = PartyView.objects.create(
        appeal=appeal,
        party=party,
        stance=stance,
        words=words.strip(),
        given_by=given_by.strip(),
        recorded_by_id=actor.user_id,
        recorded_at=timezone.now(),
    )
    written(appeal)
    audit.record(
        actor=actor,
        action="appeals.view_recorded",
        target=view,
        incident_id=appeal.incident_id,
        fields=["party", "stance", "words", "given_by"],
    )
    return view


@dataclass(frozen=True, slots=True)
class ConsentDetails:
    """One answer about consent."""

    by: str
    status: str
    name: str
    how: str
    relation: str = ""
    covers_photo: bool = False
    covers_surname: bool = False
    words: str = ""


@transaction.atomic
def record_consent(*, actor: Actor, appeal_id: int, details: ConsentDetails) -> Consent:
    """Record an answer to being asked for consent.

    A yes that completes what is needed moves the appeal on. A no, or a consent taken back, moves it back;
    where it is live or paused the appeal is withdrawn everywhere in the same transaction.
    """
    incident, appeal = hold(actor, appeal_id)
    need(_problems(details))
    is_danger = bool(kept_from_family([incident.pk]))
    require(
        policies.may_take_consent(
            actor, appeal, by=details.by, status=details.status, family_is_danger=is_danger
        )
    )
    consent = Consent.objects.create(
        appeal=appeal,
        by=details.by,
        status=details.status,
        covers_photo=details.covers_photo,
        covers_surname=details.covers_surname,
        name=details.name.strip(),
        relation=details.relation.strip(),
        how=details.how,
        words=details.words.strip(),
        recorded_by_id=actor.user_id,
        recorded_at=timezone.now(),
    )
    written(appeal)
    audit.record(
        actor=actor,
        action="appeals.consent_recorded",
        target=consent,
        incident_id=appeal.incident_id,
        fields=["by", "status", "covers_photo", "covers_surname", "name", "how"],
    )
    note_consent(consent)
    heed_consent(actor, incident, appeal, consent)
    return consent


def heed_consent(actor: Actor, incident: Incident, appeal: Appeal, consent: Consent) -> None:
    """Move a held appeal to where this newest answer leaves it."""
    if appeal.status in ON_CHANNELS and not _still_covered(consent, incident, appeal):
        withdraw_held(actor, appeal, cause=WithdrawCause.CONSENT_WITHDRAWN, reason="")
    else:
        follow_consent(actor, incident, appeal)


def _still_covered(consent: Consent, incident: Incident, appeal: Appeal) -> bool:
    """Whether what is on a channel may stay there: a yes may leave out the photo or the surname it shows."""
    facts = facts_of(appeal, incident)
    return consent.status == ConsentStatus.GIVEN and all(
        BY_CODE[code].met(facts) for code in ("photo", "surname")
    )


def _problems(details: ConsentDetails) -> dict[str, str]:
    problems: dict[str, str] = {}
    if details.by not in ConsentBy.values:
        problems["by"] = "Choose who answered."
    if details.status not in ConsentStatus.values:
        problems["status"] = "Choose what they answered."
    if details.how not in AskedHow.values:
        problems["how"] = "Choose how they were asked."
    if not details.name.strip():
        problems["name"] = "Enter who answered."
    if len(details.relation.strip()) > 80:
        problems["relation"] = "Use 80 characters or fewer."
    return problems


def follow_consent(actor: Actor, incident: Incident, appeal: Appeal) -> None:
    """Move a held appeal on where its consent is complete now, and back where it is no more."""
    stands = consent_stands(facts_of(appeal, incident))
    if stands and appeal.status == AppealStatus.POLICE_AUTHORISED:
        move_held(appeal, APPEAL, AppealStatus.FAMILY_CONSENTED, actor=actor)
        moved_on(actor, appeal, "consented", f"Consent is complete: appeal {appeal.reference}")
    elif not stands and appeal.status in {AppealStatus.FAMILY_CONSENTED, AppealStatus.SCHEDULED}:
        take_off(actor, appeal)
        move_held(
            appeal,
            APPEAL,
            AppealStatus.POLICE_AUTHORISED,
            actor=actor,
            changes={"publish_at": None, "published_by": None},
        )
        moved_on(actor, appeal, "consent_lost", f"Consent is missing now: appeal {appeal.reference}")


@transaction.atomic
def check_risk(
    *,
    actor: Actor,
    appeal_id: int,
    words: str,
    balance: str,
    no_publicity: Sequence[str],
    version: int | None = None,
) -> Appeal:
    """Record what publicity could do to the person, how it was weighed, and what stands against it."""
    _, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_check_risk(actor, appeal))
    problems: dict[str, str] = {}
    if not words.strip():
        problems["words"] = "Write what publicity could do to this person."
    if not balance.strip():
        problems["balance"] = "Write how the views and the risk were weighed."
    if not set(no_publicity) <= set(NoPublicity.values):
        problems["no_publicity"] = "Choose reasons of the list."
    need(problems)
    now = timezone.now()
    appeal.risk_words, appeal.balance = words.strip(), balance.strip()
    appeal.no_publicity = sorted(set(no_publicity))
    appeal.risk_checked_by_id, appeal.risk_checked_at = actor.user_id, now
    appeal.review_at = deadlines.review_at(now)
    fields = ("risk_words", "balance", "no_publicity", "risk_checked_by", "risk_checked_at", "review_at")
    written(appeal, *fields)
    audit.record(
        actor=actor,
        action="appeals.risk_checked",
        target=appeal,
        incident_id=appeal.incident_id,
        fields=fields,
    )
    if appeal.no_publicity:
        note_unready(appeal)
    if appeal.no_publicity and appeal.status in ON_CHANNELS:
        withdraw_held(actor, appeal, cause=WithdrawCause.STAFF, reason=words)
    return appeal


@transaction.atomic
def override_consent(*, actor: Actor, appeal_id: int, reason: str, version: int | None = None) -> Appeal:
    """An inspector goes on without consent, and says why. It holds for this appeal alone."""
    incident, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_override(actor, appeal))
    appeal.override_reason = reason_of(reason)
    appeal.override_by_id, appeal.override_at = actor.user_id, timezone.now()
    written(appeal, "override_reason", "override_by", "override_at")
    audit.record(
        actor=actor,
        action="appeals.consent_overridden",
        target=appeal,
        incident_id=appeal.incident_id,
        fields=["override_at"],
        reason=reason,
    )
    moved_on(actor, appeal, "overridden", f"An inspector overrode missing consent: appeal {appeal.reference}")
    follow_consent(actor, incident, appeal)
    return appeal

"""Authorising, publishing, scheduling, pausing and renewing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from appeals import deadlines, policies
from appeals.enums import AppealStatus
from appeals.events import AppealPublished
from appeals.gates import closed
from appeals.models import Appeal, Placement
from appeals.selectors import facts_of, newest_content
from appeals.services.common import hold, moved_on, need, reason_of, written
from appeals.services.foretelling import note_paused, note_resumed, note_unready
from appeals.services.placing import embargo_of, plan, put_aside, start, take_off
from appeals.services.publications import make_publication
from appeals.services.recording import follow_consent
from appeals.states import APPEAL
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.backups.enums import Step
from foundation.backups.selectors import is_held
from foundation.events.services import publish as tell
from foundation.rounds import each
from foundation.states import move_held

PUBLISHER = Actor.system("appeals.publish_due")


@transaction.atomic
def authorise(*, actor: Actor, appeal_id: int, content_number: int, version: int | None = None) -> Appeal:
    """Authorise one version, the one that the supervisor looked at. Raises `Conflict` where it was edited."""
    incident, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_authorise(actor, appeal))
    newest = newest_content(appeal)
    if newest is None or newest.number != content_number:
        need({"content": "The content was changed since you read it. Read it again, then authorise it."})
    move_held(
        appeal,
        APPEAL,
        AppealStatus.POLICE_AUTHORISED,
        actor=actor,
        changes={"authorised_by_id": actor.user_id, "authorised_at": timezone.now()},
    )
    moved_on(
        actor, appeal, "authorised", f"Police authorised appeal {appeal.reference}, version {content_number}"
    )
    follow_consent(actor, incident, appeal)
    return appeal


@transaction.atomic
def publish_appeal(
    *,
    actor: Actor,
    appeal_id: int,
    outlet_ids: Collection[int] | None = None,
    publish_at: datetime | None = None,
    embargo_until: datetime | None = None,
    version: int | None = None,
) -> Appeal:
    """Publish now, or at `publish_at`; on these outlets, or on all that reach its areas.

    Every gate is judged again under the incident's lock. A scheduled appeal is published by our own
    machinery, which judges them once more. Raises `Refused`, `Invalid`, `Conflict`, `NotVisible`.
    """
    incident, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_publish(actor, appeal, facts_of(appeal, incident)))
    now = timezone.now()
    if publish_at is not None and publish_at <= now:
        need({"publish_at": "This time has passed. Publish now, or choose a later time."})
    if embargo_until is not None and embargo_until <= (publish_at or now):
        need({"embargo_until": "The embargo has to end after the appeal is published."})
    plan(appeal, outlet_ids=outlet_ids, embargo_until=embargo_until)
    if publish_at is not None:
        move_held(
            appeal,
            APPEAL,
            AppealStatus.SCHEDULED,
            actor=actor,
            changes={"publish_at": publish_at, "published_by_id": actor.user_id},
        )
        moved_on(actor, appeal, "scheduled", f"Appeal {appeal.reference} is scheduled")
        return appeal
    return go_live(actor, appeal, now=now, published_by_id=actor.user_id)


def go_live(actor: Actor, appeal: Appeal, *, now: datetime, published_by_id: int | None) -> Appeal:
    """Bring to life what is planned of an appeal that the caller holds and judged."""
    make_publication(appeal)
    move_held(
        appeal,
        APPEAL,
        AppealStatus.LIVE,
        actor=actor,
        changes={
            "published_by_id": published_by_id,
            "first_live_at": appeal.first_live_at or now,
            "expires_at": appeal.expires_at or deadlines.expires_at(now),
            "publish_at": None,
        },
    )
    start(actor, appeal, now=now)
    moved_on(actor, appeal, "published", f"Appeal {appeal.reference} is published")
    tell(AppealPublished(appeal_id=appeal.pk, incident_id=appeal.incident_id, at=now))
    return appeal


@transaction.atomic
def publish_scheduled(*, appeal_id: int) -> Appeal | None:
    """Publish one appeal whose time has come; where a gate has shut since, it goes back to be looked at."""
    incident, appeal = hold(PUBLISHER, appeal_id)
    now = timezone.now()
    if appeal.status != AppealStatus.SCHEDULED or appeal.publish_at is None or appeal.publish_at > now:
        return None
    if (refusal := closed(facts_of(appeal, incident))) is not None:
        take_off(PUBLISHER, appeal)
        move_held(
            appeal,
            APPEAL,
            AppealStatus.POLICE_AUTHORISED,
            actor=PUBLISHER,
            changes={"publish_at": None, "published_by": None},
        )
        note_unready(appeal)
        moved_on(
            PUBLISHER,
            appeal,
            "not_published",
            f"Appeal {appeal.reference} was not published: {refusal.message}",
        )
        return None
    return go_live(PUBLISHER, appeal, now=now, published_by_id=appeal.published_by_id)


def publish_due(*, now: datetime) -> int:
    """Publish every scheduled appeal whose time has come; returns how many went live.

    None in a restored system that two people have not let go: it may have been taken back since the backup.
    """
    if is_held(Step.PUBLIC):
        return 0
    due = Appeal.objects.filter(status=AppealStatus.SCHEDULED, publish_at__lte=now).order_by("publish_at")
    return each(due.values_list("pk", flat=True), lambda pk: publish_scheduled(appeal_id=pk) is not None)


@transaction.atomic
def unschedule(*, actor: Actor, appeal_id: int, version: int | None = None) -> Appeal:
    """Take back the time that it was to be published at."""
    _, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_unschedule(actor, appeal))
    take_off(actor, appeal)
    move_held(
        appeal,
        APPEAL,
        AppealStatus.FAMILY_CONSENTED,
        actor=actor,
        changes={"publish_at": None, "published_by": None},
    )
    note_unready(appeal)
    moved_on(actor, appeal, "unscheduled", f"Appeal {appeal.reference} is not scheduled any more")
    return appeal


@transaction.atomic
def pause(*, actor: Actor, appeal_id: int, reason: str, version: int | None = None) -> Appeal:
    """Take it off every channel for a while: outlets are told as if it were withdrawn."""
    _, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_pause(actor, appeal))
    move_held(appeal, APPEAL, AppealStatus.PAUSED, actor=actor, reason=reason_of(reason))
    take_off(actor, appeal)
    note_paused(appeal)
    moved_on(actor, appeal, "paused", f"Appeal {appeal.reference} is paused")
    return appeal


@transaction.atomic
def resume(*, actor: Actor, appeal_id: int, version: int | None = None) -> Appeal:
    """Bring a paused appeal back, on the outlets that reach its areas. An embargo that was set goes on."""
    incident, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_resume(actor, appeal, facts_of(appeal, incident)))
    now, being_told = timezone.now(), put_aside(appeal)
    planned = plan(appeal, outlet_ids=None, embargo_until=embargo_of(appeal, now=now))
    live = go_live(actor, appeal, now=now, published_by_id=appeal.published_by_id)
    for placement in planned:
        if until := being_told.get(placement.outlet_id):
            Placement.objects.filter(pk=placement.pk).update(next_at=Greatest("next_at", until))
    note_resumed(appeal)
    return live


@transaction.atomic
def renew(*, actor: Actor, appeal_id: int, version: int | None = None) -> Appeal:
    """Let it go on for another term."""
    _, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_renew(actor, appeal))
    appeal.expires_at, appeal.expiry_asked_at = deadlines.expires_at(timezone.now()), None
    written(appeal, "expires_at", "expiry_asked_at")
    audit.record(
        actor=actor,
        action="appeals.renewed",
        target=appeal,
        incident_id=appeal.incident_id,
        fields=["expires_at"],
    )
    moved_on(actor, appeal, "renewed", f"Appeal {appeal.reference} goes on")
    return appeal

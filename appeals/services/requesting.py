"""Asking for publicity, taking the request up, and deciding against it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from appeals import deadlines, policies
from appeals.enums import KINDS_ASKED_FOR, AppealStatus, NoPublicity, Origin, Party, Stance
from appeals.models import Appeal, AppealArea, PartyView
from appeals.services.common import hold, moved_on, need, reason_of, written
from appeals.services.editing import ContentDetails, first_content
from appeals.services.foretelling import note_unready
from appeals.states import APPEAL
from foundation.access import Refusal, require
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.selectors import the_charity
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.places.models import Area
from foundation.states import move_held
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.models import Incident
from missingcases.selectors import incidents_visible_to
from missingcases.services import create_release, lock_incident

_ORIGIN = {OrganisationKind.POLICE_FORCE: Origin.POLICE, OrganisationKind.CHARITY: Origin.CHARITY}


@transaction.atomic
def ask_for_appeal(
    *,
    actor: Actor,
    incident_id: int,
    form_token: UUID | None,
    kind: str,
    reason: str,
    police_view: str,
    content: ContentDetails,
    area_ids: Sequence[int],
    external_reference: str = "",
    origin: Origin | None = None,
) -> Appeal:
    """Ask for publicity for an incident; police and charity may.

    The same `form_token`, or the same `external_reference` of one force, gives the appeal back that it made.
    What the charity learns of the incident by it is released in the same transaction, field by field.
    Raises `Refused`, `Invalid`, `NotVisible`.
    """
    if not actor.is_system and not incidents_visible_to(actor).filter(pk=incident_id).exists():
        raise NotVisible(f"incident {incident_id}")
    incident = lock_incident(incident_id)
    known = _known(incident, form_token, external_reference)
    if known is not None:
        return _same(known, incident, actor)
    if not actor.is_system:
        require(policies.may_ask(actor, incident))
    _check(kind, reason, area_ids)
    from_charity = actor.organisation_kind is OrganisationKind.CHARITY
    appeal = Appeal.objects.create(
        incident=incident,
        organisation_id=incident.owner_id,
        charity_id=(actor.organisation_id if from_charity else None) or the_charity().pk,
        kind=kind,
        status=AppealStatus.DRAFT if from_charity else AppealStatus.REQUESTED,
        origin=origin or _origin(actor),
        requested_by_id=actor.user_id,
        requested_at=timezone.now(),
        request_reason=reason.strip(),
        form_token=form_token,
        external_reference=external_reference,
    )
    AppealArea.objects.bulk_create(AppealArea(appeal=appeal, area_id=area_id) for area_id in area_ids)
    first_content(actor, appeal, content)
    audit.record(
        actor=actor,
        action="appeals.asked_for",
        target=appeal,
        incident_id=incident.pk,
        fields=["kind", "request_reason", *content.given()],
        to_state=appeal.status,
    )
    if police_view.strip():
        PartyView.objects.create(
            appeal=appeal,
            party=Party.POLICE,
            stance=Stance.FOR,
            words=police_view.strip(),
            recorded_by_id=actor.user_id,
            recorded_at=appeal.requested_at,
        )
    if not from_charity:
        _release_to_charity(actor, appeal, content)
    moved_on(actor, appeal, "asked_for", f"Publicity asked for: appeal {appeal.reference}")
    return appeal


def _known(incident: Incident, form_token: UUID | None, external_reference: str) -> Appeal | None:
    if form_token is not None and (found := Appeal.objects.filter(form_token=form_token).first()):
        return found
    if not external_reference:
        return None
    mine = Appeal.objects.filter(organisation_id=incident.owner_id, external_reference=external_reference)
    return mine.first()


def _same(known: Appeal, incident: Incident, actor: Actor) -> Appeal:
    if known.incident_id != incident.pk or known.requested_by_id != actor.user_id:
        require(Refusal("token", "This was sent already, for another incident or by somebody else."))
    return known


def _origin(actor: Actor) -> Origin:
    if actor.client_id is not None:
        return Origin.SYSTEM
    kind = actor.organisation_kind
    return Origin.PROPOSED if kind is None else _ORIGIN.get(kind, Origin.PROPOSED)


def _check(kind: str, reason: str, area_ids: Sequence[int]) -> None:
    problems: dict[str, str] = {}
    if kind not in dict(KINDS_ASKED_FOR):
        problems["kind"] = "Choose one of the listed values."
    if not reason.strip():
        problems["reason"] = "Say why publicity would help."
    if len(set(area_ids)) != len(area_ids) or Area.objects.filter(pk__in=area_ids).count() != len(area_ids):
        problems["areas"] = "Choose areas of the list, each once."
    need(problems)


def _release_to_charity(actor: Actor, appeal: Appeal, content: ContentDetails) -> None:
    """What the charity learns, as a release of named fields: what the force proposes to publish."""
    create_release(
        actor=actor,
        incident_id=appeal.incident_id,
        to_organisation_id=appeal.charity_id,
        kind=ReleaseKind.SERVICE_REQUEST,
        desk="charity_publicity",
        fields={"appeal": appeal.reference, **content.as_text()},
        purpose="To prepare a publicity appeal for the missing person.",
        lawful_basis=LawfulBasis.VITAL_INTERESTS,
        reason="Publicity was asked for.",
    )


@transaction.atomic
def take_up(*, actor: Actor, appeal_id: int, version: int | None = None, reason: str = "") -> Appeal:
    """The charity begins to draft; one that was declined needs a reason to be taken up again."""
    incident, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_take_up(actor, appeal))
    if appeal.status == AppealStatus.DECLINED:
        require(policies.may_ask(actor, incident))
    move_held(
        appeal,
        APPEAL,
        AppealStatus.DRAFT,
        actor=actor,
        reason=reason,
        changes={"prepared_by_id": actor.user_id, "published_by": None},
    )
    moved_on(actor, appeal, "taken_up", f"The charity drafts appeal {appeal.reference}")
    return appeal


@transaction.atomic
def decline(
    *, actor: Actor, appeal_id: int, reasons: Sequence[str], reason: str, version: int | None = None
) -> Appeal:
    """Decide against publicity: `reasons` are of `NoPublicity`, `reason` is in words."""
    _, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_decline(actor, appeal))
    words = reason_of(reason)
    if not reasons or not set(reasons) <= set(NoPublicity.values):
        need({"reasons": "Choose at least one reason."})
    move_held(
        appeal,
        APPEAL,
        AppealStatus.DECLINED,
        actor=actor,
        reason=words,
        changes={
            "no_publicity": sorted({*appeal.no_publicity, *reasons}),
            "review_at": deadlines.review_at(timezone.now()),
        },
    )
    note_unready(appeal)
    moved_on(actor, appeal, "declined", f"Decided against publicity: appeal {appeal.reference}")
    return appeal


@transaction.atomic
def aim_at(*, actor: Actor, appeal_id: int, area_ids: Sequence[int], version: int | None = None) -> Appeal:
    """Say which areas an appeal is for, before it is published."""
    _, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_edit(actor, appeal))
    _check(appeal.kind, "kept", area_ids)
    AppealArea.objects.filter(appeal=appeal).exclude(area_id__in=area_ids).delete()
    AppealArea.objects.bulk_create(
        [AppealArea(appeal=appeal, area_id=area_id) for area_id in area_ids], ignore_conflicts=True
    )
    written(appeal)
    audit.record(
        actor=actor, action="appeals.aimed", target=appeal, incident_id=appeal.incident_id, fields=["areas"]
    )
    return appeal

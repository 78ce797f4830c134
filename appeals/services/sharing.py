"""Appeals that a force's own systems send: each is taken as a draft, once, and follows what is sent later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from appeals import policies
from appeals.enums import Origin
from appeals.models import Appeal, Content
from appeals.models.appeals import RUNNING
from appeals.selectors import newest_content, sharing_of, wordings_of
from appeals.services.common import written
from appeals.services.editing import ContentDetails, Words, next_content, return_to_draft
from appeals.services.requesting import ask_for_appeal
from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from missingcases.models import Incident
from missingcases.selectors import incidents_visible_to
from missingcases.services import lock_incident


@transaction.atomic
def share_appeal(
    *,
    actor: Actor,
    incident_id: int,
    form_token: UUID | None,
    external_reference: str,
    kind: str,
    reason: str,
    police_view: str,
    content: ContentDetails,
    area_ids: Sequence[int],
    origin: Origin | None = None,
) -> Appeal:
    """Take an appeal of a force's system, or of its feed, as a draft for the charity.

    The same again is the same appeal: by `form_token`, by `external_reference`, or by its content where the
    incident has a running appeal that says just that. Other content under a known `external_reference` is
    its next version, which police authorise anew. Raises `Refused`, `Invalid`, `NotVisible`.
    """
    require(policies.may_share(sharing_of(actor.organisation_id)))
    if not incidents_visible_to(actor).filter(pk=incident_id).exists():
        raise NotVisible(f"incident {incident_id}")
    incident = lock_incident(incident_id)
    known = _known(incident, external_reference) or _twin(actor, incident, content, external_reference)
    if known is None:
        return ask_for_appeal(
            actor=actor,
            incident_id=incident_id,
            form_token=form_token,
            kind=kind,
            reason=reason,
            police_view=police_view,
            content=content,
            area_ids=area_ids,
            external_reference=external_reference,
            origin=origin,
        )
    if known.incident_id != incident.pk:
        require(Refusal("token", "This was sent already, for another incident."))
    _follow(actor, known, content)
    return known


def _known(incident: Incident, external_reference: str) -> Appeal | None:
    if not external_reference:
        return None
    mine = Appeal.objects.select_for_update(no_key=True).filter(organisation_id=incident.owner_id)
    return mine.filter(external_reference=external_reference).first()


def _twin(
    actor: Actor, incident: Incident, content: ContentDetails, external_reference: str
) -> Appeal | None:
    """A running appeal of the same incident and force that says the same; the reference is kept with it."""
    rows = Appeal.objects.select_for_update(no_key=True).filter(
        incident=incident, organisation=actor.organisation_id, external_reference="", status__in=RUNNING
    )
    for appeal in rows.order_by("requested_at", "pk"):
        if not _says(_last_sent(appeal) or newest_content(appeal), content):
            continue
        if external_reference:
            appeal.external_reference = external_reference
            written(appeal, "external_reference")
            audit.record(
                actor=actor,
                action="appeals.found_again",
                target=appeal,
                incident_id=incident.pk,
                fields=["external_reference"],
            )
        return appeal
    return None


def _last_sent(appeal: Appeal) -> Content | None:
    """What a system sent last: no person wrote it. What the charity made of it since is not compared."""
    rows = Content.objects.filter(appeal=appeal, made_by__isnull=True).select_related("area")
    return rows.order_by("-number").first()


def _follow(actor: Actor, appeal: Appeal, content: ContentDetails) -> None:
    """Write the next version where the system says something else than it said last."""
    newest = newest_content(appeal)
    if _says(_last_sent(appeal) or newest, content):
        return
    require(policies.may_send_again(actor, appeal))
    if newest is not None:
        content = _with_what_the_charity_added(newest, content)
    next_content(actor, appeal, content, picture=newest.picture if newest else None)
    written(appeal)
    return_to_draft(actor, appeal)


def _says(before: Content | None, content: ContentDetails) -> bool:
    if before is None:
        return False
    names = ("first_name", "surname", "show_surname", "age", "missing_since", "area_id")
    if any(_plain(getattr(before, name)) != _plain(getattr(content, name)) for name in names):
        return False
    sent = {(one.language, one.audience, one.region_id): one for one in content.wordings if not one.empty}
    stored = {(one.language, one.audience, one.region_id): one for one in wordings_of(before)}
    return sent.keys() <= stored.keys() and all(
        _plain(getattr(sent[key], name)) == getattr(stored[key], name)
        for key in sent
        for name in ("headline", "description", "clothing")
    )


def _plain(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _with_what_the_charity_added(newest: Content, content: ContentDetails) -> ContentDetails:
    """The photo's words, and wordings for audiences and languages that the system sends none for."""
    sent = {(one.language, one.audience, one.region_id) for one in content.wordings}
    added = [
        Words(one.language, one.audience, one.region_id, one.headline, one.description, one.clothing)
        for one in wordings_of(newest)
        if (one.language, one.audience, one.region_id) not in sent
    ]
    return replace(
        content,
        alt_text=newest.alt_text,
        alt_text_cy=newest.alt_text_cy,
        wordings=(*content.wordings, *added),
    )

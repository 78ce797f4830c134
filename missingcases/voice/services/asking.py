"""Putting down that somebody said yes, giving them the link, and taking it back."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.access import Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.states import move
from missingcases.voice import deadlines, links, selectors
from missingcases.voice.enums import AskedBy, InvitationStatus, Language
from missingcases.voice.models import Invitation
from missingcases.voice.policies import may_ask, may_be_asked
from missingcases.voice.services.common import held, with_time_left
from missingcases.voice.services.erasing import forget_text
from missingcases.voice.sources import Asked
from missingcases.voice.states import INVITATION, is_theirs


@transaction.atomic
def ask(
    *,
    actor: Actor,
    asked: Asked,
    respondent: str,
    asked_in: str,
    said_yes: bool,
    language: str = Language.ENGLISH,
    force_id: int | None = None,
    family_asked: bool = False,
) -> Invitation:
    """Put down that somebody said yes to being asked how it was; nothing goes to them yet.

    The caller answers for `asked`, the record that it found for the actor. The force is the incident's;
    `force_id` names it where no incident is known. Raises `Refused`, `Invalid` by field.
    """
    require(may_ask(actor))
    incident = selectors.incident_of(asked)
    problems = _problems(asked, respondent, asked_in, language, said_yes=said_yes)
    force = incident.owner_id if incident is not None else force_id
    if force is not None and not selectors.forces().filter(pk=force).exists():
        if incident is None:
            problems["force"] = "Choose the force, or leave it open."
        force = None
    if problems:
        raise Invalid(problems)
    require(may_be_asked(incident, respondent, family_asked=family_asked))
    now = timezone.now()
    row = Invitation(
        charity_id=actor.organisation_id or 0,
        incident=incident,
        force_id=force,
        source=asked.source,
        source_id=asked.source_id,
        respondent=respondent,
        service=asked.service,
        language=language,
        family_asked=family_asked,
        asked_by_id=actor.user_id or 0,
        asked_in=asked_in,
        asked_at=now,
        expires_at=deadlines.expires_at(now),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refused(selectors.ASKED_ALREADY) from None
    audit.record(
        actor=actor,
        action="voice.asked",
        target=row,
        incident_id=row.incident_id,
        fields=["asked_in", "respondent", "service"],
    )
    return row


def _problems(
    asked: Asked, respondent: str, asked_in: str, language: str, *, said_yes: bool
) -> dict[str, str]:
    problems = {}
    if respondent not in asked.respondents:
        problems["respondent"] = "Choose who it is."
    if asked_in not in AskedBy.values:
        problems["asked_in"] = "Choose how they said yes."
    if language not in Language.values:
        problems["language"] = "Choose the language."
    if not said_yes:
        problems["said_yes"] = "Ask them first. Only whoever says yes is asked."
    return problems


@transaction.atomic
def show_link(*, actor: Actor, invitation_id: int) -> tuple[Invitation, str]:
    """A new link to be read out or opened on a tablet, with its address; a link given before opens no more.

    Raises `NotVisible`, `Refused`.
    """
    row = held(actor, invitation_id)
    token = links.new_token()
    require(with_time_left(row))
    if row.status == InvitationStatus.SHOWN:
        require(is_theirs(row, actor))
        row.token_hash = links.hash_of(token)
        row.version += 1
        row.save(update_fields=["token_hash", "version"])
        audit.record(actor=actor, action="voice.shown_again", target=row, fields=["token_hash"])
    else:
        if row.status == InvitationStatus.SENT:
            forget_text(row)
        changes = {"token_hash": links.hash_of(token)}
        row = move(row, INVITATION, InvitationStatus.SHOWN, actor=actor, changes=changes)
    return row, links.address_of(token, row.language)


@transaction.atomic
def withdraw(*, actor: Actor, invitation_id: int) -> Invitation:
    """They would rather not, after all. Raises `NotVisible`, `Refused`."""
    row = held(actor, invitation_id)
    forget_text(row)
    return move(row, INVITATION, InvitationStatus.WITHDRAWN, actor=actor, changes={"token_hash": ""})

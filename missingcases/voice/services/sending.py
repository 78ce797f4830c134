"""The link by text: to a number that is safe now, looked at again when it is sent."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.enums import Channel, Lane, MessageStatus
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.messaging.types import Settlement
from foundation.states import move
from missingcases.voice import deadlines, links, selectors, sources
from missingcases.voice.enums import InvitationStatus
from missingcases.voice.models import Invitation
from missingcases.voice.services.common import held, with_time_left
from missingcases.voice.services.erasing import LABEL, forget_text
from missingcases.voice.states import INVITATION

GUARD = "voice.link"
SERVICE = "voice"
_NOT_DIALABLE = Refusal("not_dialable", "This installation may not write to that number.")
_LOST = frozenset(
    {MessageStatus.FAILED, MessageStatus.EXPIRED, MessageStatus.SUPPRESSED, MessageStatus.CANCELLED}
)


def words_of(address: str, language: str) -> str:
    """The text. It says nothing of having been missing: others may see the phone."""
    with translation.override(language):
        said = _("You said we may ask how our help was. You need not answer. We keep no name with it.")
    return f"{said} {address}"


@transaction.atomic
def send_link(*, actor: Actor, invitation_id: int, way: int) -> Invitation:
    """Text the link to one of the ways that the person's own record calls safe now.

    Raises `NotVisible`, `Refused`.
    """
    row = held(actor, invitation_id)
    require(INVITATION.may(row, InvitationStatus.SENT, actor))
    require(with_time_left(row) or selectors.may_text_now(row, way))
    source = sources.of_label(row.source)
    if source is None or source.number is None or row.source_id is None:
        raise Refused(selectors.GONE)
    token, now = links.new_token(), timezone.now()
    try:
        message = messaging.queue_message(
            actor=actor,
            channel=Channel.SMS,
            lane=Lane.NORMAL,
            to=source.number(row.source_id, way),
            body=words_of(links.address_of(token, row.language), row.language),
            service=SERVICE,
            owner=(LABEL, row.pk),
            guard=GUARD,
            organisation_id=row.charity_id,
            valid_until=min(now + deadlines.TEXT_LASTS, row.expires_at),
            dedupe_key=f"voice.link.{row.pk}",
        )
    except (NotDialable, InvalidAddress):
        raise Refused(_NOT_DIALABLE) from None
    changes = {"token_hash": links.hash_of(token), "way": way, "message_id": message.pk}
    return move(row, INVITATION, InvitationStatus.SENT, actor=actor, changes=changes)


def check(owner_id: int) -> Refusal | None:
    """The guard of the text: what was true at the button must be true when it is sent."""
    row = Invitation.objects.select_related("incident").filter(pk=owner_id).first()
    if row is None or row.status != InvitationStatus.SENT or row.expires_at <= timezone.now():
        return selectors.OVER
    return selectors.may_text_now(row, row.way)


def settle(settlements: list[Settlement]) -> None:
    """Take over what became of our texts, never backwards. Of a link that is over the text is emptied."""
    for one in settlements:
        row = Invitation.objects.filter(pk=one.owner_id, message_id=one.message_id)
        if one.status == MessageStatus.DELIVERED:
            row.update(delivered_at=Coalesce(F("delivered_at"), one.at), failed_at=None)
        elif one.status in _LOST:
            row.filter(delivered_at__isnull=True).update(failed_at=one.at)
        if (found := row.exclude(status=InvitationStatus.SENT).first()) is not None:
            forget_text(found)

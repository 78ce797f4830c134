"""Taking back and emptying the text that carried a link: nobody needs it once the link is over."""

from __future__ import annotations

from foundation.actors import Actor
from foundation.messaging import services as messaging
from missingcases.voice.models import Invitation

LABEL = Invitation._meta.label
ERASER = Actor.system("voice.erasing")


def forget_text(row: Invitation) -> None:
    """Take the text back where nobody has claimed it; empty its words and number where it is done."""
    if row.message_id is None:
        return
    messaging.cancel_for_owner(actor=ERASER, owner_label=LABEL, owner_ids=[row.pk], cause="voice_over")
    messaging.erase_for_owners(actor=ERASER, owner_label=LABEL, owner_ids=[row.pk])

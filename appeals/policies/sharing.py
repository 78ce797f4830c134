"""Whether a force's systems and feed may send, and who keeps an appeal that left its force's feed."""

from __future__ import annotations

from appeals.enums import Sharing
from appeals.models import Appeal, FeedEntry, SharingPolicy
from foundation.access import Refusal, holds_any
from foundation.accounts.enums import PUBLICITY_DESK
from foundation.actors import Actor

OFF = Refusal(
    "sharing_off",
    "Automatic sharing is switched off for your force. An inspector of your force, or the charity's "
    "publicity desk, can switch it on under Appeals, Automatic sharing.",
)


def may_share(sharing: SharingPolicy | None) -> Refusal | None:
    """Take what a system of the force sends as a draft: yes, until somebody decides otherwise.

    A system has to be given the scope for it first; where nobody decided anything, that was the decision.
    """
    return OFF if sharing is not None and sharing.sharing == Sharing.OFF else None


def may_keep_despite_feed(actor: Actor, appeal: Appeal, entry: FeedEntry | None) -> Refusal | None:
    """Go on with an appeal that its force's feed does not carry any more: the charity's publicity desk."""
    if entry is None or entry.gone_at is None or entry.kept_at is not None or not appeal.is_running:
        return Refusal("not_due", "Nobody asks for this appeal to be withdrawn.")
    if actor.organisation_id != appeal.charity_id:
        return Refusal("organisation", "The charity decides whether to go on with it.")
    return holds_any(actor, PUBLICITY_DESK, "This is for the charity's publicity desk.")

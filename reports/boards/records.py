"""The records behind a clock, for whoever may open them: never more than their own service shows them."""

from __future__ import annotations

from django.urls import reverse

from appeals.models import Appeal, Sighting
from appeals.selectors import appeals_visible_to
from appeals.selectors.sightings import sightings_visible_to
from foundation.actors import Actor
from missingcases.models import Incident, Release
from missingcases.selectors import records_visible_to, released_to
from partners.models import Referral as PartnerReferral
from partners.selectors import visible_to as partner_referrals_visible_to
from reports.boards.kinds import Record, Records
from rhi.models import Referral
from rhi.selectors import visible_to as referrals_visible_to
from textsafe.models import Conversation, TriageItem
from textsafe.selectors import conversations_visible_to, triage_visible_to

INCIDENTS = Records(Incident, records_visible_to, "missingcases:overview")
RELEASES = Records(Release, released_to, "releases:release")
REFERRALS = Records(Referral, referrals_visible_to, "rhi:referral")
CONVERSATIONS = Records(Conversation, conversations_visible_to, "textsafe:conversation")
UNKNOWN_TEXTS = Records(TriageItem, triage_visible_to, "textsafe:triage", is_list=True)
APPEALS = Records(Appeal, appeals_visible_to, "appeals:show")
PARTNER_REFERRALS = Records(PartnerReferral, partner_referrals_visible_to, "partners:referral")
SIGHTINGS = Records(Sighting, sightings_visible_to, "sightings:sighting")


def found(records: Records, actor: Actor, keys: list[int]) -> dict[int, Record]:
    """Of these keys the records that the actor may open. One query."""
    rows = records.of(actor).order_by().filter(pk__in=keys).values_list("pk", "reference")
    return {
        key: Record(reference, reverse(records.page, args=[] if records.is_list else [reference]))
        for key, reference in rows
    }

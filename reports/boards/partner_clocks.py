"""The clock of partner organisations: an answer to what they were asked for."""

from __future__ import annotations

from django.db.models import F

from partners.models import Referral
from reports.boards.kinds import Clock, Rows
from reports.boards.records import PARTNER_REFERRALS

ANSWERS = Clock(
    key="partner-answers",
    label="Partners' answers to referrals",
    means=(
        "Every referral to a partner, from when it was sent until the partner would be reminded (48 hours, "
        "unless its agreement says otherwise). Kept: accepted or rejected by then. One that was withdrawn "
        "before is owed no longer; one that came back unanswered is missed."
    ),
    rows=(
        Rows(
            of=Referral.objects.all,
            due="remind_at",
            met=F("answered_at"),
            ended=F("ended_at"),
            started=F("sent_at"),
            group=F("partner__name"),
            force="sender_id",
            charity="sender_id",
            record="pk",
        ),
    ),
    groups="Partner",
    seen=PARTNER_REFERRALS,
)

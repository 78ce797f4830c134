"""Children who were offered an interview, for whoever asks them how it was (missingcases.voice)."""

from __future__ import annotations

from django.urls import reverse

from foundation.actors import Actor
from missingcases.voice.enums import Respondent, Service
from missingcases.voice.sources import Asked, Source
from rhi.enums import ReferralStatus
from rhi.models import Referral
from rhi.selectors import visible_to

LABEL = Referral._meta.label
# They talked with somebody. A child who only declined is not asked a second thing.
TALKED = frozenset(
    {
        ReferralStatus.DECLINED_BUT_TALKED,
        ReferralStatus.COMPLETED,
        ReferralStatus.REPORTED,
        ReferralStatus.CLOSED,
    }
)


def _find(actor: Actor, reference: str) -> Asked | None:
    return _asked(visible_to(actor).filter(reference=reference, status__in=TALKED).first())


def _named(actor: Actor, referral_id: int) -> Asked | None:
    return _asked(visible_to(actor).filter(pk=referral_id, status__in=TALKED).first())


def _asked(row: Referral | None) -> Asked | None:
    """The link is shown or read out: of a child no number is kept that is known to be safe."""
    if row is None:
        return None
    return Asked(
        source=LABEL,
        source_id=row.pk,
        words=f"Referral {row.reference}",
        url=reverse("rhi:referral", args=[row.reference]),
        service=Service.INTERVIEW,
        respondents=(Respondent.CHILD,),
        incident_id=row.incident_id,
    )


interview_voice = Source("interview", LABEL, _find, _named)

"""One Child Rescue Alert that is out, as issuing leaves it, for loads of the public site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from alerts.enums import AlertStatus, NoticeKind
from alerts.models import AlertContent, AlertWording, ChildRescueAlert, Notice
from alerts.public import pages, selectors
from foundation.accounts.models import User
from foundation.places.models import Area
from missingcases.models import Incident

DESCRIPTION = "She is 4 feet 2 and has short brown hair. She wears a red school coat and grey trousers. " * 3


@dataclass(frozen=True, slots=True)
class Out:
    """Its token and its finished page."""

    token: str
    page: str


def made_out() -> Out:
    """Make it for the newest open incident."""
    now = timezone.now()
    incident = Incident.objects.filter(status="missing", starts_held=False).order_by("-pk")[0]
    area, _ = Area.objects.get_or_create(code="bench-area", defaults={"name": "Camden", "kind": "borough"})
    proposer, authoriser, agreeing, issuer = (
        User.objects.get_or_create(email=f"bench-{number}@alerts.example")[0] for number in range(4)
    )
    alert = ChildRescueAlert.objects.create(
        incident=incident,
        force_id=incident.owner_id,
        status=AlertStatus.ISSUED,
        proposed_by=proposer,
        proposed_at=now,
        authorised_by=authoriser,
        authorised_at=now,
        agreed_by=agreeing,
        agreed_at=now,
        issued_by=issuer,
        issued_at=now,
        call_handling_ready_at=now,
        call_handling_ready_by=proposer,
        review_at=now + timedelta(hours=4),
        expires_at=now + timedelta(hours=24),
    )
    content = AlertContent.objects.create(
        alert=alert,
        number=1,
        first_name="Robin",
        age=8,
        clothing="Red coat",
        last_seen_place="Camden Lock",
        last_seen_at=now,
        vehicle="Blue van",
        made_at=now,
    )
    AlertWording.objects.create(
        content=content,
        headline="Girl of 8 taken from Camden",
        description=DESCRIPTION,
        instruction="Give the place and the time.",
        sms="Girl of 8",
    )
    Notice.objects.create(
        alert=alert,
        number=1,
        kind=NoticeKind.ALERT,
        content=content,
        area_ids=[area.pk],
        identifier=f"{alert.reference}.1",
        sent_at=now,
        expires_at=now + timedelta(hours=24),
    )
    shown = selectors.shown_at(alert.token)
    assert shown is not None
    return Out(alert.token, pages.page(shown, "en"))


def made_ended(out: Out) -> None:
    """Commit what its end commits."""
    ended = {"status": "cancelled", "ended_at": timezone.now(), "cancel_reason": "stood_down"}
    ChildRescueAlert.objects.filter(token=out.token).update(**ended)

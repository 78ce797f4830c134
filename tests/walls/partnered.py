"""What the national system sent and what partners' systems are sent, for the walls: rows alone."""

from __future__ import annotations

from django.utils import timezone

from alerts.cap.enums import CapStatus, Direction, MsgType, Result
from alerts.cap.models import CapArrival, CapMessage, CapProposal, Push, PushTarget
from tests.cast import Member

PLACES = frozenset({"partners", "target", "off", "on", "remove"})


def partnered(officer: Member, words: str, charitys: str) -> dict[str, str]:
    """The reference for each page of CAP, by the page's name; elsewhere that of the alert that came in.

    `words` are the force's, `charitys` the charity's, whose partners they are.
    """
    now = timezone.now()
    received = CapMessage.objects.create(
        direction=Direction.IN,
        identifier="NCA-1",
        sender="cra@national.example",
        sent=now.replace(microsecond=0),
        status=CapStatus.ACTUAL,
        msg_type=MsgType.ALERT,
        original=words,
        digest="0" * 64,
        is_signed=True,
        signature_ok=True,
        result=Result.PROPOSAL,
        received_at=now,
    )
    CapArrival.objects.create(body="", received_at=now, processed_at=now, result="read", message=received)
    proposal = CapProposal.objects.create(
        message=received, is_exercise=False, force_ids=[officer.organisation.pk], reason=words
    )
    target = PushTarget.objects.create(name=charitys[:120], url="https://192.0.2.1/cap", secret="whsec_eA==")
    Push.objects.create(target=target, cap_message=received)
    return {"": proposal.reference, **dict.fromkeys(PLACES, target.reference)}

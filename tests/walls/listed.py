"""Whom alerts are for and by what they leave: a partner's list, a tester and a line, for the walls."""

from __future__ import annotations

from django.utils import timezone

from alerts.audience.models import BadLine, ListImport, PartnerSystem, Subscriber
from alerts.audience.services import add_tester
from foundation.messaging.models import Line
from tests.alerts import making
from tests.cast import Member


def listed(manager: Member, words: str) -> dict[str, str | int]:
    """The arguments of the pages `audience`, and of that of a line. The line is off: nothing leaves by it."""
    row = ListImport.objects.create(
        organisation=manager.organisation, partner=words[:120], evidence=words, uploaded_by=manager.user
    )
    BadLine.objects.create(list_import=row, line=2, column="address", reason=words)
    tester = add_tester(
        actor=manager.actor,
        channel="email",
        to="tester@people.test",
        area_ids=[making.area().pk],
        language="en",
        consent=words,
    )
    line = Line.objects.create(
        name=words[:40], channel="sms", sender="+447700900001", per_second=10, is_on=False
    )
    return {
        "reference": row.reference,
        "number": tester.pk,
        "line_id": line.pk,
        "system": _system(words).pk,
    }


def _system(words: str) -> PartnerSystem:
    """One that has answered."""
    subscriber = Subscriber.objects.create(
        channel="webhook", to_key="1" * 64, source="sign_up", consent=words[:120], consented_at=timezone.now()
    )
    return PartnerSystem.objects.create(
        subscriber=subscriber,
        name=words[:120],
        host="buses.test",
        contact="s@people.test",
        secret="whsec_AA==",
    )

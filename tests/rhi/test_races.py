"""Hands that meet, with real threads and real commits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from foundation.messaging.models import Message
from rhi import services
from rhi.models import Referral, Visit
from rhi.services import calling
from tests.foundation.messaging.test_races import together
from tests.rhi.conftest import allocated, arrange, came_home
from tests.rhi.test_visits import plan


def test_eight_workers_refer_a_child_once_and_call_for_a_visit_once(
    committing_db: str, met_officer: Any, lambeth: Any, charity: Any, duty_manager: Any, rhi_interviewer: Any
) -> None:
    arrange(lambeth, charity)
    home = came_home(met_officer, hours=2, looked_after="yes", placing_authority_id=lambeth.pk)
    together(lambda _: services.open_for_return(incident_id=home.pk))
    referral = Referral.objects.get()

    visit = plan(allocated(referral, duty_manager, rhi_interviewer), rhi_interviewer)
    Visit.objects.update(alarm_at=timezone.now() - timedelta(minutes=1))
    now = timezone.now()
    called = together(lambda _: calling.call_for(visit.pk, now=now))
    assert called.count(True) == 1
    assert [row.to for row in Message.objects.filter(owner_id=visit.pk)] == [duty_manager.user.email]

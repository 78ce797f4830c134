"""What is counted of interviews, of how many, and for whom."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rhi.models import Referral
from rhi.selectors.figures import Figures, Share, figures
from tests.cast import Member
from tests.rhi.conftest import referred

pytestmark = pytest.mark.django_db


def counted(who: Member) -> Figures:
    now = timezone.now()
    return figures(who.actor, since=now - timedelta(days=90), until=now, now=now)


def test_each_figure_is_of_what_it_says(
    arranged, met_officer, lambeth, duty_manager, rhi_interviewer, other_authority_worker, authority_worker
) -> None:
    now = timezone.now()

    def stands(hours: float, **columns: object) -> None:
        row = referred(met_officer, lambeth, hours=hours)
        Referral.objects.filter(pk=row.pk).update(interviewer=rhi_interviewer.user, **columns)

    def after(hours: float, back: float) -> datetime:
        return now - timedelta(hours=back - hours)

    held = {"status": "reported", "offered_at": now}
    stands(100, **held, completed_at=after(20, 100), report_due_at=after(90, 100), reported_at=after(80, 100))
    stands(120, **held, completed_at=after(80, 120), report_due_at=after(90, 120), reported_at=after(99, 120))
    stands(90, status="declined", offered_at=now, decline_reason="moved", report_due_at=after(10, 90))
    stands(1)
    stands(200, status="withdrawn", ended_by="person")

    found = counted(duty_manager)
    assert found == counted(authority_worker)
    assert found.offered == Share(3, 4)
    assert found.accepted == Share(2, 3)
    assert found.in_time == Share(1, 3)
    assert (found.median_hours, found.held) == (50.0, 2)
    assert found.reports_in_time == Share(1, 3)
    assert counted(other_authority_worker).offered == Share(0, 0)


def test_the_page_shows_a_share_with_its_number_and_none_of_none(
    arranged, met_officer, lambeth, duty_manager
) -> None:
    client = duty_manager.sign_in(Client())
    assert "None yet" in client.get(reverse("rhi:figures")).content.decode()
    referred(met_officer, lambeth)
    assert "0 of 1: of the returns" in client.get(reverse("rhi:figures")).content.decode()


def test_a_share_of_none_is_none() -> None:
    assert Share(0, 0).percent is None
    assert Share(1, 3).percent == 33

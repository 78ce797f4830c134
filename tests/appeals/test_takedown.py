"""What is done about an outlet that shows an appeal again, or that did not take it."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from appeals import selectors, services
from appeals.enums import Channel, PlacementStatus
from appeals.models import Placement
from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from tests.appeals import making, outlets
from tests.appeals.conftest import Desk

pytestmark = pytest.mark.django_db
P = PlacementStatus


@pytest.fixture
def told(desk, live) -> Placement:
    """Told to take it down, and silent since."""
    now = timezone.now()
    placement = Placement.objects.create(
        appeal=live,
        outlet=making.outlet(Channel.WEBHOOK),
        content=selectors.newest_content(live),
        status=P.LIVE,
        live_at=now,
        planned_at=now,
    )
    outlets.withdraw(desk, live)
    Placement.objects.filter(pk=placement.pk).update(status=P.TOLD, withdrawal_sent_at=now)
    placement.refresh_from_db()
    return placement


def confirm(desk: Desk, placement: Placement) -> None:
    services.confirm_by_staff(
        actor=desk.publicity, placement_reference=placement.reference, evidence="Their editor wrote at noon."
    )


def test_what_is_seen_again_is_told_again(desk, told) -> None:
    see = partial(services.seen_again, actor=desk.publicity, placement_reference=told.reference)
    with pytest.raises(Refused):
        see(evidence="There.")
    confirm(desk, told)
    with pytest.raises(Invalid):
        see(evidence=" ")
    see(evidence="On their front page.")
    told.refresh_from_db()
    assert (told.status, told.confirmed_by) == (P.WITHDRAWING, "")
    assert told.next_at <= timezone.now()
    entry = told.ledger.latest("pk")
    assert (entry.what, entry.evidence) == ("seen_again", "On their front page.")


def test_an_outlet_is_tried_again_when_somebody_asks(desk, told) -> None:
    Placement.objects.filter(pk=told.pk).update(status=P.FAILED, problem="401", next_at=None)
    services.try_again(actor=desk.publicity, placement_reference=told.reference)
    told.refresh_from_db()
    assert (told.status, told.problem) == (P.PLANNED, "")
    assert told.next_at <= timezone.now()


def test_police_leave_outlets_to_the_charity_and_the_other_force_finds_nothing(
    desk, told, kent_officer
) -> None:
    confirm(desk, told)
    for verb in (partial(services.seen_again, evidence="There."), services.try_again):
        with pytest.raises(Refused) as refused:
            verb(actor=desk.inspector, placement_reference=told.reference)
        assert refused.value.refusal.code == "organisation"
        with pytest.raises(NotVisible):
            verb(actor=kent_officer.actor, placement_reference=told.reference)

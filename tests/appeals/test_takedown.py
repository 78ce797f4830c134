"""What an outlet says by itself, and what is done about one that shows an appeal again or did not take it."""

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


def confirm(placement: Placement, by: str = "link") -> bool:
    return services.confirm_gone(placement_id=placement.pk, by=by)


@pytest.mark.parametrize("by", ["link", "api", "check_in"])
def test_an_outlet_confirms_once_however_often_it_says_so(told, by) -> None:
    assert confirm(told, by)
    first = Placement.objects.get(pk=told.pk).confirmed_gone_at
    assert confirm(told, by)
    told.refresh_from_db()
    assert (told.status, told.confirmed_gone_at, told.confirmed_by) == (P.CONFIRMED, first, by)
    assert outlets.ledger(told).count(f"confirmed_by_{by}") == 1


def test_an_outlet_may_confirm_before_it_was_told(told) -> None:
    Placement.objects.filter(pk=told.pk).update(status=P.WITHDRAWING, withdrawal_sent_at=None)
    assert confirm(told, "check_in")
    told.refresh_from_db()
    assert told.withdrawal_sent_at is not None


def test_what_cannot_be_looked_for_is_never_confirmed(told) -> None:
    told.outlet.verifiable = False
    told.outlet.save()
    assert not confirm(told)
    told.refresh_from_db()
    assert told.status == P.TOLD


def test_only_what_is_being_taken_down_is_confirmed_and_only_by_the_outlet(told) -> None:
    Placement.objects.filter(pk=told.pk).update(status=P.LIVE)
    assert not confirm(told)
    with pytest.raises(ValueError, match="staff"):
        confirm(told, "staff")


def test_what_is_seen_again_is_told_again(desk, told) -> None:
    see = partial(services.seen_again, actor=desk.publicity, placement_reference=told.reference)
    with pytest.raises(Refused):
        see(evidence="There.")
    confirm(told)
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
    confirm(told)
    for verb in (partial(services.seen_again, evidence="There."), services.try_again):
        with pytest.raises(Refused) as refused:
            verb(actor=desk.inspector, placement_reference=told.reference)
        assert refused.value.refusal.code == "organisation"
        with pytest.raises(NotVisible):
            verb(actor=kent_officer.actor, placement_reference=told.reference)

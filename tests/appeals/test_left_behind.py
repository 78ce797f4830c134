"""What an earlier decision left behind is neither published nor left standing."""

from __future__ import annotations

import pytest
from django.utils import timezone

from appeals import selectors, services
from appeals.enums import AppealStatus, Channel, PlacementStatus, WithdrawCause
from appeals.models import Content, Placement
from tests.appeals import making

pytestmark = pytest.mark.django_db
P = PlacementStatus


def planned(appeal) -> list[Placement]:
    return list(Placement.objects.filter(appeal=appeal, status=P.PLANNED))


def test_an_edit_of_what_was_scheduled_publishes_no_words_of_before(desk, ready) -> None:
    services.publish_appeal(actor=desk.second, appeal_id=ready.pk, publish_at=making.tomorrow())
    assert planned(ready)
    details = making.details(first_name="Other")
    services.save_content(actor=desk.publicity, appeal_id=ready.pk, details=details, picture_id=None)
    assert planned(ready) == []


def test_lost_consent_drops_what_was_planned(desk, ready) -> None:
    making.outlet(Channel.MASTODON)
    services.publish_appeal(actor=desk.second, appeal_id=ready.pk, publish_at=making.tomorrow())
    making.consented(desk.publicity, ready, status="refused")
    assert planned(ready) == []
    making.consented(desk.publicity, ready)
    ours = making.outlet()
    live = services.publish_appeal(actor=desk.second, appeal_id=ready.pk, outlet_ids=[ours.pk])
    standing = selectors.placements_of(live).exclude(status=P.DROPPED)
    assert [one.outlet_id for one in standing] == [ours.pk]


def test_a_gate_that_shut_before_the_time_drops_what_was_planned(desk, ready) -> None:
    services.publish_appeal(actor=desk.second, appeal_id=ready.pk, publish_at=making.tomorrow())
    type(ready).objects.filter(pk=ready.pk).update(
        publish_at=timezone.now(), no_publicity=["covert_operation"]
    )
    assert services.publish_scheduled(appeal_id=ready.pk) is None
    assert planned(ready) == []


@pytest.mark.parametrize(("covers", "status"), [(False, AppealStatus.WITHDRAWN), (True, AppealStatus.LIVE)])
def test_a_yes_without_the_surname_that_is_shown_takes_it_off(desk, live, covers, status) -> None:
    Content.objects.filter(appeal=live).update(surname="Moor", show_surname=True)
    making.consented(desk.publicity, live, covers_surname=covers)
    live.refresh_from_db()
    assert live.status == status
    assert live.withdrawn_cause == ("" if covers else WithdrawCause.CONSENT_WITHDRAWN)


def test_what_is_seen_again_is_told_by_another_number(desk, live) -> None:
    """A partner's system drops, and our outbox does not queue, what bears the number of the first telling."""
    now = timezone.now()
    row = Placement.objects.create(
        appeal=live,
        outlet=making.outlet(Channel.WEBHOOK, address="https://partner.example/in"),
        content=selectors.newest_content(live),
        status=P.CONFIRMED,
        live_at=now,
        planned_at=now,
        withdraw_from=now,
        tries=1,
        confirmed_gone_at=now,
        confirmed_by="staff",
    )
    services.seen_again(actor=desk.publicity, placement_reference=row.reference, evidence="Still there.")
    row.refresh_from_db()
    assert row.tries == 1
    assert row.status == P.WITHDRAWING

"""The night it is for: a backup, work on appeals, a lost database, a restore, and who is told of what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from appeals import delivery, selectors, services
from appeals.enums import AppealStatus, Channel, PlacementStatus
from appeals.models import Appeal, Placement, PublicPlacement
from foundation.backups.models import Hold, HoldStep
from foundation.sandbox.control import Control
from missingcases.models import Flag
from missingcases.selectors import kept_from_family
from missingcases.services import set_flag
from tests.appeals import making, outlets
from tests.appeals.conftest import Desk
from tests.foundation.backups.conftest import Place

A, P = AppealStatus, PlacementStatus


def made_ready(desk: Desk, **given: object) -> Appeal:
    incident = making.open_incident(desk.officer, desk.supervisor)
    appeal = making.asked(desk.officer, incident, **given)
    making.checked(desk.publicity, appeal)
    making.consented(desk.publicity, appeal)
    making.authorised(desk.supervisor, appeal)
    return Appeal.objects.get(pk=appeal.pk)


def shown(provider: Control) -> int:
    return sum(bool(post["shown"]) for post in provider.posts())


def published(desk: Desk, appeal: Appeal) -> Appeal:
    outlets.publish(desk, appeal)
    delivery.send_appeal(appeal.pk)
    return appeal


def status(appeal: Appeal) -> str:
    return Appeal.objects.get(pk=appeal.pk).status


def test_outlets_are_told_of_all_that_this_database_forgot(
    committing_db,
    provider: Control,
    place: Place,
    desk,
) -> None:
    outlets.mastodon(provider)
    outlets.partner(provider)
    feed = making.outlet(Channel.MEDIA_FEED)
    running = published(desk, made_ready(desk))
    later, planned = made_ready(desk), made_ready(desk)
    services.publish_appeal(actor=desk.second, appeal_id=planned.pk, publish_at=making.tomorrow())
    unborn = making.open_incident(desk.officer, desk.supervisor)

    place.back_up()

    services.pause(actor=desk.publicity, appeal_id=running.pk, reason="A lead.")
    delivery.tell_due()
    published(desk, later)
    Appeal.objects.filter(pk=planned.pk).update(publish_at=planned.requested_at)
    services.publish_due(now=making.tomorrow())
    newest = making.asked(desk.officer, unborn)
    making.checked(desk.publicity, newest)
    making.consented(desk.publicity, newest)
    published(desk, making.authorised(desk.supervisor, newest))
    delivery.send_due()
    assert shown(provider) == 6  # three appeals on two networks
    known_there = {row.reference for row in Placement.objects.filter(outlet=feed, status=P.LIVE)}

    place.restore("--over")

    hold = Hold.objects.get()
    assert (hold.failed, hold.unmatched) == (0, 0)
    assert status(running) == A.PAUSED
    assert {status(one) for one in (later, planned, newest)} == {A.DRAFT}
    assert not PublicPlacement.objects.filter(is_live=True).exists()
    tombstones = PublicPlacement.objects.filter(outlet_id=feed.pk, is_untold=True)
    assert known_there <= set(tombstones.values_list("reference", flat=True))
    delivery.tell_due()
    assert shown(provider) == 0
    assert not outlets.called(newest).exclude(status__in=(P.TOLD, P.CONFIRMED)).exists()


def test_nothing_is_published_while_a_restored_system_is_held(
    committing_db,
    provider: Control,
    place: Place,
    desk,
) -> None:
    outlets.mastodon(provider)
    ready = made_ready(desk)
    services.publish_appeal(actor=desk.second, appeal_id=ready.pk, publish_at=making.tomorrow())
    place.back_up()
    place.restore("--over")
    Appeal.objects.filter(pk=ready.pk).update(publish_at=ready.requested_at)
    assert services.publish_due(now=making.tomorrow()) == 0
    HoldStep.objects.filter(step="public").delete()
    assert services.publish_due(now=making.tomorrow()) == 1
    HoldStep.objects.create(hold=Hold.objects.get(), step="public")
    assert delivery.send_due() == 0
    assert shown(provider) == 0


@pytest.mark.parametrize("narrowed", [{"status": "withdrawn"}, {"covers_photo": False}])
def test_a_consent_that_was_taken_back_is_taken_back_again(
    committing_db,
    provider: Control,
    place: Place,
    desk,
    narrowed,
) -> None:
    ready = made_ready(desk)
    place.back_up()
    making.consented(desk.publicity, ready, **narrowed)
    place.restore("--over")
    newest = ready.consents.order_by("-pk").first()
    assert (newest.status, newest.covers_photo) == (
        narrowed.get("status", "given"),
        narrowed.get("covers_photo", True),
    )
    assert newest.recorded_by is None
    expected = A.POLICE_AUTHORISED if "status" in narrowed else A.FAMILY_CONSENTED
    assert status(ready) == expected


def test_an_edit_or_a_risk_that_was_found_is_looked_at_anew(
    committing_db,
    provider: Control,
    place: Place,
    desk,
) -> None:
    edited, risky, declined = (made_ready(desk) for _ in range(3))
    place.back_up()
    services.save_content(
        actor=desk.publicity, appeal_id=edited.pk, details=making.details(age=47), picture_id=None
    )
    services.check_risk(
        actor=desk.publicity,
        appeal_id=risky.pk,
        words="A lead.",
        balance="No.",
        no_publicity=["covert_operation"],
    )
    services.decline(actor=desk.publicity, appeal_id=declined.pk, reasons=["no_photo"], reason="None.")
    place.restore("--over")
    for one in (edited, risky, declined):
        one.refresh_from_db()
        assert (one.status, one.authorised_at, one.risk_checked_at) == (A.DRAFT, None, None)


def test_what_was_paused_and_resumed_waits_for_a_person(
    committing_db,
    provider: Control,
    place: Place,
    desk,
) -> None:
    outlets.mastodon(provider)
    running = published(desk, made_ready(desk))
    place.back_up()
    services.pause(actor=desk.publicity, appeal_id=running.pk, reason="A lead.")
    delivery.tell_due()
    services.resume(actor=desk.publicity, appeal_id=running.pk)
    delivery.send_due()
    assert shown(provider) == 1
    place.restore("--over")
    assert status(running) == A.PAUSED
    delivery.tell_due()
    assert shown(provider) == 0
    services.resume(actor=desk.publicity, appeal_id=running.pk)
    assert status(running) == A.LIVE


def test_what_stands_in_the_backup_is_looked_for_and_stays(
    committing_db,
    provider: Control,
    place: Place,
    desk,
) -> None:
    """Published, and the backup made before the outlet answered: the same post, once."""
    outlets.bluesky(provider)
    live = outlets.publish(desk, made_ready(desk))
    Placement.objects.filter(appeal=live).update(next_at=None)
    place.back_up()
    outlets.make_due(live)
    outlets.called(live).update(next_at=live.requested_at)
    delivery.send_due()
    place.restore("--over")
    HoldStep.objects.all().delete()
    delivery.send_due()
    assert shown(provider) == 1


def test_whom_to_ring_where_even_the_incident_is_lost(
    committing_db, provider: Control, place: Place, desk, publicity_officer, met_officer
) -> None:
    partner = outlets.partner(provider)
    making.outlet(Channel.MEDIA_FEED)
    making.area()
    page = reverse("appeals:outlets")
    client = publicity_officer.sign_in(Client())
    place.back_up()
    lost = published(desk, made_ready(desk))
    reference = outlets.of(lost, Channel.WEBHOOK).reference
    assert reference not in client.get(page).content.decode()
    place.restore("--over")
    client = publicity_officer.sign_in(Client())
    assert Hold.objects.get().unmatched > 0
    (one,) = selectors.lost_placements(desk.publicity)
    assert (one.outlet, one.appeal_reference, one.reference) == (partner, lost.reference, reference)
    assert reference in client.get(page).content.decode()
    assert selectors.lost_placements(desk.inspector) == []
    Hold.objects.update(restored_at=lost.requested_at - timedelta(days=40))
    assert selectors.lost_placements(desk.publicity) == []


def test_a_danger_in_the_family_recorded_since_the_backup_is_heeded_again(
    committing_db, place: Place, desk: Desk
) -> None:
    appeal = made_ready(desk)
    services.override_consent(actor=desk.inspector, appeal_id=appeal.pk, reason="Nobody can be reached.")
    services.publish_appeal(actor=desk.second, appeal_id=appeal.pk)
    place.back_up()
    set_flag(
        actor=desk.officer, incident_id=appeal.incident_id, kind="honour_based_abuse", status="confirmed",
        source="A teacher",
    )  # fmt: skip

    place.restore("--over")

    hold = Hold.objects.get()
    assert (hold.failed, hold.unmatched) == (0, 0)
    flag = Flag.objects.get()
    assert (flag.status, flag.sensitivity) == ("suspected", "owner_only")
    assert flag.source == "Recorded after the backup: enter again who said so"
    assert kept_from_family([appeal.incident_id])
    kept = Appeal.objects.get(pk=appeal.pk)
    assert (kept.status, kept.override_at) == (A.PAUSED, None)

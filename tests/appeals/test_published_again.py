"""Paused, told to be taken down, published again: the earlier end never touches what is shown now."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from appeals import delivery, selectors, services
from appeals.addresses import confirm_address
from appeals.deadlines import lease_ends_at
from appeals.delivery.claims import claim_to_send
from appeals.enums import Channel, PlacementStatus
from appeals.ledger import lines_of
from appeals.models import Appeal, Placement
from appeals.services.taking import take_report
from foundation.exceptions import Invalid
from foundation.messaging import services as messaging
from foundation.sandbox.control import Control
from foundation.sandbox.enums import FaultKind
from tests.appeals import outlets

P = PlacementStatus
pytestmark = pytest.mark.usefixtures("committing_db")


def shown(provider: Control) -> list[str]:
    return [post["key"] for post in provider.posts() if post["shown"]]


def pause(desk, appeal: Appeal) -> None:
    services.pause(actor=desk.publicity, appeal_id=appeal.pk, reason="A lead.")


def resume(desk, appeal: Appeal) -> None:
    services.resume(actor=desk.publicity, appeal_id=appeal.pk)


def both(appeal: Appeal, channel: str) -> tuple[Placement, Placement]:
    """Before the pause, and after it."""
    first, second = Placement.objects.filter(appeal=appeal, outlet__channel=channel).order_by("pk")
    return first, second


@pytest.fixture
def silent(provider: Control, desk, ready) -> Appeal:
    """Live at a partner who cannot be reached when it is paused."""
    outlets.partner(provider)
    live = outlets.publish(desk, ready)
    delivery.send_appeal(live.pk)
    provider.break_(FaultKind.FAULT, times=1)
    pause(desk, live)
    delivery.tell_outlets(live.pk)
    provider.mend()
    return live


def test_a_partner_is_not_chased_about_what_is_live_again(provider, desk, silent) -> None:
    resume(desk, silent)
    outlets.make_due(silent)
    delivery.tell_due()
    first, second = both(silent, Channel.WEBHOOK)
    assert (first.status, second.status) == (P.WITHDRAWING, P.PLANNED)
    delivery.send_due()
    first, second = both(silent, Channel.WEBHOOK)
    assert (first.status, second.status, first.next_at) == (P.REPLACED, P.LIVE, None)
    assert outlets.ledger(first)[-1] == "published_again"
    assert second.reference in shown(provider)
    outlets.withdraw(desk, silent)
    delivery.tell_due()
    assert second.reference not in shown(provider)
    first, second = both(silent, Channel.WEBHOOK)
    assert (first.status, second.status) == (P.REPLACED, P.CONFIRMED)


def test_what_never_came_back_is_asked_for_again(provider, desk, silent) -> None:
    """Withdrawn before it was published again: the partner shows the first one still."""
    resume(desk, silent)
    outlets.withdraw(desk, silent)
    delivery.tell_due()
    first, second = both(silent, Channel.WEBHOOK)
    assert (first.status, second.status) == (P.CONFIRMED, P.DROPPED)
    assert shown(provider) == []


def test_what_is_published_waits_until_the_earlier_end_was_told(provider, desk, silent) -> None:
    """A worker has the call in hand, or died with it: the newer one must not arrive before it."""
    now = timezone.now()
    Placement.objects.filter(appeal=silent, status=P.WITHDRAWING).update(
        claimed_at=now, next_at=lease_ends_at(now)
    )
    resume(desk, silent)
    delivery.send_due()
    _, second = both(silent, Channel.WEBHOOK)
    assert (second.status, second.next_at) == (P.PLANNED, lease_ends_at(now))


def test_staff_cannot_have_it_taken_down_by_asking_about_the_earlier_one(provider, desk, silent) -> None:
    resume(desk, silent)
    first, _ = both(silent, Channel.WEBHOOK)
    with pytest.raises(Invalid):
        services.tell_again(actor=desk.publicity, placement_reference=first.reference)


def test_the_partner_hears_what_a_placement_replaces(provider, desk, silent) -> None:
    resume(desk, silent)
    first, second = both(silent, Channel.WEBHOOK)
    (claim,) = [one for one in claim_to_send(Placement.objects.all()) if one.pk == second.pk]
    assert claim.job.replaces == (first.reference,)


def test_two_posts_of_one_appeal_are_two(provider, desk, ready) -> None:
    """The earlier post is deleted, though it was lost sight of, and never the newer."""
    outlets.mastodon(provider)
    live = outlets.publish(desk, ready)
    delivery.send_appeal(live.pk)
    pause(desk, live)
    resume(desk, live)
    delivery.send_due()
    first, second = both(live, Channel.MASTODON)
    Placement.objects.filter(pk=first.pk).update(remote_id="", next_at=timezone.now())
    delivery.tell_due()
    assert [post["shown"] for post in provider.posts()] == [False, True]
    first, second = both(live, Channel.MASTODON)
    assert (first.status, second.status) == (P.TOLD, P.LIVE)


def letters(provider: Control) -> list[str]:
    messaging.send_due(lane="urgent")
    messaging.tell_all()
    return [mail["subject"] for mail in provider.mails()]


def test_a_letter_is_held_back_and_an_old_link_changes_nothing(provider, desk, ready) -> None:
    outlets.media()
    live = outlets.publish(desk, ready)
    delivery.send_appeal(live.pk)
    assert len(letters(provider)) == 1
    pause(desk, live)
    delivery.tell_due()
    resume(desk, live)
    delivery.send_due()
    subjects = letters(provider)
    assert [subject.startswith("Take down") for subject in subjects] == [False, False]
    back = provider.mails()[-1]["plain"]
    first, second = both(live, Channel.MEDIA_EMAIL)
    assert "This appeal is back." in back
    assert second.reference in back
    assert (first.status, second.status) == (P.REPLACED, P.LIVE)

    link = confirm_address(first.reference).partition("/outlets/")[2]
    with override_settings(ROOT_URLCONF="config.public_urls"):
        answer = Client().post(f"/outlets/{link}")
    assert "This appeal is back" in answer.content.decode()
    delivery.read_reports()
    # As one that was pressed before the newer one had gone, and is read after it.
    press_link_of(first)
    delivery.read_reports()
    first, second = both(live, Channel.MEDIA_EMAIL)
    assert (first.status, second.status) == (P.REPLACED, P.LIVE)


def press_link_of(placement: Placement) -> None:
    take_report(kind="link", outlet_id=placement.outlet_id, body={"gone": [placement.reference]})


def test_of_two_only_the_newer_stands(provider, desk, silent) -> None:
    resume(desk, silent)
    delivery.send_due()
    owed = [one.reference for one in selectors.placements_of(silent) if one.status in (P.WITHDRAWING, P.TOLD)]
    assert owed == []
    replaced = [
        line for line in lines_of(selectors.placements_of(silent)) if line.placement.status == P.REPLACED
    ]
    assert [(line.told_by, line.confirmed_by, line.owes) for line in replaced] == [(None, None, False)]

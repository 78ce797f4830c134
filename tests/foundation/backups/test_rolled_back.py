"""A server that was rolled forward to an earlier moment holds itself before anything starts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from foundation.backups import selectors
from foundation.backups.models import Hold, Timeline
from foundation.backups.services import holding


@pytest.mark.django_db
def test_a_new_timeline_is_held_and_the_same_one_is_not() -> None:
    assert holding.hold_if_rolled_back() is None
    assert holding.hold_if_rolled_back() is None
    Timeline.objects.update(number=0)
    assert holding.hold_if_rolled_back() is not None
    assert selectors.held() == {"public", "alert", "urgent", "normal", "bulk"}
    assert holding.hold_if_rolled_back() is None
    Timeline.objects.update(number=0)
    assert holding.hold_if_rolled_back() is None, "it is held already"
    assert Hold.objects.count() == 1


def test_a_restore_by_other_means_is_held_by_hand(committing_db, provider, place, capsys) -> None:
    call_command("hold_restored", "2026-11-28T02:00:00Z")
    assert "Held." in capsys.readouterr().out
    assert "bulk" in selectors.held()
    assert Hold.objects.get().reconciled_at
    with pytest.raises(CommandError, match="no time"):
        call_command("hold_restored", "last night")


def test_what_is_not_done_yet_is_gone_on_with(committing_db, provider, place, settings) -> None:
    holding.catch_up_due()
    hold = holding.hold_from(known_until=timezone.now() - timedelta(days=1))
    address, settings.TWILIO_BASE_URL = settings.TWILIO_BASE_URL, "http://127.0.0.1:9"
    holding.catch_up_due()
    hold.refresh_from_db()
    assert hold.reapplied_at
    assert hold.reconciled_at is None
    settings.TWILIO_BASE_URL = address
    holding.catch_up_due()
    hold.refresh_from_db()
    assert hold.reconciled_at

"""The order in which the stand-in's planned steps are taken."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.sandbox.models import Handset, Step, Text
from foundation.sandbox.postman import deliver_due

pytestmark = pytest.mark.django_db


def test_a_step_told_again_leaves_why_a_text_failed() -> None:
    """Nobody answered the first step, so that it is due again in the round of the last one."""
    number, now = "+447700900923", timezone.now()
    text = Text.objects.create(
        account_sid="AC1", handset=Handset.objects.create(number=number), to=number, sender="+447700900000"
    )
    for status, code, ago in (("undelivered", 30005, 2), ("queued", None, 1)):
        due = now - timedelta(seconds=ago)
        Step.objects.create(text=text, progress=status, error_code=code, due_at=due)

    with ThreadPoolExecutor(1) as pool:
        assert deliver_due(pool)

    text.refresh_from_db()
    assert (text.progress, text.error_code) == ("undelivered", 30005)

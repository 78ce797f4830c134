"""One of what the audience of alerts keeps: a subscriber, an address nobody confirmed, a form."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from alerts.audience.models import (
    Bucket,
    MonthFigures,
    PostcodeDistrict,
    PreferenceLink,
    SignUp,
    Submission,
    Subscriber,
    Subscription,
    SystemSignUp,
)
from foundation.places.models import Area


def add_subscribers() -> None:
    """Somebody who gets alerts, and what else there is of people like them (listed.py has the rest)."""
    now = timezone.now()
    area = Area.objects.get(code="E09000022")
    PostcodeDistrict.objects.get_or_create(code="SW9", defaults={"area": area})
    person = Subscriber.objects.create(
        channel="email", to_key="a" * 64, source="sign_up", consent="By our form", consented_at=now
    )
    bucket = Bucket.objects.create(area=area, channel="email", language="en")
    Subscription.objects.create(
        bucket=bucket, subscriber=person, channel="email", to="p@people.test", to_key="a" * 64
    )
    times = {"created_at": now, "expires_at": now + timedelta(days=1)}
    SignUp.objects.create(
        token_hash="b" * 64,
        channel="email",
        to="q@people.test",
        to_key="c" * 64,
        area_ids=[area.pk],
        language="en",
        consent="By our form",
        **times,
    )
    SystemSignUp.objects.create(
        token_hash="e" * 64,
        name="Buses",
        endpoint="https://buses.test/alerts",
        endpoint_key="f" * 64,
        contact="r@people.test",
        contact_key="0" * 64,
        area_ids=[area.pk],
        language="en",
        consent="By our form",
        **times,
    )
    PreferenceLink.objects.create(token_hash="d" * 64, subscriber=person, **times)
    Submission.objects.create(form_key=uuid4(), kind="leave", body="{}", received_at=now, processed_at=now)
    MonthFigures.objects.create(month=now.date().replace(day=1), channel="email", joined=1)

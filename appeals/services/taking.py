"""Keeping what somebody sent from the public site: inserted under its role, which can read none of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from appeals.models import OutletReport, Submission
from appeals.services.kick import kick_reading, kick_reports
from foundation.fields import box


def take_submission(
    *, token: str, form_key: UUID, told: Mapping[str, Any], photo: bytes | None
) -> Submission:
    """Keep one form as it came, encrypted. Raises `IntegrityError` where the same form is kept already."""
    with transaction.atomic():
        submission = Submission.objects.create(
            token=token,
            form_key=form_key,
            body=json.dumps(told, ensure_ascii=False),
            photo=box().encrypt(photo) if photo else None,
            received_at=timezone.now(),
        )
        kick_reading()
    return submission


def take_report(*, kind: str, outlet_id: int | None, body: Mapping[str, Any]) -> OutletReport:
    """Keep what an outlet told us as it came: references of placements, and no more."""
    with transaction.atomic():
        report = OutletReport.objects.create(
            kind=kind, outlet_id=outlet_id, body=body, received_at=timezone.now()
        )
        kick_reports()
    return report

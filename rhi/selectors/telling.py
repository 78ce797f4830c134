"""What the force passed on, as far as it stands: read from its release each time, kept nowhere else."""

from __future__ import annotations

import json

from missingcases.enums import ReleaseStatus
from rhi.models import Referral

LABELS = {
    "child": "Name",
    "date_of_birth": "Born",
    "flags": "Flags",
    "prevention_interview": "What the force heard",
}


def passed_on(referral: Referral) -> dict[str, str]:
    """The force's copy by name; nothing where it gave none, or took it back."""
    release = referral.release
    if release is None or release.status != ReleaseStatus.APPROVED:
        return {}
    content: dict[str, str] = json.loads(release.content)
    return content


def called(referral: Referral) -> str:
    """What a page that may read the referral calls the child."""
    return passed_on(referral).get("child") or referral.child_called or "Child, name not passed on"

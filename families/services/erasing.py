"""Emptying support that was closed long ago: who did what and when stays, so that figures stay true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from families.enums import CaseStatus
from families.labels import CONTACT_LABEL
from families.models import ContactRecord, SupportCase
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging import services as messaging
from missingcases.enums import IncidentStatus

ERASED = "Erased"
_ENDED = (IncidentStatus.CLOSED, IncidentStatus.CANCELLED)
# The rows of each model, by the path to their case, lose these fields.
_WORDS: tuple[tuple[str, str, dict[str, object]], ...] = (
    (
        "FamilyMember",
        "case",
        dict.fromkeys(("name", "consent_scope", "languages", "code_word", "safe_hours"), ""),
    ),
    ("FamilyMember", "case", {"blocked_why": "", "safe_why": ""}),
    ("MemberBond", "case", {"why": ""}),
    ("BlockedParty", "case", dict.fromkeys(("name", "number", "number_key", "why"), "")),
    ("ContactPoint", "member__case", {"value": "", "value_key": ""}),
    ("ContactRecord", "case", dict.fromkeys(("subject", "words", "risk_words"), "")),
    ("Told", "case", {"words": "", "source_reference": ""}),
    ("SupportTask", "case", {"words": ""}),
    (
        "Visit",
        "case",
        dict.fromkeys(("place", "with_whom", "safety_note", "resolution", "telephone"), "") | {"markers": []},
    ),
    ("CounsellingReferral", "case", dict.fromkeys(("to", "agreed", "outcome"), "")),
)


def ended_cases(charity_id: int, before: datetime) -> list[int]:
    """Support closed before then, whose words are still there. Never while the person is missing."""
    rows = SupportCase.objects.filter(
        Q(incident__isnull=True) | Q(incident__status__in=_ENDED),
        charity_id=charity_id,
        status=CaseStatus.CLOSED,
        closed_at__lte=before,
        erased_at__isnull=True,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def erase_cases(ids: Sequence[int], actor: Actor) -> int:
    """Empty these cases and all that hangs on them, texts and e-mails of either way too."""
    rows = SupportCase.objects.filter(pk__in=list(ids), status=CaseStatus.CLOSED, erased_at__isnull=True)
    found = list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    contacts = ContactRecord.objects.filter(case_id__in=found).values_list("pk", "inbound_id")
    messaging.erase_for_owners(actor=actor, owner_label=CONTACT_LABEL, owner_ids=[pk for pk, _ in contacts])
    messaging.erase_inbound(actor=actor, inbound_ids=[inbound for _, inbound in contacts if inbound])
    for name, path, changes in _WORDS:
        apps.get_model("families", name)._base_manager.filter(**{f"{path}__in": found}).update(**changes)
    points = apps.get_model("families", "ContactPoint")._base_manager.filter(member__case__in=found)
    points.filter(is_unsafe=True).update(unsafe_why=ERASED)
    SupportCase.objects.filter(pk__in=found).update(about="", erased_at=timezone.now())
    audit.record(
        actor=actor, action="families.erased", target=SupportCase, target_ids=found, fields=["about", "words"]
    )
    return len(found)

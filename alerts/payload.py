"""What partners' systems are posted: JSON of a notice, in one language (docs/alert-webhooks.md).

Made where every other channel's words are, so that the room shows what leaves. An end never says how.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from alerts.cap import addresses as cap
from alerts.deadlines import expires_at
from alerts.enums import NoticeKind
from alerts.models import AlertContent, ChildRescueAlert
from alerts.public.addresses import page_address
from alerts.references import notice_identifier
from alerts.taken_away import picture_name
from alerts.wording import Facts, Letter, Wording, for_systems

TYPES = {
    NoticeKind.ALERT: "alert.issued",
    NoticeKind.UPDATE: "alert.updated",
    NoticeKind.CANCEL: "alert.ended",
}
EMERGENCY = "999"


def letter_for_systems(
    alert: ChildRescueAlert,
    content: AlertContent | None,
    said: Wording | None,
    facts: Facts,
    language: str,
    *,
    now: datetime,
) -> Letter:
    """The JSON as people read it, and as it leaves. `content` and `said` are None for the end."""
    told = {
        "type": TYPES[NoticeKind(facts.kind)],
        "timestamp": now.isoformat(),
        "data": _data(alert, content, said, facts, language, now=now),
    }
    return Letter(
        body=json.dumps(told, ensure_ascii=False, indent=2), written=json.dumps(told, ensure_ascii=False)
    )


def _data(
    alert: ChildRescueAlert,
    content: AlertContent | None,
    said: Wording | None,
    facts: Facts,
    language: str,
    *,
    now: datetime,
) -> dict[str, Any]:
    number, is_real = _number_of(alert, facts.kind), not alert.is_rehearsal
    identifier = notice_identifier(alert.reference, number)
    headline, description, instruction = for_systems(language, facts, said)
    told = {
        "event": "Child Rescue Alert",
        "exercise": alert.is_rehearsal,
        "reference": alert.reference,
        "identifier": identifier,
        "references": [notice_identifier(alert.reference, one) for one in range(1, number)],
        "language": language,
        "issued_at": (alert.issued_at or now).isoformat(),
        "headline": headline,
        "description": description,
        "instruction": instruction,
        "cap": cap.absolute(cap.message_path(identifier)) if is_real else None,
    }
    if content is None or said is None:
        return told
    return told | {
        "expires_at": (alert.expires_at or expires_at(now)).isoformat(),
        "areas": _areas(alert),
        "polygon": content.polygon or None,
        "first_name": content.first_name,
        "age": content.age,
        "clothing": content.clothing,
        "last_seen_place": content.last_seen_place,
        "last_seen_at": content.last_seen_at.isoformat() if content.last_seen_at else None,
        "suspect": content.suspect,
        "vehicle": content.vehicle,
        "picture": _picture(content, identifier) if is_real and picture_name(content) else None,
        "page": page_address(alert.token, language=language) if is_real else None,
        "emergency": EMERGENCY,
    }


def _number_of(alert: ChildRescueAlert, kind: str) -> int:
    """Of the notice that this is: one that goes out by more channels afterwards is there already."""
    there = alert.notices.count()
    return there if there and kind == NoticeKind.ALERT else there + 1


def _areas(alert: ChildRescueAlert) -> list[dict[str, str]]:
    rows = alert.areas.order_by("area__name").values_list("area__name", "area__code")
    return [{"name": name, "code": code} for name, code in rows]


def _picture(content: AlertContent, identifier: str) -> dict[str, str]:
    return {
        "url": cap.absolute(cap.picture_path(identifier)),
        "content_type": "image/jpeg",
        "alt_text": content.alt_text,
    }

"""What each status means to whoever reads it, by its stored value (foundation.ui.tones has the colours).

Grey is what is not listed. The words on the tag say the rest: colour is never the only signal.
"""

TONES: dict[str, str] = {
    # Incidents.
    "reported": "attention",
    "absent": "info",
    "missing": "warning",
    "long_term": "info",
    "reopened": "warning",
    "located": "active",
    "prevention_done": "active",
    "closed": "neutral",
    "cancelled": "neutral",
    # Risk.
    "high": "danger",
    "medium": "warning",
    "low": "info",
    "very_low": "neutral",
    "no_apparent": "neutral",
    # Texts and requests.
    "requested": "attention",
    "screened": "info",
    "approved": "info",
    "queued": "info",
    "sending": "info",
    "sent": "active",
    "delivered": "good",
    "failed": "danger",
    "unknown": "danger",
    "expired": "neutral",
    "refused": "neutral",
    "suppressed": "neutral",
    "not_sent": "neutral",
    # Appeals and their placements.
    "draft": "attention",
    "police_authorised": "info",
    "family_consented": "attention",
    "scheduled": "info",
    "live": "active",
    "paused": "warning",
    "withdrawn": "neutral",
    "declined": "neutral",
    "planned": "info",
    "withdrawing": "danger",
    "told": "warning",
    "dropped": "neutral",
    "replaced": "neutral",
    # Sightings.
    "received": "attention",
    "triaged": "info",
    "passed_to_police": "attention",
    "assessed": "info",
    "immediate": "danger",
    "routine": "info",
    "malicious": "neutral",
    # Confidential records that were opened.
    "reviewed": "neutral",
    # Intelligence reports.
    "waiting": "attention",
    "returned": "warning",
    "acknowledged": "active",
    "useful": "good",
    "led_to_action": "good",
    # Work.
    "open": "attention",
    "claimed": "info",
    "done": "good",
    "overdue": "danger",
    "escalated": "danger",
    "owed": "attention",
    "stuck": "danger",
    # Webhooks.
    "off": "neutral",
    "stopped": "danger",
    # People and imports.
    "suspected": "attention",
    "confirmed": "danger",
    "ruled_out": "neutral",
    "active": "good",
    "suspended": "danger",
    "invited": "attention",
    "running": "info",
    "accepted": "good",
    "rejected": "neutral",
}

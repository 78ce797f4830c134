"""The demonstration's force that shares by a feed: one appeal stands in it, and arrives by itself."""

from __future__ import annotations

import json

from django.conf import settings

from appeals import services
from appeals.enums import AppealKind, Sharing
from foundation.accounts.models import Organisation
from foundation.clock import in_london
from missingcases.demo import History
from missingcases.models import Incident

FORCE, SHARED, INSPECTOR = "kent", "moira", "kent.inspector"


def share_by_feed(history: History) -> None:
    """The force puts an appeal into its feed, and its inspector says where the feed is."""
    # Not installed on a real server.
    from foundation.sandbox.models import NetworkPost

    incidents = Incident.objects.select_related("person", "last_seen_area")
    incident = incidents.get(pk=history.incidents[SHARED])
    area = incident.last_seen_area
    fields = {
        "incident": incident.reference,
        "first_name": incident.person.given_names,
        "surname": incident.person.family_name,
        "age": str(incident.age_at_report),
        "missing_since": in_london(incident.last_seen_at or incident.reported_at).date().isoformat(),
        "area": area.code if area else "",
        "headline": f"Have you seen {incident.person.given_names}?",
        "description": "Moira is 5 feet 3, with grey curls. She likes ducks and talks to anybody.",
        "clothing": "A navy anorak and a red scarf.",
    }
    NetworkPost.objects.get_or_create(
        network="force", account=FORCE, key="1", defaults={"text": json.dumps(fields)}
    )
    services.set_sharing(
        actor=history.actor(INSPECTOR),
        organisation_id=Organisation.objects.values_list("pk", flat=True).get(code=FORCE),
        details=services.SharingDetails(
            sharing=Sharing.DRAFT,
            kind=AppealKind.STANDARD,
            feed_url=f"{settings.TWILIO_BASE_URL.rstrip('/')}/forces/{FORCE}/appeals.atom",
        ),
    )

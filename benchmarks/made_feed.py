"""A newsroom's feed of a hundred appeals, made as the services leave them, for loads of what outlets read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db.models import F
from django.utils import timezone

from appeals.models import Appeal, Content, Outlet, Placement, Publication, Rendition, Wording
from appeals.public.outlets.reading import FEED_PICTURE
from appeals.public.outlets.tokens import hash_of
from appeals.services.publications import shown_for
from benchmarks.made_appeal import DESCRIPTION
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.places.models import Area
from missingcases.models import Incident

TOKEN = "bench-" + "k" * 40
ENTRIES = 100
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Feed:
    """The outlet, and the public site in this process."""

    outlet: Outlet
    site: WSGIHandler

    def change(self) -> None:
        """As publishing writes it: one placement is news."""
        newest = Placement.objects.filter(outlet=self.outlet).order_by("-pk")[0]
        Placement.objects.filter(pk=newest.pk).update(change=F("change") + 1, updated_at=timezone.now())

    def stop(self) -> None:
        """Commit what a finding commits, for every one of them."""
        Incident.objects.filter(pk__in=Appeal.objects.values("incident_id")).update(starts_held=True)


def made_feed() -> Feed:
    """A hundred appeals of a hundred open incidents on one outlet."""
    now = timezone.now()
    charity = Organisation.objects.filter(kind=OrganisationKind.CHARITY)[0]
    area, _ = Area.objects.get_or_create(code="bench-area", defaults={"name": "Camden", "kind": "borough"})
    outlet = Outlet.objects.create(channel="media_feed", name="Newsroom", token_hash=hash_of(TOKEN))
    for incident in Incident.objects.filter(status="missing", starts_held=False).order_by("-pk")[:ENTRIES]:
        appeal = Appeal.objects.create(
            incident=incident,
            organisation_id=incident.owner_id,
            charity=charity,
            status="live",
            origin="police",
            requested_at=now,
            request_reason="For the bench.",
            first_live_at=now,
            expires_at=now + timedelta(days=28),
        )
        content = Content.objects.create(
            appeal=appeal,
            number=1,
            first_name="Robin",
            age=46,
            missing_since=now.date(),
            area=area,
            alt_text="Robin, smiling, by the sea",
            made_at=now,
        )
        Wording.objects.create(content=content, headline="Have you seen Robin?", description=DESCRIPTION)
        shown = shown_for(content, audience="media")
        kept = f"bench-{content.pk}"
        Rendition.objects.create(
            content=content,
            kind=FEED_PICTURE,
            stored_name=kept,
            content_type="image/jpeg",
            size=1,
            made_at=now,
        )
        Publication.objects.create(
            appeal=appeal, content=content, shown=shown, area_ids=[area.pk], made_at=now
        )
        Placement.objects.create(
            appeal=appeal,
            outlet=outlet,
            content=content,
            shown=shown,
            status="live",
            planned_at=now,
            live_at=now,
            change=next(_numbers),
        )
    settings.IS_PUBLIC_SITE, settings.ROOT_URLCONF = True, "benchmarks.public_urls"
    return Feed(outlet, WSGIHandler())

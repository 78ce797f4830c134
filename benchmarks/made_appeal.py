"""One appeal that is live on our website, made as the services leave it, for loads of the public site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from appeals import services
from appeals.models import Appeal, Content, Outlet, Placement, Publication, Rendition, Wording
from appeals.public import pages
from appeals.services.publications import make_publication
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.places.models import Area
from missingcases.models import Incident

DESCRIPTION = "Robin is 5 feet 4 and has short brown hair. She may be going to the sea. " * 4


@dataclass(frozen=True, slots=True)
class Live:
    """Its token and its finished page."""

    token: str
    page: str


def made_live() -> Live:
    """Make it for the newest open incident."""
    now = timezone.now()
    incident = Incident.objects.filter(status="missing", starts_held=False).order_by("-pk")[0]
    area, _ = Area.objects.get_or_create(code="bench-area", defaults={"name": "Camden", "kind": "borough"})
    appeal = Appeal.objects.create(
        incident=incident,
        organisation_id=incident.owner_id,
        charity=Organisation.objects.filter(kind=OrganisationKind.CHARITY)[0],
        status="live",
        origin="police",
        requested_at=now,
        request_reason="For the bench.",
        first_live_at=now,
        expires_at=now + timedelta(days=28),
    )
    content = Content.objects.create(
        appeal=appeal, number=1, first_name="Robin", age=46, missing_since=now.date(), area=area, made_at=now
    )
    wording_of(content)
    for width in pages.SIZES:
        kind = pages.size_kind(width)
        Rendition.objects.create(
            content=content, kind=kind, stored_name=kind, content_type="image/jpeg", size=1, made_at=now
        )
    outlet, _ = Outlet.objects.get_or_create(channel="website", defaults={"name": "Our website"})
    Placement.objects.create(
        appeal=appeal, outlet=outlet, content=content, status="live", planned_at=now, live_at=now
    )
    make_publication(appeal)
    services.pages.make_pages(appeal.pk)
    page = Publication.objects.get(appeal=appeal).page["en"]
    return Live(appeal.token, page)


def wording_of(content: Content) -> None:
    """What it says to everybody."""
    Wording.objects.create(content=content, headline="Have you seen Robin?", description=DESCRIPTION)


def made_stopped(live: Live) -> None:
    """Commit what a withdrawal commits."""
    ended = {"status": "withdrawn", "withdrawn_at": timezone.now(), "withdrawn_cause": "stopped"}
    Appeal.objects.filter(token=live.token).update(**ended)

"""One of everything of publicity, for the walls: an appeal with a picture and words, an outlet that owes."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from appeals import services
from appeals.models import Appeal, FeedEntry, FragmentCheck, Placement, SharingPolicy, Sighting
from missingcases.models import Incident, Photo
from tests.appeals import making
from tests.cast import Member


def shown_by_an_outlet(
    incident: Incident, photo: Photo, officer: Member, desk: Member, words: str
) -> dict[str, str | int]:
    """The arguments of the pages `appeals`, by the page's name or the argument's."""
    wordings = (
        services.Words(headline=words[:100], description=words),
        services.Words(audience="social", description=words),
    )
    content = making.details(wordings=wordings)
    appeal = making.asked(officer.actor, incident, content=content, reason=words)
    picture = services.offer_photo(actor=officer.actor, appeal_id=appeal.pk, photo_reference=photo.reference)
    making.checked(desk.actor, appeal, words=words)
    making.consented(desk.actor, appeal, name=words[:60])
    outlet = making.outlet("media_email", words[:100])
    newest = appeal.contents.get()
    now = timezone.now()
    placement = Placement.objects.create(
        appeal=appeal,
        outlet=outlet,
        content=newest,
        status="withdrawing",
        planned_at=now - timedelta(hours=1),
        live_at=now - timedelta(hours=1),
        withdraw_from=now,
    )
    FeedEntry.objects.create(appeal=appeal, taken_at=now, gone_at=now)
    SharingPolicy.objects.create(
        organisation=officer.organisation,
        sharing="draft",
        feed_url="https://192.0.2.1/appeals.atom",
        feed_read_at=now,
        feed_problems=[{"item": words[:80], "code": "area", "fields": [], "since": now.isoformat()}],
    )
    page = FragmentCheck.objects.create(
        organisation=officer.organisation, url="https://force.example/appeals"
    )
    return {
        "reference": appeal.reference,
        "code": officer.organisation.code,
        "ask": incident.reference,
        **dict.fromkeys(("outlet", "outlet_secret", "outlet_token"), outlet.reference),
        "placement": placement.reference,
        "kind": "poster-a4",
        "number": newest.number,
        "what": "page",
        "language": "en",
        "picture_id": picture.pk,
        "page_id": page.pk,
        "wording_id": newest.wordings.get(audience="social").pk,
    }


def written_by_the_person(reference: str | int, words: str) -> str:
    """What somebody wrote of themself from the page of that appeal: the charity's alone."""
    appeal = Appeal.objects.get(reference=reference)
    row = Sighting.objects.create(
        appeal=appeal,
        incident=appeal.incident,
        kind="it_is_me",
        received_at=timezone.now(),
        description=words,
        place=words,
    )
    return row.reference

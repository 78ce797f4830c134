"""An appeal at each step, for the people of the demonstration, with an outlet that owes its take-down."""

from __future__ import annotations

import io

from django.utils import timezone
from PIL import Image

from appeals import services
from appeals.models import Appeal, FeedEntry, OutletArea, Placement, SharingPolicy, Sighting
from appeals.services import sightings
from foundation.actors import Actor
from foundation.files import storage
from missingcases.models import Incident, Photo
from missingcases.selectors import photos_of
from tests.appeals import making
from tests.missingcases_pages import world


def appeals_at_each_step(
    officer: Actor, supervisor: Actor, publicity: Actor, manager: Actor, photographed: Incident
) -> None:
    """Asked for; a draft with picture and words for one audience; ready; and each way on from there."""

    def asked(name: str) -> Appeal:
        incident = world.graded(world.reported(officer, name, "Shown"), supervisor)
        return making.asked(officer, incident)

    def ready(name: str) -> Appeal:
        appeal = making.checked(publicity, asked(name))
        making.consented(publicity, appeal)
        services.record_view(
            actor=publicity, appeal_id=appeal.pk, party="person", stance="for", words="Would agree."
        )
        making.consented(publicity, appeal, by="parental_responsibility")
        return making.authorised(supervisor, appeal)

    _from_a_feed(asked("Amina"), asked("Hal"), publicity)
    _draft(officer, publicity, photographed)
    ready("Bao")
    for name in ("Cara", "Dev"):
        appeal = services.publish_appeal(actor=manager, appeal_id=ready(name).pk)
        _failed(appeal)
    _seen(appeal, officer, publicity)
    services.withdraw_appeal(actor=manager, appeal_id=appeal.pk, cause="staff", reason="Family asked.")
    _owed(appeal)
    paused = services.publish_appeal(actor=manager, appeal_id=ready("Gus").pk)
    services.pause(actor=manager, appeal_id=paused.pk, reason="A new photo comes.")
    declined = asked("Eve")
    services.decline(actor=manager, appeal_id=declined.pk, reasons=["no_photo"], reason="No photo yet.")
    scheduled = ready("Flo")
    services.publish_appeal(
        actor=manager, appeal_id=scheduled.pk, publish_at=making.tomorrow(), embargo_until=None
    )


def _draft(officer: Actor, publicity: Actor, incident: Incident) -> None:
    appeal = making.checked(publicity, making.asked(officer, incident))
    photo: Photo = photos_of(officer, incident)[0]
    picture = services.offer_photo(actor=officer, appeal_id=appeal.pk, photo_reference=photo.reference)
    wordings = (
        services.Words(headline="Have you seen Maya?", description=making.DESCRIPTION),
        services.Words(audience="social", description="Maya, 15, missing from Camden."),
    )
    details = making.details(first_name="Maya", alt_text="Maya in a red coat", wordings=wordings)
    services.save_content(actor=publicity, appeal_id=appeal.pk, details=details, picture_id=picture.pk)


def _from_a_feed(left: Appeal, kept: Appeal, publicity: Actor) -> None:
    """One that left its force's feed, one that was kept, and a feed with something wrong in it."""
    now = timezone.now()
    for appeal in (left, kept):
        FeedEntry.objects.create(appeal=appeal, taken_at=now, gone_at=now)
    services.keep_despite_feed(actor=publicity, appeal_id=kept.pk, reason="The force still looks.")
    SharingPolicy.objects.create(
        organisation_id=left.organisation_id,
        sharing="draft",
        feed_url="https://192.0.2.1/appeals.atom",
        feed_read_at=now,
        feed_failed_since=now,
        feed_problem="no_answer",
        feed_items=3,
        feed_problems=[
            {"item": "tag:met.example,2026:1", "code": "fields", "fields": ["age"], "since": now.isoformat()}
        ],
    )


def _owed(appeal: Appeal) -> None:
    """An outlet that was told, and has not said that it is gone; and one that has."""
    row = Placement.objects.filter(appeal=appeal).order_by("pk")[0]
    told = {
        "appeal": appeal,
        "content": row.content,
        "planned_at": row.planned_at,
        "live_at": row.live_at,
        "withdraw_from": row.withdraw_from,
        "withdrawal_sent_at": row.withdraw_from,
    }
    slow, quick = (
        making.outlet("webhook", name, address="https://192.0.2.1/in", is_active=False)
        for name in ("Slow Partner", "Quick Partner")
    )
    Placement.objects.create(outlet=slow, status="told", **told)
    gone = {"confirmed_gone_at": row.withdraw_from, "confirmed_by": "link"}
    Placement.objects.create(outlet=quick, status="confirmed", **gone, **told)


def _failed(appeal: Appeal) -> None:
    """An outlet that could not be reached. It covers an area of its own: nothing else goes there."""
    row = Placement.objects.filter(appeal=appeal).order_by("pk")[0]
    outlet = making.outlet("webhook", f"Broken {row.reference}", address="https://192.0.2.1/")
    OutletArea.objects.create(outlet=outlet, area=making.area("Isles of Scilly", "E06000053"))
    Placement.objects.create(
        appeal=appeal, outlet=outlet, content=row.content, status="failed", planned_at=row.planned_at
    )


def _seen(appeal: Appeal, officer: Actor, publicity: Actor) -> None:
    """A sighting with a photo at each step."""
    drawn = io.BytesIO()
    Image.new("RGB", (40, 50), "grey").save(drawn, "JPEG")

    def sighting() -> str:
        return Sighting.objects.create(
            appeal=appeal,
            incident=appeal.incident,
            received_at=timezone.now(),
            place="Camden Town station",
            description="Sat on the stairs, alone.",
            certainty="sure",
            photo_name=storage.keep(drawn.getvalue(), folder="sightings", ending="jpg"),
            photo_type="image/jpeg",
        ).reference

    _, judged, passed, acknowledged = (sighting() for _ in range(4))
    for reference in (judged, passed, acknowledged):
        sightings.triage(actor=publicity, reference=reference, triage="routine", words="")
    for reference in (passed, acknowledged):
        sightings.pass_to_police(actor=publicity, reference=reference)
    sightings.acknowledge_sighting(actor=officer, reference=acknowledged)

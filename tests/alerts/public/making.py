"""An alert that is out, as the public site finds it: rows as issuing leaves them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from alerts.enums import AlertStatus, NoticeKind
from alerts.models import AlertArea, AlertContent, AlertWording, ChildRescueAlert, Notice
from alerts.references import notice_identifier
from foundation.files import storage
from foundation.pictures import read_picture
from missingcases.models import Incident
from tests.appeals.making import area
from tests.appeals.public.photos import jpeg
from tests.cast import Member

People = tuple[Member, Member, Member, Member]

HEADLINE, WELSH_HEADLINE = "Girl of 8 taken from Camden", "Merch 8 oed wedi'i chipio o Camden"
DESCRIPTION, WELSH_DESCRIPTION = "Robin has a red school coat.", "Mae gan Robin gôt ysgol goch."
INSTRUCTION, WELSH_INSTRUCTION = "Give the place and the time.", "Rhowch y lle a'r amser."
VEHICLE = "Blue van, AB12 CDE"


def issued(incident: Incident | None, people: People, **given: Any) -> ChildRescueAlert:
    """Issued a minute ago; of no incident it is a rehearsal. `given` goes to the content."""
    proposer, authoriser, agreeing, issuer = (one.user for one in people)
    now = timezone.now()
    alert = ChildRescueAlert.objects.create(
        incident=incident,
        is_rehearsal=incident is None,
        force=people[0].organisation,
        status=AlertStatus.ISSUED,
        proposed_by=proposer,
        proposed_at=now - timedelta(minutes=9),
        authorised_by=authoriser,
        authorised_at=now - timedelta(minutes=7),
        agreed_by=agreeing,
        agreed_at=now - timedelta(minutes=4),
        issued_by=issuer,
        issued_at=now - timedelta(minutes=1),
        call_handling_ready_at=now - timedelta(minutes=3),
        call_handling_ready_by=proposer,
        review_at=now + timedelta(hours=4),
        expires_at=now + timedelta(hours=24),
    )
    AlertArea.objects.create(alert=alert, area=area())
    notice(alert, NoticeKind.ALERT, content=content(alert, **given))
    return alert


def content(
    alert: ChildRescueAlert, *, welsh: bool = True, photo: bool = False, **given: Any
) -> AlertContent:
    """The next version of what it says."""
    now = timezone.now()
    if photo:
        place = storage.keep(read_picture(jpeg()).data, folder="alerts", ending="jpg")
        given |= {"stored_name": place, "content_type": "image/jpeg", "alt_text": "Robin at the sea"}
        given |= {"alt_text_cy": "Robin ar lan y môr"}
    headline = given.pop("headline", HEADLINE)
    values = {
        "first_name": "Robin",
        "age": 8,
        "clothing": "Red coat, grey trousers",
        "last_seen_place": "Camden Lock",
        "last_seen_at": now - timedelta(minutes=40),
        "suspect": "A tall man in a black cap",
        "vehicle": VEHICLE,
        "made_at": now,
    }
    made = AlertContent.objects.create(alert=alert, number=alert.contents.count() + 1, **values | given)
    said = [("en", headline, DESCRIPTION, INSTRUCTION)]
    if welsh:
        said.append(("cy", WELSH_HEADLINE, WELSH_DESCRIPTION, WELSH_INSTRUCTION))
    for language, head, description, instruction in said:
        AlertWording.objects.create(
            content=made,
            language=language,
            headline=head,
            description=description,
            instruction=instruction,
            sms=head,
        )
    return made


def notice(alert: ChildRescueAlert, kind: str, *, content: AlertContent | None = None) -> Notice:
    """The next notice, in the areas that the alert has."""
    number = alert.notices.count() + 1
    return Notice.objects.create(
        alert=alert,
        number=number,
        kind=kind,
        content=content or alert.contents.first(),
        area_ids=list(alert.areas.values_list("area_id", flat=True)),
        identifier=notice_identifier(alert.reference, number),
        sent_at=alert.issued_at if number == 1 else timezone.now(),
        expires_at=alert.expires_at,
    )

"""A Child Rescue Alert on appeals' channels: media partners, feeds, networks, billboards (docs/adr/0103).

It becomes an appeal of a kind of its own, so that its placements, their ends and the proof of them are those
of every appeal. Our website and posters are left out: an alert has its own page, and outlets lead there.
"""

from __future__ import annotations

from collections.abc import Iterator

import structlog
from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from appeals.enums import AppealKind, AppealStatus, Audience, Language, Origin, WithdrawCause
from appeals.gates import closed
from appeals.models import Appeal, AppealArea, Content, Picture, Placement
from appeals.models.appeals import RUNNING
from appeals.printing.sheet import LONGEST as LONGEST_PRINTED
from appeals.selectors import facts_of, newest_content
from appeals.services.common import moved_on, written
from appeals.services.deciding import go_live
from appeals.services.editing import LONGEST_WORDS, ContentDetails, Words, next_content
from appeals.services.pictures import FOLDER
from appeals.services.placing import plan, put_aside, start, take_off
from appeals.services.publications import make_publication
from appeals.services.withdrawing import say_withdrawn, take_back
from foundation.access import require
from foundation.accounts.selectors import the_charity
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.clock import in_london
from foundation.contributions import AlertWords, ToldAlert, told_alert
from foundation.files import storage
from foundation.pictures import CONTENT_TYPE, Unfit, read_picture
from foundation.pictures import Picture as Photo
from missingcases.models import Incident
from missingcases.services import lock_incident

log = structlog.get_logger(__name__)
TELLER = Actor.system("appeals.publish_for_alert")
ENDER = Actor.system("appeals.withdraw_for_alert")
LONGEST_HEADLINE, LONGEST_CLOTHING = 120, 300
_EVENT = {Language.ENGLISH: "Child Rescue Alert", Language.WELSH: "Rhybudd Achub Plentyn"}
_MAY_BE_WITH = {Language.ENGLISH: "May be with", Language.WELSH: "Gall fod gyda"}
_VEHICLE = {Language.ENGLISH: "Vehicle", Language.WELSH: "Cerbyd"}
_SEEN_AT = {Language.ENGLISH: "Last seen at", Language.WELSH: "Lle gwelwyd ddiwethaf"}
_WHY = "Authorised as a Child Rescue Alert."


@transaction.atomic
def publish_for_alert(*, alert_id: int) -> Appeal | None:
    """Bring channels to what an alert says now: the first time, and again once it says something else.

    Reads the alert afresh under the incident's lock, so an event that comes late or twice does no harm. None
    where it is not out, or somebody withdrew its appeal: that stands.
    """
    found = told_alert(alert_id)
    if found is None:
        return None
    photo = photo_at(found.picture)  # before anything is locked: it takes longer than all the rest
    incident = lock_incident(found.incident_id)
    told = told_alert(alert_id)
    if told is None:
        return None
    if told.picture != found.picture:
        photo = photo_at(told.picture)
    appeal = Appeal.objects.select_for_update(no_key=True).filter(alert_id=alert_id).first()
    if appeal is None:
        return _first(incident, told, photo)
    if appeal.status != AppealStatus.LIVE:
        return None
    return _again(incident, appeal, told, photo)


def _first(incident: Incident, told: ToldAlert, photo: Photo | None) -> Appeal:
    now = timezone.now()
    appeal = Appeal.objects.create(
        incident=incident,
        organisation_id=incident.owner_id,
        charity=the_charity(),
        kind=AppealKind.CHILD_RESCUE_ALERT,
        status=AppealStatus.DRAFT,
        origin=Origin.ALERT,
        requested_at=now,
        request_reason=_WHY,
        alert_id=told.alert_id,
        alert_notice_id=told.notice_id,
        page=told.page,
        expires_at=told.expires_at,
        # Whoever issued it is asked for a review in the launch room.
        expiry_asked_at=now,
    )
    _aim(appeal, told)
    _write(appeal, told, photo)
    audit.record(actor=TELLER, action="appeals.made_for_alert", target=appeal, incident_id=incident.pk)
    _plan(appeal, incident)
    return go_live(TELLER, appeal, now=now, published_by_id=None)


def _again(incident: Incident, appeal: Appeal, told: ToldAlert, photo: Photo | None) -> Appeal:
    """The newer words take the place of the earlier, and their outlets are told so."""
    is_same = appeal.alert_notice_id == told.notice_id
    appeal.expires_at, appeal.alert_notice_id = told.expires_at, told.notice_id
    written(appeal, "expires_at", "alert_notice_id")
    if is_same:
        return appeal
    _replace(incident, appeal, told, photo)
    moved_on(TELLER, appeal, "alert_changed", f"Appeal {appeal.reference} says what its alert says now")
    return appeal


def _replace(incident: Incident, appeal: Appeal, told: ToldAlert, photo: Photo | None) -> None:
    """What it says now, on every outlet in place of what it said."""
    now = timezone.now()
    _aim(appeal, told)
    _write(appeal, told, photo)
    take_off(TELLER, appeal, now=now)
    being_told = put_aside(appeal)
    planned = _plan(appeal, incident)
    make_publication(appeal)
    start(TELLER, appeal, now=now)
    for placement in planned:
        if until := being_told.get(placement.outlet_id):
            Placement.objects.filter(pk=placement.pk).update(next_at=Greatest("next_at", until))


@transaction.atomic
def drop_picture_for_alert(*, alert_id: int) -> Appeal | None:
    """Take the picture off every channel in the commit that takes it from the alert: the rest goes on.

    The caller holds the incident's lock. None where the appeal is on no channel or shows no picture.
    """
    told = told_alert(alert_id)
    appeal = Appeal.objects.select_for_update(no_key=True).filter(alert_id=alert_id).first()
    if told is None or appeal is None or appeal.status != AppealStatus.LIVE:
        return None
    newest = newest_content(appeal)
    if told.picture or newest is None or newest.picture_id is None:
        return None
    _replace(lock_incident(told.incident_id), appeal, told, None)
    return appeal


@transaction.atomic
def say_picture_dropped(*, alert_id: int) -> None:
    """Put on the record, after that commit, that it has none: telling sets off more than fits in there."""
    appeal = Appeal.objects.filter(alert_id=alert_id, status=AppealStatus.LIVE).first()
    if appeal is not None:
        moved_on(TELLER, appeal, "alert_changed", f"Appeal {appeal.reference} has no picture any more")


def _plan(appeal: Appeal, incident: Incident) -> list[Placement]:
    """On all outlets that reach its areas, by the gate of its kind."""
    require(closed(facts_of(appeal, incident)))
    return plan(appeal, outlet_ids=None)


def _aim(appeal: Appeal, told: ToldAlert) -> None:
    AppealArea.objects.filter(appeal=appeal).exclude(area_id__in=told.area_ids).delete()
    rows = [AppealArea(appeal=appeal, area_id=area_id) for area_id in told.area_ids]
    AppealArea.objects.bulk_create(rows, ignore_conflicts=True)


def _write(appeal: Appeal, told: ToldAlert, photo: Photo | None) -> Content:
    picture = _keep(appeal, photo)
    return next_content(TELLER, appeal, details_of(told, with_picture=picture is not None), picture=picture)


def details_of(told: ToldAlert, *, with_picture: bool) -> ContentDetails:
    """What an alert says, as the version of an appeal says it: the same for a preview."""
    # Where nobody knows when they were last seen, they were missing when it was proposed.
    since = in_london(told.seen_at or told.proposed_at).date()
    return ContentDetails(
        first_name=told.first_name,
        age=told.age,
        missing_since=since,
        area_id=told.area_ids[0],
        alt_text=told.alt_text if with_picture else "",
        alt_text_cy=told.alt_text_cy if with_picture else "",
        wordings=tuple(_wordings(told)),
    )


def _wordings(told: ToldAlert) -> Iterator[Words]:
    """For everybody; and for billboards, which have room for less."""
    for one in told.words:
        language = Language(one.language)
        headline = _cut(f"{_EVENT[language]}: {one.headline}", LONGEST_HEADLINE)
        about, clothing = _about(one, told), _cut(told.clothing, LONGEST_CLOTHING)
        yield Words(language, Audience.PUBLIC, None, headline, _cut(about, LONGEST_WORDS), clothing)
        yield Words(
            language,
            Audience.BILLBOARD,
            None,
            headline,
            _cut(about, LONGEST_PRINTED["description"]),
            clothing,
        )


def _about(one: AlertWords, told: ToldAlert) -> str:
    """What to do comes first: whatever a network has no room for is cut from the end."""
    language = Language(one.language)
    facts = (
        (_SEEN_AT[language], told.place),
        (_MAY_BE_WITH[language], told.suspect),
        (_VEHICLE[language], told.vehicle),
    )
    known = [f"{label}: {value.rstrip('.')}." for label, value in facts if value]
    return " ".join((one.instruction, one.description, *known))


def _cut(text: str, longest: int) -> str:
    """Whole words, and three dots where there were more."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rpartition(' ')[0] or text[: longest - 1]}…"


def photo_at(place: str) -> Photo | None:
    """The alert's picture. Without one that can be read the alert goes out all the same, and at once."""
    if not place:
        return None
    try:
        return read_picture(storage.path_of(place).read_bytes())
    except (OSError, Unfit) as problem:
        log.warning("alert_picture_unusable", error=type(problem).__name__)
        return None


def _keep(appeal: Appeal, photo: Photo | None) -> Picture | None:
    """A copy of its own, which goes when the appeal's pictures go."""
    if photo is None:
        return None
    return Picture.objects.create(
        appeal=appeal,
        stored_name=storage.keep(photo.data, folder=FOLDER, ending="jpg"),
        content_type=CONTENT_TYPE,
        width=photo.width,
        height=photo.height,
        made_at=timezone.now(),
    )


@transaction.atomic
def withdraw_for_alert(*, alert_id: int) -> Appeal | None:
    """Take it off every channel in the commit that ends the alert; the caller holds the incident's lock."""
    rows = Appeal.objects.select_for_update(no_key=True).filter(alert_id=alert_id, status__in=sorted(RUNNING))
    appeal = rows.first()
    if appeal is not None:
        take_back(ENDER, appeal, cause=WithdrawCause.ALERT_ENDED, reason="", now=timezone.now())
    return appeal


@transaction.atomic
def say_withdrawn_for_alert(*, alert_id: int) -> None:
    """Put on the record, after that commit, what ended in it: telling sets off more than fits in there."""
    ended = Appeal.objects.filter(
        alert_id=alert_id, status=AppealStatus.WITHDRAWN, withdrawn_cause=WithdrawCause.ALERT_ENDED
    )
    if (appeal := ended.first()) is not None:
        say_withdrawn(ENDER, appeal)

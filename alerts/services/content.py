"""Writing what an alert may say: every edit is the next version, and sets a yes to other words aside."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from alerts import policies, selectors
from alerts.drafting import ContentDetails, Words, drafted
from alerts.enums import Language
from alerts.models import AlertContent, AlertWording, ChildRescueAlert
from alerts.policies.readiness import welsh_needed
from alerts.polygons import BadPolygon, read_polygon
from alerts.services.common import LONGEST_WORDS, hold, need, noted, set_yes_aside, written
from alerts.services.pictures import Picture, picture_from
from foundation.access import require
from foundation.actors import Actor
from missingcases.services.common import not_in_future

_LONGEST = {
    "first_name": 60,
    "description": LONGEST_WORDS,
    "clothing": 300,
    "last_seen_place": 250,
    "suspect": LONGEST_WORDS,
    "vehicle": 300,
    "alt_text": 250,
    "alt_text_cy": 250,
}
_LONGEST_WORDING = {"headline": 120, "description": LONGEST_WORDS, "instruction": LONGEST_WORDS, "sms": 640}


def first_content(
    actor: Actor, alert: ChildRescueAlert, details: ContentDetails, *, photo_reference: str
) -> AlertContent:
    """Write version 1 of a new alert, in the caller's transaction. Raises `Invalid`."""
    picture = picture_from(actor, alert, photo_reference) if photo_reference else None
    return _write(actor, alert, details, number=1, picture=picture)


@transaction.atomic
def edit_content(
    *,
    actor: Actor,
    alert_id: int,
    details: ContentDetails,
    photo_reference: str | None = None,
    version: int | None = None,
) -> AlertContent:
    """Write the next version. Where somebody had said yes, it is to be decided anew.

    `photo_reference` is a photo of the record, "" takes the picture away, None keeps it. Of an issued alert
    the new version is what an update would say; nothing is sent. Raises `Refused`, `Invalid`, `NotVisible`
    and `Conflict` where the alert moved on since `version` was read.
    """
    alert = hold(actor, alert_id, version=version)
    require(policies.may_edit(actor, alert))
    before = selectors.newest_content(alert)
    if photo_reference:
        picture = picture_from(actor, alert, photo_reference)
    elif photo_reference is None and before is not None and before.stored_name:
        picture = _kept(before)
    else:
        picture = None
    content = _write(actor, alert, details, number=before.number + 1 if before else 1, picture=picture)
    _moved_on(actor, alert)
    return content


@transaction.atomic
def set_polygon(*, actor: Actor, alert_id: int, polygon: str, version: int | None = None) -> AlertContent:
    """Draw the outline for systems that target by it; "" takes it away. Raises as `edit_content`."""
    alert = hold(actor, alert_id, version=version)
    require(policies.may_edit(actor, alert))
    before = selectors.newest_content(alert)
    if before is None:
        need({"polygon": "Write what the alert says first."})
    assert before is not None  # noqa: S101 - `need` has raised
    details = details_of(before, selectors.wordings_of(before), polygon=polygon)
    picture = _kept(before) if before.stored_name else None
    content = _write(actor, alert, details, number=before.number + 1, picture=picture)
    _moved_on(actor, alert)
    return content


def _kept(before: AlertContent) -> Picture:
    return Picture(before.stored_name, before.content_type, before.photo_id)


def details_of(
    content: AlertContent, wordings: list[AlertWording], *, polygon: str | None = None
) -> ContentDetails:
    """A version as somebody wrote it, with another outline if one is given."""
    names = ("first_name", "age", "description", "clothing", "last_seen_place", "last_seen_at", "suspect")
    more = ("vehicle", "alt_text", "alt_text_cy")
    return ContentDetails(
        **{name: getattr(content, name) for name in (*names, *more)},
        polygon=content.polygon if polygon is None else polygon,
        wordings=tuple(
            Words(one.language, one.headline, one.description, one.instruction, one.sms) for one in wordings
        ),
    )


def next_version(
    actor: Actor, alert: ChildRescueAlert, details: ContentDetails, *, number: int, made_by_id: int | None
) -> AlertContent:
    """A version without a picture, of words that somebody wrote before, in the caller's transaction."""
    return _write(actor, alert, details, number=number, picture=None, made_by_id=made_by_id)


def _moved_on(actor: Actor, alert: ChildRescueAlert) -> None:
    if not set_yes_aside(actor, alert):
        written(alert)


def _write(
    actor: Actor,
    alert: ChildRescueAlert,
    details: ContentDetails,
    *,
    number: int,
    picture: Picture | None,
    made_by_id: int | None = None,
) -> AlertContent:
    wordings = _wordings(alert, details)
    problems = _problems(details, with_picture=picture is not None) | _wording_problems(wordings)
    try:
        polygon = read_polygon(details.polygon)
    except BadPolygon as bad:
        problems["polygon"], polygon = bad.words, ""
    need(problems)
    content = AlertContent.objects.create(
        alert=alert,
        number=number,
        first_name=details.first_name.strip(),
        age=details.age,
        description=details.description.strip(),
        clothing=details.clothing.strip(),
        last_seen_place=details.last_seen_place.strip(),
        last_seen_at=details.last_seen_at,
        suspect=details.suspect.strip(),
        vehicle=details.vehicle.strip(),
        photo_id=picture.photo_id if picture else None,
        stored_name=picture.stored_name if picture else "",
        content_type=picture.content_type if picture else "",
        alt_text=details.alt_text.strip() if picture else "",
        alt_text_cy=details.alt_text_cy.strip() if picture else "",
        polygon=polygon,
        made_by_id=made_by_id or actor.user_id,
        made_at=timezone.now(),
    )
    AlertWording.objects.bulk_create(
        AlertWording(
            content=content,
            language=one.language,
            headline=one.headline.strip(),
            description=one.description.strip(),
            instruction=one.instruction.strip(),
            sms=one.sms.strip(),
        )
        for one in wordings
    )
    noted(actor, alert, "content_written", *details.given())
    return content


def _wordings(alert: ChildRescueAlert, details: ContentDetails) -> list[Words]:
    """What was written; drafted from the fields where nothing was. Welsh stands only where it is needed."""
    given = {one.language: one for one in details.wordings if not one.empty}
    english = given.get(Language.ENGLISH) or drafted(details)
    welsh = given.get(Language.WELSH)
    if welsh is None and not given and welsh_needed(alert):
        welsh = drafted(details, Language.WELSH)
    return [english, *([welsh] if welsh else [])]


def _problems(details: ContentDetails, *, with_picture: bool) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not details.first_name.strip():
        problems["first_name"] = "Enter the first name that is shown."
    for name, most in _LONGEST.items():
        if len(getattr(details, name).strip()) > most:
            problems[name] = f"Use {most:,} characters or fewer."
    if details.age is not None and not 0 <= details.age < 18:
        problems["age"] = "Enter an age from 0 to 17: an alert is for a child."
    if with_picture and not details.alt_text.strip():
        problems["alt_text"] = "Describe the picture for people who cannot see it."
    not_in_future(problems, last_seen_at=details.last_seen_at)
    return problems


def _wording_problems(wordings: list[Words]) -> dict[str, str]:
    problems: dict[str, str] = {}
    for one in wordings:
        tail = "_cy" if one.language == Language.WELSH else ""
        if one.language not in Language.values:
            problems["wordings"] = "Choose a language of the list."
        for name, most in _LONGEST_WORDING.items():
            text = getattr(one, name).strip()
            if not text:
                problems[_box(name, tail)] = "Write this in every language that you use."
            elif len(text) > most:
                problems[_box(name, tail)] = f"Use {most:,} characters or fewer."
    return problems


def _box(name: str, tail: str) -> str:
    """The form's field: what a wording describes is told from what the child looks like."""
    return f"{'words' if name == 'description' else name}{tail}"

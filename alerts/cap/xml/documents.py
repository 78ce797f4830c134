"""Writing one CAP 1.2 message (OASIS standard of 1 July 2010; domain.md section 5).

What is written depends on its argument alone. A Cancel carries fixed words: neither a reason nor a
description of anybody can get into it, as nothing here would write one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from alerts.cap.enums import CapStatus, Certainty, MsgType, Severity
from alerts.cap.xml.names import CATEGORY, ENGLISH, EVENT, GEOCODE, NAME, NAMESPACE, stamp, writable
from alerts.cap.xml.shapes import polygon_problem
from alerts.cap.xml.words import FIXED


class Unwritable(ValueError):
    """What was given cannot be a CAP message."""


@dataclass(frozen=True, slots=True)
class Reference:
    """How an earlier message is named: its sender, identifier and time."""

    sender: str
    identifier: str
    sent: datetime

    def __str__(self) -> str:
        return f"{self.sender},{self.identifier},{stamp(self.sent)}"


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said in one language, by its code in CAP (`en-GB`, `cy-GB`)."""

    language: str
    headline: str
    description: str
    instruction: str


@dataclass(frozen=True, slots=True)
class Place:
    """One node of the area tree: its name and, where it has one, its ONS code."""

    name: str
    gss_code: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture at an address that stops working when the message does. `digest` is SHA-1, as CAP has it."""

    description: dict[str, str]
    content_type: str
    uri: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Message:
    """Everything that one message is made of. English comes first in `wordings`; Welsh is for Wales."""

    identifier: str
    sender: str
    sent: datetime
    status: CapStatus
    msg_type: MsgType
    expires: datetime
    wordings: tuple[Wording, ...]
    places: tuple[Place, ...]
    polygons: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    picture: Picture | None = None
    web: str = ""
    severity: Severity = Severity.EXTREME
    certainty: Certainty = Certainty.LIKELY


def tree_of(message: Message) -> Any:
    """The message as XML, not signed yet. Raises `Unwritable`."""
    _check(message)
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})
    for name, value in _head(message):
        _add(root, name, value)
    for wording in message.wordings:
        _add_info(root, message, wording)
    return root


def _check(message: Message) -> None:
    for name in (message.identifier, message.sender):
        if not NAME.fullmatch(name):
            raise Unwritable("An identifier or a sender holds what CAP does not allow.")
    if message.msg_type not in (MsgType.ALERT, MsgType.UPDATE, MsgType.CANCEL):
        raise Unwritable("We send Alert, Update and Cancel alone.")
    if (message.msg_type == MsgType.ALERT) == bool(message.references):
        raise Unwritable("An Update or Cancel refers to what it changes; an Alert to nothing.")
    if not message.wordings or message.wordings[0].language != ENGLISH:
        raise Unwritable("English comes first.")
    if not message.places:
        raise Unwritable("A message is for an area.")
    for polygon in message.polygons:
        if problem := polygon_problem(polygon):
            raise Unwritable(problem)


def _head(message: Message) -> Iterator[tuple[str, str]]:
    yield "identifier", message.identifier
    yield "sender", message.sender
    yield "sent", stamp(message.sent)
    yield "status", message.status.value
    yield "msgType", message.msg_type.value
    yield "scope", "Public"
    if message.status == CapStatus.EXERCISE:
        # The standard asks an exercise to say in a note what exercise it is.
        yield "note", FIXED[ENGLISH].exercise
    if message.references:
        yield "references", " ".join(map(str, message.references))


def _add_info(root: Any, message: Message, wording: Wording) -> None:
    info = _add(root, "info")
    for name, value in (*_facts(message, wording.language), *_words(message, wording)):
        _add(info, name, value)
    if message.web and message.msg_type != MsgType.CANCEL:
        _add(info, "web", message.web)
    _add(info, "contact", FIXED[wording.language].contact)
    if message.picture and message.msg_type != MsgType.CANCEL:
        _add_picture(info, message.picture, wording.language)
    _add_areas(info, message, wording.language)


def _facts(message: Message, language: str) -> Iterator[tuple[str, str]]:
    over = message.msg_type == MsgType.CANCEL
    yield "language", language
    yield "category", CATEGORY
    yield "event", EVENT
    yield "responseType", "AllClear" if over else "Monitor"
    yield "urgency", "Past" if over else "Immediate"
    yield "severity", message.severity.value
    yield "certainty", message.certainty.value
    yield "expires", stamp(message.expires)
    yield "senderName", FIXED[language].sender_name


def _words(message: Message, wording: Wording) -> Iterator[tuple[str, str]]:
    fixed = FIXED[wording.language]
    headline, description, instruction = wording.headline, wording.description, wording.instruction
    if message.msg_type == MsgType.CANCEL:
        headline, description = fixed.ended_headline, fixed.ended_description
        instruction = fixed.ended_instruction
    if message.status == CapStatus.EXERCISE:
        headline = f"{fixed.exercise} {headline}"
        description = f"{fixed.exercise} {description} {fixed.exercise}"
    yield "headline", headline
    yield "description", description
    yield "instruction", instruction


def _add_picture(info: Any, picture: Picture, language: str) -> None:
    resource = _add(info, "resource")
    said = picture.description.get(language) or FIXED[language].picture
    for name, value in (
        ("resourceDesc", said),
        ("mimeType", picture.content_type),
        ("size", str(picture.size)),
        ("uri", picture.uri),
        ("digest", picture.digest),
    ):
        _add(resource, name, value)


def _add_areas(info: Any, message: Message, language: str) -> None:
    for place in message.places:
        area = _add(info, "area")
        _add(area, "areaDesc", place.name)
        if place.gss_code:
            geocode = _add(area, "geocode")
            _add(geocode, "valueName", GEOCODE)
            _add(geocode, "value", place.gss_code)
    if message.polygons:
        area = _add(info, "area")
        _add(area, "areaDesc", FIXED[language].drawn_area)
        for polygon in message.polygons:
            _add(area, "polygon", " ".join(polygon.split()))


def _add(parent: Any, name: str, text: str | None = None) -> Any:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text is not None:
        child.text = writable(text)
    return child

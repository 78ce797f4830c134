"""Reading what strangers send: nothing is fetched, expanded or believed.

A message may hold no document type, hence no entity; it is in UTF-8, small, shallow and agrees with the
schema. Whether it was signed by whom it says is `signing.verified`'s business: read what that hands back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from alerts.cap.enums import CapStatus, MsgType
from alerts.cap.xml.documents import Place, Reference, Wording
from alerts.cap.xml.names import CATEGORY, EVENT, MOMENT, NAME, NAMESPACE
from alerts.cap.xml.shapes import polygon_problem
from alerts.cap.xml.validity import problem_of

LARGEST_BYTES = 1_000_000
# One of ours in two languages with its signature has under two hundred.
MOST_TAGS = 20_000
# An area's code lies four deep, the certificate of a signature as deep.
DEEPEST = 12
_ROOT = f"{{{NAMESPACE}}}alert"
_FORBIDDEN = ("<!DOCTYPE", "<!ENTITY", "http://www.w3.org/2001/XInclude")


class Unreadable(ValueError):
    """It is no CAP 1.2 message. `code` says of what sort the trouble is, without a word of what came."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Received:
    """What a message says, as far as we use it."""

    identifier: str
    sender: str
    sent: datetime
    status: CapStatus
    msg_type: MsgType
    references: tuple[Reference, ...]
    is_about_a_child: bool
    expires: datetime | None
    wordings: tuple[Wording, ...]
    places: tuple[Place, ...]
    polygons: tuple[str, ...]


def opened(data: bytes) -> Any:
    """The message as a tree, held against every limit and the schema. Raises `Unreadable`."""
    if len(data) > LARGEST_BYTES:
        raise Unreadable("too_large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("not_utf8") from None
    if any(one in text for one in _FORBIDDEN):
        raise Unreadable("forbidden_markup")
    if text.count("<") > MOST_TAGS:
        raise Unreadable("too_many_tags")
    root = _parsed(text.encode())
    if root.tag != _ROOT:
        raise Unreadable("wrong_namespace")
    if _is_deep(root):
        raise Unreadable("too_deep")
    if problem_of(root):
        raise Unreadable("not_valid")
    return root


def _parsed(data: bytes) -> Any:
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever its declaration says
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("not_xml") from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable("forbidden_markup")
    return root


def _is_deep(root: Any) -> bool:
    depth = 0
    for happened, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if happened == "start" else -1
        if depth > DEEPEST:
            return True
    return False


def sender_of(root: Any) -> str:
    """Whom a message says to be from: by this its certificate is looked up, and nothing else decided."""
    return _text(root, "sender")


def values_of(root: Any) -> Received:
    """What the message says. Raises `Unreadable` where a value has no meaning."""
    identifier, sender = _text(root, "identifier"), _text(root, "sender")
    if not NAME.fullmatch(identifier) or not NAME.fullmatch(sender):
        raise Unreadable("bad_name")
    infos = _all(root, "info")
    return Received(
        identifier=identifier,
        sender=sender,
        sent=_moment(_text(root, "sent")),
        status=CapStatus(_text(root, "status")),
        msg_type=MsgType(_text(root, "msgType")),
        references=_references(_text(root, "references")),
        is_about_a_child=any(_is_ours(info) for info in infos),
        expires=_expires(infos),
        wordings=tuple(_wording(info) for info in infos),
        places=_places(infos),
        polygons=_polygons(infos),
    )


def _all(parent: Any, name: str) -> list[Any]:
    return list(parent.findall(f"{{{NAMESPACE}}}{name}"))


def _text(parent: Any, name: str) -> str:
    found = parent.find(f"{{{NAMESPACE}}}{name}")
    return "" if found is None else "".join(found.itertext()).strip()


def _moment(text: str) -> datetime:
    if not MOMENT.fullmatch(text):
        raise Unreadable("bad_time")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable("bad_time") from None


def _references(text: str) -> tuple[Reference, ...]:
    found = []
    for one in text.split():
        parts = one.split(",")
        if len(parts) == 3 and all(NAME.fullmatch(name) for name in parts[:2]) and MOMENT.fullmatch(parts[2]):
            found.append(Reference(parts[0], parts[1], _moment(parts[2])))
    return tuple(found)


def _is_ours(info: Any) -> bool:
    categories = {"".join(one.itertext()).strip() for one in _all(info, "category")}
    return CATEGORY in categories and _text(info, "event").casefold() == EVENT.casefold()


def _expires(infos: list[Any]) -> datetime | None:
    """The last of them: a message whose one language is still good is good."""
    moments = [_moment(text) for info in infos if (text := _text(info, "expires"))]
    return max(moments) if moments and len(moments) == len(infos) else None


def _wording(info: Any) -> Wording:
    # What says nothing of its language is, by the standard, in American English.
    language = _text(info, "language") or "en-US"
    return Wording(
        language[:20],
        _text(info, "headline")[:500],
        _text(info, "description")[:10_000],
        _text(info, "instruction")[:5_000],
    )


def _places(infos: list[Any]) -> tuple[Place, ...]:
    found: dict[Place, None] = {}
    for info in infos:
        for area in _all(info, "area"):
            name = _text(area, "areaDesc")[:200]
            codes = [_text(one, "value")[:80] for one in _all(area, "geocode")]
            found.update(dict.fromkeys(Place(name, code) for code in codes or [""]))
    return tuple(found)


def _polygons(infos: list[Any]) -> tuple[str, ...]:
    texts = (
        " ".join("".join(one.itertext()).split())
        for info in infos
        for area in _all(info, "area")
        for one in _all(area, "polygon")
    )
    return tuple(dict.fromkeys(text for text in texts if not polygon_problem(text)))

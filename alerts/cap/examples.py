"""Documents for partners to build against: an alert, its update, its end and an exercise, in two languages.

Made up; about nobody. `manage.py cap_examples` writes them to docs/cap, and a test holds them to the code.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from lxml import etree

from alerts.cap.deadlines import cancel_expires
from alerts.cap.enums import CapStatus, MsgType
from alerts.cap.xml.documents import Message, Picture, Place, Reference, Wording, tree_of
from alerts.cap.xml.names import ENGLISH, WELSH

_SENT = datetime(2026, 11, 28, 23, 40, tzinfo=UTC)
_ALERT = Message(
    identifier="CR-7F3K9Q2X.1",
    sender="alerts@public.example",
    sent=_SENT,
    status=CapStatus.ACTUAL,
    msg_type=MsgType.ALERT,
    expires=_SENT + timedelta(hours=24),
    wordings=(
        Wording(
            ENGLISH,
            "Child Rescue Alert: help find Robin, 9",
            "Four feet tall with short brown hair. A red coat. Last seen Cardiff 22:15, 28/11. "
            "A man of about 40 in a grey suit. A blue van.",
            "Do not approach them. If you see them, call 999 at once. If you know something that may help, "
            "call 101. Families can call Missing People on 116 000, free, day and night.",
        ),
        Wording(
            WELSH,
            "Rhybudd Achub Plentyn: helpwch i ddod o hyd i Robin, 9 oed",
            "Pedair troedfedd o daldra gyda gwallt brown byr. Côt goch. Gwelwyd ddiwethaf Caerdydd 22:15, "
            "28/11. Dyn tua 40 oed mewn siwt lwyd. Fan las.",
            "Peidiwch â mynd atyn nhw. Os gwelwch chi nhw, ffoniwch 999 ar unwaith. Os gwyddoch chi "
            "rywbeth a all helpu, ffoniwch 101. Gall teuluoedd ffonio Missing People ar 116 000, am ddim, "
            "ddydd a nos.",
        ),
    ),
    places=(Place("Cardiff", "W06000015"), Place("Vale of Glamorgan", "W06000014")),
    polygons=("51.44,-3.30 51.56,-3.30 51.56,-3.10 51.44,-3.10 51.44,-3.30",),
    picture=Picture(
        description={ENGLISH: "Robin smiling at a beach", WELSH: "Robin yn gwenu ar draeth"},
        content_type="image/jpeg",
        uri="https://public.example/alerts/cap/CR-7F3K9Q2X.1.jpg",
        size=48213,
        digest="da39a3ee5e6b4b0d3255bfef95601890afd80709",
    ),
    web="https://public.example/alerts/example-of-a-token/",
)


def _named(number: int) -> Reference:
    return Reference(_ALERT.sender, f"CR-7F3K9Q2X.{number}", _SENT + timedelta(minutes=50 * (number - 1)))


def examples() -> dict[str, bytes]:
    """Each document by the name of its file. Not signed, so that they stay the same."""
    updated, ended = _named(2).sent, _named(3).sent
    made = {
        "alert.xml": _ALERT,
        "update.xml": replace(
            _ALERT,
            identifier="CR-7F3K9Q2X.2",
            msg_type=MsgType.UPDATE,
            sent=updated,
            references=(_named(1),),
        ),
        "cancel.xml": replace(
            _ALERT,
            identifier="CR-7F3K9Q2X.3",
            msg_type=MsgType.CANCEL,
            sent=ended,
            expires=cancel_expires(ended),
            references=(_named(1), _named(2)),
        ),
        "exercise.xml": replace(
            _ALERT, identifier="CR-8G4M1R3Y.1", status=CapStatus.EXERCISE, picture=None, web=""
        ),
    }
    return {name: _text(message) for name, message in made.items()}


def _text(message: Message) -> bytes:
    root = tree_of(message)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))

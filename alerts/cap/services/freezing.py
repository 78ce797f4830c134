"""Making the CAP message of a notice: once, signed, held against the schema, and never changed after.

Runs in the transaction of what happened (`alerts.cap.subscribers`). It costs some milliseconds, whatever
the number of subscribers.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha1, sha256
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from lxml import etree

from alerts.cap import addresses, deadlines, senders
from alerts.cap.enums import CapStatus, Direction, MsgType, Result
from alerts.cap.models import CapMessage, PublicCapMessage
from alerts.cap.services.pushing import push
from alerts.cap.xml import signing
from alerts.cap.xml.documents import Message, Picture, Place, Reference, Wording, tree_of
from alerts.cap.xml.names import ENGLISH, WELSH
from alerts.cap.xml.validity import problem_of
from alerts.enums import Language, NoticeKind
from alerts.models import AlertContent, Notice
from alerts.selectors import picture_name
from foundation import pictures
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.files import storage
from foundation.places.models import Area

log = structlog.get_logger(__name__)

FREEZER = Actor.system("cap.freeze")
# The one folder of files that the public site can read.
PUBLISHED = "published"
_TYPES: dict[str, MsgType] = {
    NoticeKind.ALERT: MsgType.ALERT,
    NoticeKind.UPDATE: MsgType.UPDATE,
    NoticeKind.CANCEL: MsgType.CANCEL,
}
_LANGUAGES = ((Language.ENGLISH, ENGLISH), (Language.WELSH, WELSH))


class NotValid(ValueError):
    """What was made does not agree with the schema. It is not kept and not sent."""


@transaction.atomic(savepoint=False)
def freeze_message(*, notice_id: int) -> CapMessage:
    """The message of this notice, made now where there is none yet; partners are told of a new one.

    An earlier notice that has no message, because its making failed, gets it first: later ones refer to it.
    Raises `documents.Unwritable` and `NotValid`.
    """
    notice = Notice.objects.select_related("alert", "content").get(pk=notice_id)
    kept = CapMessage.objects.filter(notice_id=notice_id).first()
    if kept is not None:
        return kept
    for earlier in _unfrozen_before(notice):
        _freeze(earlier)
    return _freeze(notice)


def _unfrozen_before(notice: Notice) -> list[Notice]:
    if notice.number == 1:  # the issuer waits for every statement
        return []
    rows = Notice.objects.filter(alert_id=notice.alert_id, number__lt=notice.number)
    frozen = CapMessage.objects.filter(notice__alert_id=notice.alert_id).values("notice_id")
    return list(rows.exclude(pk__in=frozen).select_related("alert", "content").order_by("number"))


def _freeze(notice: Notice) -> CapMessage:
    picture = picture_of(notice)
    made = message_of(notice, picture)
    data, is_signed = written(made)
    try:
        with transaction.atomic():
            row = CapMessage.objects.create(
                notice=notice,
                direction=Direction.OUT,
                identifier=made.identifier,
                sender=made.sender,
                sent=made.sent,
                status=made.status,
                msg_type=made.msg_type,
                expires_at=made.expires,
                document=data.decode(),
                picture_name=storage.keep(picture, folder=PUBLISHED, ending="jpg") if picture else "",
                digest=sha256(data).hexdigest(),
                is_signed=is_signed,
                result=Result.SENT,
            )
    except IntegrityError:
        kept = CapMessage.objects.filter(notice=notice).first()
        if kept is None:
            raise
        return kept
    audit.record(
        actor=FREEZER,
        action="cap.frozen",
        target=row,
        incident_id=notice.alert.incident_id,
        fields=["document"],
    )
    log.info("cap_message_frozen", message_id=row.pk, msg_type=row.msg_type, status=row.status)
    push(message=row)
    return row


def message_of(notice: Notice, picture: bytes) -> Message:
    """What the message of a notice says. A rehearsal is an Exercise, whatever else it is."""
    alert, msg_type = notice.alert, _TYPES[notice.kind]
    sent = notice.sent_at.replace(microsecond=0)
    is_over = msg_type == MsgType.CANCEL
    return Message(
        identifier=notice.identifier,
        sender=settings.CAP_SENDER,
        sent=sent,
        status=CapStatus.EXERCISE if alert.is_rehearsal else CapStatus.ACTUAL,
        msg_type=msg_type,
        expires=deadlines.cancel_expires(sent) if is_over else notice.expires_at,
        wordings=tuple(_wordings(notice.content)),
        places=_places(notice),
        polygons=(notice.content.polygon,) if notice.content.polygon else (),
        references=_references(notice),
        picture=_picture(notice, picture) if picture else None,
        web="" if alert.is_rehearsal else addresses.absolute(addresses.page_path(alert.token)),
    )


def _wordings(content: AlertContent) -> Iterator[Wording]:
    found = {one.language: one for one in content.wordings.all()}
    for language, code in _LANGUAGES:
        words = found.get(language)
        if words is not None:
            yield Wording(code, words.headline, words.description, words.instruction)


def _places(notice: Notice) -> tuple[Place, ...]:
    areas = Area.objects.filter(pk__in=notice.area_ids).order_by("name", "pk")
    return tuple(Place(area.name, area.gss_code) for area in areas)


def _references(notice: Notice) -> tuple[Reference, ...]:
    """Every message of this alert that is live until now; if none is, the last one."""
    if notice.number == 1:
        return ()
    earlier = list(
        CapMessage.objects.filter(notice__alert_id=notice.alert_id, notice__number__lt=notice.number)
        .exclude(msg_type=MsgType.CANCEL)
        .order_by("notice__number")
    )
    live = [row for row in earlier if row.expires_at and row.expires_at > notice.sent_at] or earlier[-1:]
    return tuple(Reference(row.sender, row.identifier, row.sent) for row in live)


def _picture(notice: Notice, data: bytes) -> Picture:
    content = notice.content
    return Picture(
        description={ENGLISH: content.alt_text, WELSH: content.alt_text_cy},
        content_type=pictures.CONTENT_TYPE,
        uri=addresses.absolute(addresses.picture_path(notice.identifier)),
        size=len(data),
        digest=sha1(data, usedforsecurity=False).hexdigest(),  # CAP 1.2 names SHA-1 and no other
    )


def picture_of(notice: Notice) -> bytes:
    """Its picture; empty where there is none, or its file cannot be read: the words go out all the same.

    Nothing of a rehearsal is given out by the public site, so it has none; an end shows nobody.
    """
    content = notice.content
    is_without = notice.alert.is_rehearsal or notice.kind == NoticeKind.CANCEL or not picture_name(content)
    if is_without or content.content_type != pictures.CONTENT_TYPE:
        return b""
    try:
        return storage.path_of(content.stored_name).read_bytes()
    except OSError:
        log.warning("cap_picture_missing", notice_id=notice.pk)
        return b""


def written(message: Message) -> tuple[bytes, bool]:
    """The bytes that go out, and whether they are signed: where we have a key. Raises `NotValid`."""
    root: Any = tree_of(message)
    keys = senders.own_keys()
    if keys:
        root = signing.signed(root, key=keys[0], certificate=keys[1])
    if problem := problem_of(root):
        raise NotValid(problem)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")), keys is not None


def clear_pictures(*, alert_id: int) -> int:
    """Delete pictures of messages that are not live any more, or that were taken away; returns how many."""
    live = PublicCapMessage.objects.filter(is_live=True, has_lost_picture=False).values("message_id")
    rows = CapMessage.objects.filter(notice__alert_id=alert_id).exclude(picture_name="").exclude(pk__in=live)
    return sum(storage.delete(name) for name in rows.values_list("picture_name", flat=True))

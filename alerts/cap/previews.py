"""The CAP documents of an alert before they go out, and those that went: by the functions that send.

A preview bears no signature: nobody can copy a document off a page that partners would believe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from lxml import etree

from alerts.cap.models import CapMessage
from alerts.cap.services.freezing import message_of, picture_of
from alerts.cap.xml.documents import Message, Reference, Unwritable, tree_of
from alerts.cap.xml.validity import problem_of
from alerts.deadlines import expires_at
from alerts.enums import NoticeKind
from alerts.models import AlertContent, ChildRescueAlert, Notice
from alerts.references import notice_identifier

_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Document:
    """One document as text, a tag a line. `problem`: why it could not be sent as it is."""

    key: str
    title: str
    xml: str
    problem: str = ""


def documents_of(
    alert: ChildRescueAlert, content: AlertContent | None, area_ids: Sequence[int]
) -> list[Document]:
    """What went out, then what would go out next, and what would end it. Empty where nothing is written."""
    sent = [*_sent(alert)]
    if content is None or alert.ended_at is not None:
        return sent
    next_kind = NoticeKind.ALERT if alert.issued_at is None else NoticeKind.UPDATE
    kinds = (next_kind, NoticeKind.CANCEL)
    now = timezone.now()
    return [*sent, *(_foreseen(alert, content, area_ids, kind, now) for kind in kinds)]


def _sent(alert: ChildRescueAlert) -> Iterator[Document]:
    if alert.issued_at is None:
        return
    rows = (
        CapMessage.objects.filter(notice__alert_id=alert.pk).exclude(document="").order_by("notice__number")
    )
    for row in rows:
        title = f"{row.msg_type} {row.identifier}, as it went out"
        yield Document(f"sent-{row.pk}", title, _as_lines(etree.fromstring(row.document.encode())))


def _foreseen(
    alert: ChildRescueAlert, content: AlertContent, area_ids: Sequence[int], kind: NoticeKind, now: datetime
) -> Document:
    number = alert.notices.count() + 1
    notice = Notice(
        alert=alert,
        number=number,
        kind=kind,
        content=content,
        area_ids=list(area_ids),
        identifier=notice_identifier(alert.reference, number),
        sent_at=now,
        expires_at=alert.expires_at or expires_at(now),
    )
    message = _referring(message_of(notice, picture_of(notice)), alert)
    title = f"{message.msg_type.value}, as it would go out"
    try:
        root = tree_of(message)
    except Unwritable as problem:
        return Document(kind.value, title, "", str(problem))
    problem_found = problem_of(root)
    return Document(kind.value, title, _as_lines(root), problem_found and f"Not valid: {problem_found}.")


def _referring(message: Message, alert: ChildRescueAlert) -> Message:
    """An end refers to what it ends: before the issue to the Alert that would have gone out."""
    if message.references or alert.issued_at is not None or message.msg_type.value == "Alert":
        return message
    first = Reference(message.sender, notice_identifier(alert.reference, 1), message.sent)
    return replace(message, references=(first,), identifier=notice_identifier(alert.reference, 2))


def _as_lines(root: Any) -> str:
    etree.indent(root, space=_INDENT)
    return str(etree.tostring(root, encoding="unicode"))

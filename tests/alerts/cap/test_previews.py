"""The room shows the CAP documents themselves: what is shown is what is sent."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from alerts import selectors
from alerts.cap.models import CapMessage
from alerts.cap.previews import Document, documents_of
from alerts.enums import NoticeKind
from alerts.models import AlertWording
from tests.alerts import making
from tests.alerts.cap.issuing import issue, tell
from tests.alerts.test_pages import page, told

pytestmark = pytest.mark.django_db
# What differs from one moment to the next: the times and the references that hold them.
_MOMENTS = re.compile(r"\d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d")


def documents(alert) -> list[Document]:
    return documents_of(alert, selectors.newest_content(alert), selectors.area_ids_of(alert))


def bare(xml: str) -> list[tuple[str, str]]:
    """Each tag with its text, without moments and without the signature."""
    root = etree.fromstring(xml.encode())
    found = list(root.iter("{urn:oasis:names:tc:emergency:cap:1.2}*"))
    return [(etree.QName(one).localname, _MOMENTS.sub("T", (one.text or "").strip())) for one in found]


def test_what_is_shown_before_is_what_is_sent(room, ready) -> None:
    content = selectors.newest_content(ready)
    AlertWording.objects.create(
        content=content,
        language="cy",
        headline="Helpwch i ddod o hyd i Robin",
        description="Robin.",
        instruction="Ffoniwch 999.",
        sms="Robin",
    )
    alert, cancel = documents(ready)
    assert (alert.title, cancel.title) == ("Alert, as it would go out", "Cancel, as it would go out")
    assert "Signature" not in alert.xml
    assert alert.xml.count("<info>") == 2
    assert "Robin" not in cancel.xml
    issue(ready, room.manager)
    assert bare(alert.xml) == bare(CapMessage.objects.get().document)
    ready.refresh_from_db()
    sent, update, cancel = documents(ready)
    assert sent.title == f"Alert {ready.reference}.1, as it went out"
    tell(ready, NoticeKind.UPDATE)
    assert bare(update.xml) == bare(CapMessage.objects.get(msg_type="Update").document)
    assert not any(one.problem for one in (sent, update, cancel))


def test_everybody_in_the_room_reads_the_document_and_a_rehearsal_is_an_exercise(room, rehearsal) -> None:
    making.authorised(room, rehearsal)
    for actor in (room.officer, room.manager, room.unit):
        shown = told(page(actor, "room", rehearsal.reference))
        assert "&lt;status&gt;Exercise&lt;/status&gt;" in shown
        assert "EXERCISE. This is not a real alert." in shown
        assert "Actual" not in shown

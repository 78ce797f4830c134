"""Pages where something is learnt lead to a report, and the check knows who stands behind them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from appeals.sighting_contributions import sighting_identity
from families.helpline import services as helpline
from families.identities import contact_identity
from foundation.contributions import Identity, identities_of
from missingcases.intelligence import selectors
from missingcases.intelligence.models import Report
from tests.missingcases.intelligence.test_report_pages import WRITTEN, page
from textsafe.contributions import conversation_identity
from textsafe.models import Conversation

pytestmark = pytest.mark.django_db


def test_the_helplines_contact_leads_to_a_report_that_knows_who_called(caseworker) -> None:
    contact = helpline.begin_contact(
        actor=caseworker.actor,
        channel="call",
        caller="friend",
        form_token=uuid4(),
        is_anonymous=False,
        name="Sasha Okapi",
        reach_by="07700 900555",
    )
    desk = caseworker.sign_in(Client())
    shown = desk.get(f"/helpline/{contact.reference}/")
    address = shown.context["raising"].url
    assert "Raise intelligence" in shown.content.decode()
    carried = desk.get(address).context["form"].initial["raised"]
    page(
        desk,
        "write",
        data={**WRITTEN, "line_1_sanitised": "Sasha says so, on 07700900555.", "raised": carried},
    )
    report = Report.objects.get()
    assert (report.origin, report.origin_id) == ("helpline", contact.pk)
    assert {(leak.kind, leak.words) for leak in selectors.leaks_of(report)} == {
        ("name", "sasha"),
        ("number", "07700 900555"),
    }


def test_a_conversation_is_known_by_its_number(charity) -> None:
    talk = Conversation.objects.create(
        charity=charity, number="+447700900123", number_key="one", opened_at=timezone.now()
    )
    label = "textsafe.Conversation"
    assert identities_of(label, talk.pk) == [Identity(numbers=("+447700900123",))]
    assert conversation_identity(label, talk.pk + 1) is None


@pytest.mark.parametrize("identity", [sighting_identity, conversation_identity, contact_identity])
def test_what_is_not_there_or_of_another_service_is_nobody(identity) -> None:
    for label in ("appeals.Sighting", "families.ContactRecord", "rhi.Interview"):
        assert identity(label, 0) is None

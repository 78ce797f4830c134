"""The pages of concerns, as an officer works through them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.missingcases import making
from tests.partners.routes.conftest import concern_of

pytestmark = pytest.mark.django_db


def test_an_officer_works_through_the_pages(child, met_officer, lambeth) -> None:
    client = met_officer.sign_in(Client())
    page = client.get(reverse("routes:concern", args=[child.reference])).content.decode()
    assert "Tell the local authority" in page
    assert client.get(reverse("routes:act", args=[child.reference, "consent"])).status_code == 404
    assert client.get(reverse("routes:act", args=[child.reference, "refer"])).status_code == 404
    assert reverse("routes:concern", args=[child.reference]) in client.get(reverse("work")).content.decode()

    told = client.post(
        reverse("routes:act", args=[child.reference, "tell"]), {"authority": lambeth.pk, "person": "Ms Bell"}
    )
    assert told.status_code == 302
    day = timezone.localdate()
    answers = {
        "responder": "police",
        "name": "",
        "reference": "NRM-7",
        "referred_on_day": day.day,
        "referred_on_month": day.month,
        "referred_on_year": day.year,
    }
    assert client.post(reverse("routes:act", args=[child.reference, "refer"]), answers).status_code == 302
    child.refresh_from_db()
    assert child.responder_reference == "NRM-7"
    assert "NRM-7" in client.get(reverse("routes:concern", args=[child.reference])).content.decode()


def test_a_concern_is_raised_by_hand_on_its_page(met_officer) -> None:
    incident = making.report(met_officer.actor)
    client = met_officer.sign_in(Client())
    at = reverse("routes:raise", args=[incident.reference])
    assert client.post(at, {"kind": "terrorism", "why": ""}).status_code == 422

    assert client.post(at, {"kind": "terrorism", "why": "A one-way ticket."}).status_code == 302
    assert concern_of(incident).why == "A one-way ticket."

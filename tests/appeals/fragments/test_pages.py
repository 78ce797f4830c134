"""The page on which pages of forces are kept, from both sides."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from appeals.models import FragmentCheck
from tests.cast import Member

pytestmark = pytest.mark.django_db
ADDRESS = "https://1.1.1.1/appeals"


def opened(member: Member, data: dict[str, str] | None = None):
    client = member.sign_in(Client())
    here = reverse("appeals:fragments")
    return client.get(here) if data is None else client.post(here, data, follow=True)


def test_an_inspector_adds_a_page_of_the_force_and_switches_it_off(met_inspector, other_inspector) -> None:
    assert "No page is looked at yet" in opened(met_inspector).content.decode()
    html = opened(met_inspector, {"url": ADDRESS}).content.decode()
    assert ADDRESS in html
    assert "Not looked at yet" in html
    page = FragmentCheck.objects.get(organisation=met_inspector.organisation, added_by=met_inspector.user)
    client = met_inspector.sign_in(Client())
    here = reverse("appeals:fragment_switch", args=[page.pk])
    assert "Switched off" in client.post(here, follow=True).content.decode()
    assert "Not looked at yet" in client.post(here, {"is_active": "yes"}, follow=True).content.decode()
    assert client.get(here).status_code == 405
    assert ADDRESS not in opened(other_inspector).content.decode()
    assert other_inspector.sign_in(Client()).post(here).status_code == 404


def test_the_charity_says_whose_page_it_is_and_sees_all(publicity_officer, page, kent) -> None:
    answer = opened(publicity_officer, {"url": ADDRESS})
    assert answer.status_code == 422
    assert "Choose the force" in answer.content.decode()
    assert f'value="{ADDRESS}"' in answer.content.decode()
    html = opened(publicity_officer, {"url": ADDRESS, "organisation": str(kent.pk)}).content.decode()
    assert "Kent Police</td>" in html
    assert "Metropolitan Police</td>" in html


def test_what_is_wrong_with_an_address_is_said(met_inspector) -> None:
    html = opened(met_inspector, {"url": "http://10.0.0.7/"}).content.decode()
    assert "Enter an address that starts with https://" in html
    assert 'value="http://10.0.0.7/"' in html


def test_how_each_stands_is_said(page, met_inspector, website) -> None:
    FragmentCheck.objects.filter(pk=page.pk).update(problem="no_number", found=False)
    assert "The fragment is there without the number 116 000." in opened(met_inspector).content.decode()


def test_what_to_embed_stands_there_to_be_copied(met_inspector) -> None:
    html = opened(met_inspector).content.decode()
    assert "&lt;section data-harbour-helpline=&quot;1&quot; lang=&quot;en&quot;&gt;" in html
    assert "lang=&quot;cy&quot;" in html


def test_nobody_else_opens_it(met_officer, met_supervisor, caseworker) -> None:
    for member in (met_officer, met_supervisor, caseworker):
        assert opened(member).status_code == 403

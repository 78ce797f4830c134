"""Outlets: who keeps them, what their forms refuse, secrets that nothing shows, and who may confirm."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.test import Client
from django.urls import reverse

from appeals import services
from appeals.models import Outlet, Placement
from appeals.services import outlets
from foundation.access import Refused
from foundation.exceptions import Invalid
from tests.appeals import making
from tests.cast import Member

pytestmark = pytest.mark.django_db
GIVEN = {
    "version": "0",
    "name": "Camden News",
    "channel": "media_email",
    "address": "news@camden.example",
    "language": "en",
    "verifiable": "on",
    "is_active": "on",
}


def page(member: Member, name: str, *args: str, data: dict[str, str] | None = None):
    client = member.sign_in(Client())
    address = reverse(f"appeals:{name}", args=args)
    return client.get(address) if data is None else client.post(address, data, follow=True)


@pytest.fixture
def news(publicity_officer) -> Outlet:
    making.area()
    page(publicity_officer, "outlet_new", data=GIVEN | {"area_1": "Camden (borough)"})
    return Outlet.objects.get(name="Camden News")


def test_an_outlet_is_added_changed_and_switched_off(news, publicity_officer):
    assert [one.area.name for one in news.reaches.all()] == ["Camden"]
    assert "Camden News" in page(publicity_officer, "outlets").content.decode()
    changed = {name: words for name, words in GIVEN.items() if name not in {"channel", "is_active"}}
    page(publicity_officer, "outlet", news.reference, data=changed | {"version": str(news.version)})
    news.refresh_from_db()
    assert not news.is_active
    assert not news.reaches.exists()
    assert news.channel == "media_email"


def test_somebody_elses_change_is_shown_beside_ones_own(news, publicity_officer):
    Outlet.objects.filter(pk=news.pk).update(name="Camden Journal", version=news.version + 1)
    data = GIVEN | {"version": str(news.version), "name": "Camden Daily"}
    answer = page(publicity_officer, "outlet", news.reference, data=data)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Camden Journal</td>" in html
    assert "Camden Daily</td>" in html


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"address": "no address"}, "Enter the e-mail address of the news desk."),
        ({"channel": "webhook", "address": "http://inside"}, "beginning with https://"),
        ({"name": ""}, "Enter name"),
        ({"area_1": "Atlantis"}, "There is no such area"),
    ],
)
def test_what_cannot_work_is_said_and_nothing_is_lost(wrong, said, publicity_officer):
    answer = page(publicity_officer, "outlet_new", data=GIVEN | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Outlet.objects.filter(channel__in=["media_email", "webhook"]).exists()


def test_one_name_a_channel(news, publicity_officer):
    answer = page(publicity_officer, "outlet_new", data=GIVEN)
    assert "has this name already" in answer.content.decode()


def test_a_secret_is_written_and_never_shown(news, publicity_officer):
    page(publicity_officer, "outlet_secret", news.reference, data={"secret": "hush-hush"})
    news.refresh_from_db()
    assert news.secret == "hush-hush"
    for name in ("outlet", "outlet_secret", "outlet_token"):
        assert "hush-hush" not in page(publicity_officer, name, news.reference).content.decode()


def test_a_token_is_shown_once_and_kept_as_a_hash(news, publicity_officer):
    shown = page(publicity_officer, "outlet_token", news.reference, data={}).content.decode()
    token = re.search(r'hb-key">([\w-]+)<', shown).group(1)
    news.refresh_from_db()
    assert news.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in page(publicity_officer, "outlet_token", news.reference).content.decode()


def test_nobody_else_keeps_outlets(news, desk, caseworker, met_inspector):
    for stranger in (caseworker, met_inspector):
        assert page(stranger, "outlets").status_code == 403
        assert page(stranger, "outlet", news.reference).status_code == 403
    with pytest.raises(Refused):
        outlets.add_outlet(actor=desk.officer, details=outlets.OutletDetails("A", "website"))


def test_a_federated_network_is_told_and_never_confirmed(desk):
    details = outlets.OutletDetails("Our Mastodon", "mastodon", address="https://social.example")
    assert not outlets.add_outlet(actor=desk.publicity, details=details).verifiable


def _withdrawn_from(live, outlet: Outlet) -> Placement:
    return Placement.objects.create(
        appeal=live,
        outlet=outlet,
        content=live.contents.get(),
        status="withdrawing",
        planned_at=live.first_live_at,
        live_at=live.first_live_at,
        withdraw_from=live.first_live_at,
    )


def test_what_cannot_be_confirmed_is_not(desk, live):
    row = _withdrawn_from(live, making.outlet("mastodon", verifiable=False))
    given = {"actor": desk.publicity, "placement_reference": row.reference}
    with pytest.raises(Invalid):
        services.confirm_by_staff(**given, evidence="Looked.")
    with pytest.raises(Refused):
        services.confirm_by_staff(**given | {"actor": desk.officer}, evidence="Looked.")


def test_what_reads_our_feed_is_not_called(desk, live):
    row = _withdrawn_from(live, making.outlet("media_feed"))
    with pytest.raises(Invalid):
        services.tell_again(actor=desk.publicity, placement_reference=row.reference)

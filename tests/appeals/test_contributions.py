"""What publicity offers to other pages, and that no list asks the database more often the longer it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from appeals import contributions, services
from appeals.models import Appeal, Placement
from tests.appeals import making
from tests.cast import Member

pytestmark = pytest.mark.django_db


def words(queue) -> list[str]:
    return [item.words for item in queue.items]


def test_each_is_told_what_waits_for_them(desk, appeal):
    assert words(contributions.publicity_work(desk.publicity)) == [f"Take up appeal {appeal.reference}"]
    assert words(contributions.publicity_work(desk.supervisor)) == []
    assert contributions.publicity_work(desk.officer) is None
    making.checked(desk.publicity, appeal)
    assert words(contributions.publicity_work(desk.supervisor)) == [f"Authorise appeal {appeal.reference}"]
    assert contributions.handover(desk.officer) is None


def test_what_is_overdue_stands_first_and_once(desk, live):
    Placement.objects.create(
        appeal=live,
        outlet=making.outlet("webhook", address="https://192.0.2.1/"),
        content=live.contents.get(),
        status="withdrawing",
        planned_at=live.first_live_at,
        live_at=live.first_live_at,
        withdraw_from=timezone.now() - timedelta(hours=1),
    )
    services.withdraw_appeal(actor=desk.officer, appeal_id=live.pk, cause="police_veto", reason="Found.")
    queue = contributions.publicity_work(desk.publicity)
    assert words(queue) == [f"Overdue: take {live.reference} down"]
    assert queue.count == 1
    assert words(contributions.handover(desk.publicity)) == words(queue)
    told = contributions.underway(desk.officer, live.incident_id)
    assert [one.words for one in told] == [
        f"{Placement.objects.get(status='withdrawing').outlet.name} may still show appeal {live.reference}: "
        "being told to take it down"
    ]
    kinds = {item.kind for item in contributions.timeline(desk.officer, live.incident_id)}
    assert kinds == {"appeals.placed", "appeals.gone"}


def test_the_services_tab_is_for_the_owner_and_the_desk(desk, live, kent_officer, caseworker):
    card = contributions.service_card(desk.officer, live.incident_id)
    assert [line.status for line in card.lines] == ["live"]
    assert contributions.service_card(desk.publicity, live.incident_id).lines
    for stranger in (kent_officer, caseworker):
        assert contributions.service_card(stranger.actor, live.incident_id) is None


def _queries(member: Member, *addresses: str) -> list[int]:
    client = member.sign_in(Client())
    found = []
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        found.append(len(asked))
    return found


def test_longer_lists_ask_no_more_often(desk, incident, appeal, publicity_officer, met_supervisor):
    making.outlet("webhook", address="https://192.0.2.1/").reaches.create(area=making.area())
    lists = reverse("appeals:listing"), reverse("appeals:outlets"), "/"
    before = _queries(publicity_officer, *lists)
    of_force = _queries(met_supervisor, reverse("appeals:listing") + "?show=waiting")
    for _ in range(6):
        making.asked(desk.officer, incident)
        outlet = making.outlet("webhook", address="https://192.0.2.1/")
        outlet.reaches.create(area=making.area())
    assert _queries(publicity_officer, *lists) == before
    assert _queries(met_supervisor, reverse("appeals:listing") + "?show=waiting") == of_force


def test_an_appeal_with_more_of_everything_asks_no_more_often(desk, live, publicity_officer):
    pages = [reverse(f"appeals:{name}", args=[live.reference]) for name in ("show", "ledger", "preview")]
    before = _queries(publicity_officer, *pages)
    for party in ("police", "family", "charity"):
        services.record_view(actor=desk.publicity, appeal_id=live.pk, party=party, stance="for", words="Yes.")
    for _ in range(5):
        Placement.objects.create(
            appeal=live,
            outlet=making.outlet("webhook", address="https://192.0.2.1/"),
            content=live.contents.get(),
            status="live",
            planned_at=live.first_live_at,
            live_at=live.first_live_at,
        )
    assert _queries(publicity_officer, *pages) == before
    assert Appeal.objects.get().status == "live"

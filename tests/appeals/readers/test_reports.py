"""What outlets say becomes the ledger: read, dropped, confirmed by link, still shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.signing import dumps
from django.test import Client
from django.utils import timezone

from appeals import delivery, services
from appeals.addresses import CONFIRM_SALT, confirm_address
from appeals.enums import Channel, PlacementStatus
from appeals.models import OutletReport, Placement
from tests.appeals import making
from tests.appeals.readers.conftest import Reader, reader
from tests.missingcases.making import located

pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]
P = PlacementStatus


def ledger(placement: Placement) -> list[str]:
    return list(placement.ledger.values_list("what", flat=True))


@pytest.fixture
def gone(desk, shown, incident):
    """Withdrawn because the person was found."""
    located(desk.officer, incident)
    return shown


def test_a_read_without_it_is_telling(gone, desk_feed, board) -> None:
    for outlet, read in ((desk_feed, desk_feed.feed), (board, board.playlist)):
        assert outlet.placement(gone).status == P.WITHDRAWING
        assert read().status_code == 200
        assert delivery.read_reports() == 1
        placement = outlet.placement(gone)
        assert (placement.status, placement.withdrawal_sent_at is not None) == (P.TOLD, True)
        assert ledger(placement) == ["to_be_told", "read_without_it"]
        outlet.outlet.refresh_from_db()
        assert outlet.outlet.last_heard_at
        # Told once, whoever asks again.
        read()
        assert delivery.read_reports() == 0


def test_unchanged_is_not_said_before_it_was_told(gone, desk_feed) -> None:
    tag = desk_feed.feed()["ETag"]
    OutletReport.objects.all().delete()  # as if the answer had been lost on the way
    assert desk_feed.feed(**{"If-None-Match": tag}).status_code == 200
    assert OutletReport.objects.count() == 1


def test_a_player_that_dropped_it_confirms(gone, board) -> None:
    reference = board.placement(gone).reference
    assert board.playlist().json()["drop"] == [reference]
    told = {"showing": [], "dropped": [reference], "at": "2026-11-28T18:00:00Z"}
    assert board.check_in(told).status_code == 202
    delivery.read_reports()
    placement = board.placement(gone)
    assert (placement.status, placement.confirmed_by) == (P.CONFIRMED, "check_in")
    assert ledger(placement) == ["to_be_told", "read_without_it", "confirmed_by_check_in"]
    assert placement.ledger.latest("pk").evidence == told["at"]


def test_an_outlet_that_cannot_be_verified_is_told_and_never_confirmed(desk, ready) -> None:
    board = reader(Channel.BILLBOARD, "loose", verifiable=False)
    appeal = services.publish_appeal(actor=desk.second, appeal_id=ready.pk)
    located(desk.officer, ready.incident)
    board.check_in({"showing": [], "dropped": [board.placement(appeal).reference]})
    delivery.read_reports()
    assert board.placement(appeal).status == P.TOLD
    assert ledger(board.placement(appeal)) == ["to_be_told", "said_gone"]


def shows_it_still(board: Reader, appeal, minutes: int) -> Placement:
    board.check_in({"showing": [board.placement(appeal).reference], "dropped": []})
    OutletReport.objects.filter(processed_at__isnull=True).update(
        received_at=timezone.now() + timedelta(minutes=minutes)
    )
    delivery.read_reports()
    return board.placement(appeal)


def test_a_player_that_keeps_showing_is_seen(gone, board) -> None:
    placement = shows_it_still(board, gone, 1)
    assert placement.still_shown_at is None  # it was on its way when it was withdrawn
    placement = shows_it_still(board, gone, 3)
    assert placement.still_shown_at is not None
    assert placement.status == P.WITHDRAWING
    shows_it_still(board, gone, 4)
    assert ledger(placement).count("still_shown") == 1
    shows_it_still(board, gone, 70)
    assert ledger(placement).count("still_shown") == 2


def test_seen_again_after_it_was_confirmed_is_owed_again(gone, board) -> None:
    board.check_in({"showing": [], "dropped": [board.placement(gone).reference]})
    delivery.read_reports()
    placement = shows_it_still(board, gone, 5)
    assert (placement.status, placement.confirmed_gone_at) == (P.WITHDRAWING, None)
    # What it says it dropped and shows at once is not dropped.
    reference = placement.reference
    board.check_in({"showing": [reference], "dropped": [reference]})
    delivery.read_reports()
    assert board.placement(gone).status == P.WITHDRAWING


def test_nobody_confirms_for_another_or_before_its_time(desk, shown, incident, board) -> None:
    other = reader(Channel.BILLBOARD, "other board")
    reference = board.placement(shown).reference
    board.check_in({"showing": [], "dropped": [reference]})
    delivery.read_reports()
    assert board.placement(shown).status == P.LIVE
    located(desk.officer, incident)
    other.check_in({"showing": [reference], "dropped": [reference]})
    delivery.read_reports()
    placement = board.placement(shown)
    assert (placement.status, placement.still_shown_at) == (P.WITHDRAWING, None)


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ("{", 400, None),
        ("[]", 400, None),
        ("[" * 50_000, 400, None),
        ({"dropped": []}, 422, "showing"),
        ({"showing": "PL-AAAAAAAA"}, 422, "showing"),
        ({"showing": ["Robin Moor"]}, 422, "showing"),
        ({"showing": [], "dropped": [7]}, 422, "dropped"),
        ({"showing": ["PL-AAAAAAAA"] * 1001}, 422, "showing"),
        ({"showing": [], "at": "yesterday"}, 422, "at"),
        ({"showing": [], "at": 7}, 422, "at"),
        ({"showing": [], "name": "Robin"}, 422, "name"),
        ("x" * 70_000, 413, None),
    ],
)
def test_bad_input_is_told_and_changes_nothing(board, body, status, field) -> None:
    answer = board.check_in(body)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert [one["field"] for one in answer.json().get("errors", [])] == ([field] if field else [])
    assert not OutletReport.objects.exists()


def test_a_token_that_was_never_made_keeps_nothing(board) -> None:
    board.outlet.delete()
    answer = board.check_in({"showing": []})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert not OutletReport.objects.exists()


def test_too_many_are_asked_to_wait(board, redis_url, monkeypatch) -> None:
    monkeypatch.setattr("appeals.public.outlets.throttle.MOST_A_MINUTE", 2)
    told = [board.playlist().status_code for _ in range(3)]
    assert 429 in told
    assert board.playlist().json()["retry_after"] == 60


@pytest.fixture
def mailed(desk, ready):
    """On a newsroom's e-mail, and withdrawn."""
    outlet = making.outlet(Channel.MEDIA_EMAIL, "Newsroom", address="desk@example.org")
    appeal = services.publish_appeal(actor=desk.second, appeal_id=ready.pk)
    Placement.objects.filter(outlet=outlet).update(status=P.LIVE, live_at=timezone.now())
    return Placement.objects.get(outlet=outlet, appeal=appeal)


def link_of(placement: Placement) -> str:
    return "/" + confirm_address(placement.reference).split("/", 3)[3]


def test_a_link_confirms_by_its_button_only(desk, mailed, incident) -> None:
    located(desk.officer, incident)
    client = Client(enforce_csrf_checks=True)
    for _ in range(3):  # a scanner that opens every link
        page = client.get(link_of(mailed))
        assert page.status_code == 200
        assert b"Robin" not in page.content
        assert mailed.reference.encode() in page.content
    assert not OutletReport.objects.exists()
    assert b"Thank you" in client.post(link_of(mailed)).content
    client.post(link_of(mailed))
    assert delivery.read_reports() == 2
    mailed.refresh_from_db()
    assert (mailed.status, mailed.confirmed_by) == (P.CONFIRMED, "link")
    assert ledger(mailed).count("confirmed_by_link") == 1
    assert set(OutletReport.objects.values_list("result", flat=True)) == {"gone", "known"}
    assert b"confirmed already" in client.get(link_of(mailed)).content
    assert client.get(link_of(mailed))["Cache-Control"] == "no-store"


def test_a_link_is_good_for_ninety_days(desk, mailed, incident, monkeypatch) -> None:
    located(desk.officer, incident)
    link = link_of(mailed)
    monkeypatch.setattr("appeals.addresses.CONFIRM_LASTS", timedelta(seconds=-1))
    answer = Client().post(link)
    assert answer.status_code == 410
    assert b"too old" in answer.content
    assert not OutletReport.objects.exists()


def test_a_forged_link_changes_nothing(desk, mailed, incident) -> None:
    located(desk.officer, incident)
    for forged in (dumps(mailed.reference, key="mine", salt=CONFIRM_SALT), "x", f"{mailed.reference}:1:2"):
        answer = Client().post(f"/outlets/confirm/{forged}")
        assert answer.status_code == 404
        assert b"Nothing was changed" in answer.content
    assert Client().post(link_of(Placement(reference="PL-ZZZZZZZZ"))).status_code == 404
    assert not OutletReport.objects.exists()


def test_a_link_of_what_is_live_has_nothing_to_confirm(mailed) -> None:
    answer = Client().post(link_of(mailed))
    assert b"not withdrawn" in answer.content
    assert not OutletReport.objects.exists()


def test_the_public_house_has_a_secret_of_its_own(desk, mailed, incident, settings) -> None:
    located(desk.officer, incident)
    link = link_of(mailed)
    settings.SECRET_KEY = "of-the-other-house"
    settings.FIELD_KEYS = ["bmV3ZXItbmV3ZXItbmV3ZXItbmV3ZXItbmV3ZXItbmU=", *settings.FIELD_KEYS]
    assert Client().get(link).status_code == 200


def test_a_report_of_an_outlet_that_is_no_more_is_left(board) -> None:
    board.check_in({"showing": []})
    board.outlet.delete()
    assert delivery.read_reports() == 1
    assert not OutletReport.objects.exists()

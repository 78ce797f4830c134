"""What the national system sends waits for somebody, at most; what is forged, replayed or odd does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from alerts.cap import services
from alerts.cap.enums import CapStatus, MsgType, ProposalStatus
from alerts.cap.models import CapArrival, CapMessage, CapProposal
from alerts.cap.xml import signing
from alerts.cap.xml.documents import Reference, tree_of
from alerts.cap.xml.names import NAMESPACE
from alerts.models import ChildRescueAlert
from foundation.actors import Actor
from tests.alerts.cap.making import NATIONAL, incoming, message, pair, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(settings) -> Client:
    settings.ROOT_URLCONF = "config.public_urls"
    return Client()


def post(client: Client, data: bytes):
    return client.post("/webhooks/cap", data, content_type="application/cap+xml")


def take(client: Client, data: bytes) -> CapArrival:
    assert post(client, data).status_code == 202
    services.read_arrivals()
    return CapArrival.objects.latest("pk")


def refers(identifier: str = "NCA-2026-1") -> tuple[Reference, ...]:
    row = CapMessage.objects.get(identifier=identifier)
    return (Reference(row.sender, row.identifier, row.sent),)


def test_an_alert_is_kept_answered_read_and_waits(outside, lambeth_area, met) -> None:
    arrival = take(outside, incoming())
    row = CapMessage.objects.get()
    assert (arrival.result, arrival.body, arrival.message_id) == ("read", "", row.pk)
    assert (row.result, row.signature_ok, row.document) == ("proposal", True, "")
    proposal = CapProposal.objects.get()
    assert (proposal.status, proposal.is_exercise) == (ProposalStatus.WAITING, False)
    assert proposal.force_ids == [met.pk]
    assert not ChildRescueAlert.objects.exists()


def test_nothing_is_read_before_it_is_stored_and_it_is_stored_encrypted(outside) -> None:
    post(outside, incoming())
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM cap_caparrival")
        assert "Mia" not in cursor.fetchone()[0]
    assert not CapMessage.objects.exists()


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (incoming(pair("other")), 403),
        (incoming(sender="stranger@other.test"), 403),
        (incoming().replace(b"Lambeth", b"Camden "), 403),
        (written(tree_of(message(sender=NATIONAL))), 403),
        (b"<not xml", 400),
        (b"<alert/>", 400),
        (incoming().replace(b"cap:1.2", b"cap:1.1"), 400),
        (b"<!DOCTYPE a>" + incoming(), 400),
        (b"x" * 1_000_001, 413),
    ],
    ids=["certificate", "sender", "changed", "unsigned", "xml", "namespaceless", "cap11", "doctype", "huge"],
)
def test_what_is_forged_malformed_or_huge_is_refused_and_not_stored(outside, data, status) -> None:
    assert post(outside, data).status_code == status
    assert not CapArrival.objects.exists()


def test_an_expired_certificate_does_not_count(outside, settings) -> None:
    import json

    old = pair("old", days=-1)
    settings.CAP_SENDERS = json.dumps({NATIONAL: [old.certificate]})
    assert post(outside, incoming(old)).status_code == 403


def test_a_second_certificate_of_the_sender_counts_while_keys_are_changed(outside, settings) -> None:
    import json

    new = pair("new")
    settings.CAP_SENDERS = json.dumps({NATIONAL: [pair("national").certificate, new.certificate]})
    assert take(outside, incoming(new)).result == "read"


def test_the_worker_verifies_again_what_stands_in_the_table(outside) -> None:
    """Whoever breaks into the public site can put anything there."""
    services.keep_call(body=incoming(pair("other")).decode())
    services.keep_call(body="nonsense")
    services.read_arrivals()
    assert set(CapArrival.objects.values_list("result", flat=True)) == {"forged", "unreadable"}
    assert not CapMessage.objects.exists()


def test_a_replay_is_answered_alike_and_changes_nothing(outside) -> None:
    data = incoming()
    take(outside, data)
    assert take(outside, data).result == "known"
    assert (CapMessage.objects.count(), CapProposal.objects.count()) == (1, 1)


def test_the_same_name_with_other_words_changes_nothing(outside) -> None:
    sent = datetime.now(UTC).replace(microsecond=0)
    take(outside, incoming(sent=sent))
    assert take(outside, incoming(sent=sent, polygons=())).result == "changed"
    assert CapMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({"sent": timedelta(minutes=10)}, "early"),
        ({"sent": timedelta(minutes=4)}, "read"),
        ({"sent": -timedelta(hours=49)}, "old"),
        ({"sent": -timedelta(hours=47)}, "read"),
    ],
)
def test_clocks_may_differ_but_not_much(outside, changes, result) -> None:
    sent = datetime.now(UTC).replace(microsecond=0) + changes["sent"]
    assert take(outside, incoming(sent=sent)).result == result


def test_an_alert_whose_time_is_over_is_kept_and_is_no_proposal(outside) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    take(outside, incoming(sent=now - timedelta(hours=3), expires=now - timedelta(hours=1)))
    assert CapMessage.objects.get().result == "expired"
    assert not CapProposal.objects.exists()


def odd(**texts: str) -> bytes:
    """A message of the national system with other values in it than we would ever write."""
    now = datetime.now(UTC).replace(microsecond=0)
    root = tree_of(message(sender=NATIONAL, identifier="ODD-1", sent=now, expires=now + timedelta(hours=2)))
    for name, text in texts.items():
        for one in root.iter(f"{{{NAMESPACE}}}{name}"):
            one.text = text
    keys = pair("national")
    return written(signing.signed(root, key=keys.key, certificate=keys.certificate))


@pytest.mark.parametrize(
    ("texts", "result"),
    [
        ({"msgType": "Ack"}, "no_alert"),
        ({"msgType": "Error"}, "no_alert"),
        ({"status": "System"}, "no_alert"),
        ({"status": "Test"}, "no_alert"),
        ({"status": "Draft"}, "no_alert"),
        ({"event": "Flood warning"}, "other_event"),
        ({"category": "Met"}, "other_event"),
        ({"msgType": "Update"}, "unlinked"),
        ({"msgType": "Cancel"}, "unlinked"),
    ],
)
def test_what_is_not_plainly_an_alert_about_a_child_is_never_one(outside, texts, result) -> None:
    take(outside, odd(**texts))
    assert CapMessage.objects.get().result == result
    assert not CapProposal.objects.exists()


def test_a_type_that_nobody_knows_is_refused(outside) -> None:
    assert post(outside, odd(msgType="Alarm")).status_code == 400


def test_an_exercise_waits_as_an_exercise(outside) -> None:
    take(outside, incoming(status=CapStatus.EXERCISE))
    assert CapProposal.objects.get().is_exercise


def test_an_update_and_a_cancel_belong_to_their_alert(outside) -> None:
    take(outside, incoming())
    first = CapMessage.objects.get()
    take(outside, incoming(identifier="NCA-2", msg_type=MsgType.UPDATE, references=refers()))
    assert CapProposal.objects.get().status == ProposalStatus.WAITING
    take(outside, incoming(identifier="NCA-3", msg_type=MsgType.CANCEL, references=refers("NCA-2")))
    assert list(first.later.values_list("result", flat=True)) == ["linked", "linked"]
    assert CapProposal.objects.get().status == ProposalStatus.WITHDRAWN


def test_no_exercise_and_no_other_sender_cancels_an_alert(outside, settings) -> None:
    import json

    other = "other@national.test"
    settings.CAP_SENDERS = json.dumps(
        {NATIONAL: [pair("national").certificate], other: [pair("other").certificate]}
    )
    take(outside, incoming())
    given = {"msg_type": MsgType.CANCEL, "references": refers()}
    take(outside, incoming(identifier="NCA-X", status=CapStatus.EXERCISE, **given))
    take(outside, incoming(pair("other"), identifier="NCA-Y", sender=other, **given))
    assert CapProposal.objects.get().status == ProposalStatus.WAITING


def test_a_cancel_that_overtook_its_alert_still_counts(outside) -> None:
    sent = datetime.now(UTC).replace(microsecond=0)
    ahead = (Reference(NATIONAL, "NCA-2026-1", sent),)
    take(outside, incoming(identifier="NCA-3", sent=sent, msg_type=MsgType.CANCEL, references=ahead))
    take(outside, incoming(sent=sent))
    assert CapProposal.objects.get().status == ProposalStatus.WITHDRAWN


def test_words_are_emptied_when_their_time_is_over(outside) -> None:
    arrival = take(outside, incoming())
    later = datetime.now(UTC) + timedelta(days=91)
    eraser = Actor.system("tests")
    assert services.erase_words(services.messages_due(later), eraser) == 1
    assert services.drop_arrivals(services.arrivals_due(later), eraser) == 1
    assert services.messages_due(later) == services.arrivals_due(later) == []
    assert CapMessage.objects.get().original == ""
    assert not CapArrival.objects.filter(pk=arrival.pk).exists()

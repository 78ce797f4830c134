"""A shift is handed over: both sign, nothing is lost between them, and neither learns what is not theirs."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from families.handover import lines, selectors, services
from families.handover.contributions import handover_work
from families.handover.deadlines import SIGN_WITHIN
from families.handover.models import Handover
from families.handover.policies import may_hand_over, may_write
from families.handover.states import by_incoming, by_outgoing_or_manager
from families.helpline import services as helpline
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.contributions import HandoverSection
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.states import IllegalMove

pytestmark = pytest.mark.django_db


def promised(actor):
    """A call that is promised to somebody."""
    contact = helpline.begin_contact(
        actor=actor,
        channel="call",
        caller="relative",
        form_token=uuid4(),
        is_anonymous=False,
        reach_by="07700 900123",
    )
    at = timezone.now() + timedelta(hours=1)
    return helpline.end_call(actor=actor, contact_id=contact.pk, call_back_at=at)


@pytest.fixture
def owed(caseworker):
    return promised(caseworker.actor)


@pytest.fixture
def begun(owed, caseworker, second_caseworker) -> Handover:
    return services.begin_handover(actor=caseworker.actor, incoming_id=second_caseworker.user.pk)


def key_of(handover: Handover) -> str:
    return lines.open_between(*selectors.both(handover)).shared[0].key


def written(handover: Handover, actor, **given) -> Handover:
    said = {"version": handover.version, "note": "Quiet.", "notes": {key_of(handover): "Ask for the boy."}}
    return services.save_notes(actor=actor, handover_id=handover.pk, **(said | given))


def signed(handover: Handover, actor) -> Handover:
    return services.sign_out(actor=actor, handover_id=handover.pk, seen=handover.version)


def test_both_sign_and_the_copy_stays_as_it_was(begun, owed, caseworker, second_caseworker) -> None:
    assert begun.sign_by - begun.begun_at == SIGN_WITHIN
    out = signed(written(begun, caseworker.actor), caseworker.actor)
    helpline.end_call(actor=second_caseworker.actor, contact_id=owed.pk, call_back_at=None)
    done = services.sign_in(actor=second_caseworker.actor, handover_id=out.pk, answer=" Clear. ")
    assert (done.status, done.answer) == ("done", "Clear.")
    line = done.lines.get()
    assert (line.words, line.note) == (f"Ring {owed.reference} back", "Ask for the boy.")
    assert done.note == "Quiet."


def test_what_is_unsigned_stays_on_the_desk_of_both(begun, caseworker, second_caseworker) -> None:
    def words(who):
        return [item.words for item in handover_work(who.actor).items]

    assert words(caseworker) == [f"Sign your handover to {second_caseworker.user.full_name}"]
    assert words(second_caseworker) == [f"{caseworker.user.full_name} is writing a handover to you"]
    signed(begun, caseworker.actor)
    assert words(caseworker) == [f"{second_caseworker.user.full_name} has not signed your handover yet"]
    assert words(second_caseworker) == [f"Read and sign the handover of {caseworker.user.full_name}"]
    services.sign_in(actor=second_caseworker.actor, handover_id=begun.pk, answer="")
    assert words(caseworker) == words(second_caseworker) == []


def test_nobody_signs_both_sides_or_for_another(
    begun, caseworker, second_caseworker, duty_manager, met_officer
) -> None:
    with pytest.raises(Refused, match="Only whoever hands over"):
        signed(begun, second_caseworker.actor)
    with pytest.raises(IllegalMove):
        services.sign_in(actor=second_caseworker.actor, handover_id=begun.pk, answer="")
    signed(begun, caseworker.actor)
    with pytest.raises(Refused, match="Only whoever takes over"):
        services.sign_in(actor=caseworker.actor, handover_id=begun.pk, answer="")
    with pytest.raises(NotVisible):
        services.sign_in(actor=duty_manager.actor, handover_id=begun.pk, answer="")
    with pytest.raises(Refused, match="was signed"):
        written(begun, caseworker.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.update(incoming=caseworker.user)
    assert by_incoming(begun, met_officer.actor).code == "not_yours"
    assert by_outgoing_or_manager(begun, met_officer.actor).code == "not_yours"


@pytest.mark.parametrize("who", ["caseworker", "met_officer", "auditor", "rhi_interviewer"])
def test_it_goes_to_a_colleague_on_shift(request, caseworker, who) -> None:
    with pytest.raises(Invalid):
        services.begin_handover(actor=caseworker.actor, incoming_id=request.getfixturevalue(who).user.pk)


def test_one_at_a_time_and_it_can_be_taken_back(begun, caseworker, family_worker, second_caseworker) -> None:
    with pytest.raises(Refused, match="not signed yet"):
        services.begin_handover(actor=caseworker.actor, incoming_id=family_worker.user.pk)
    with pytest.raises(Refused):
        services.cancel(actor=second_caseworker.actor, reference=begun.reference, reason="x")
    with pytest.raises(Refused):
        services.cancel(actor=caseworker.actor, reference=begun.reference, reason=" ")
    services.cancel(actor=caseworker.actor, reference=begun.reference, reason="Ill.")
    assert services.begin_handover(actor=caseworker.actor, incoming_id=family_worker.user.pk).pk


def test_the_manager_sees_who_has_not_signed_and_nothing_of_what_is_in_it(
    begun, caseworker, duty_manager, family_worker
) -> None:
    assert list(selectors.unsigned_of_others(duty_manager.actor)) == [begun]
    assert not selectors.unsigned_of_others(family_worker.actor).exists()
    with pytest.raises(NotVisible):
        selectors.handover_named(duty_manager.actor, begun.reference)
    services.cancel(actor=duty_manager.actor, reference=begun.reference, reason="She is ill.")
    with pytest.raises(NotVisible):
        services.cancel(actor=duty_manager.actor, reference=begun.reference, reason="Again.")


def test_a_line_that_only_one_may_know_is_not_handed_over(owed, caseworker, family_worker) -> None:
    handover = services.begin_handover(actor=caseworker.actor, incoming_id=family_worker.user.pk)
    found = lines.open_between(*selectors.both(handover))
    assert owed.reference in {line.item.words.split()[1] for line in found.kept_back}
    assert not [line for line in found.shared if owed.reference in line.item.words]
    out = signed(handover, caseworker.actor)
    assert not out.lines.filter(section="Helpline contacts").exists()


def test_what_a_service_says_twice_in_the_same_words_is_two_lines(owed, begun, caseworker) -> None:
    item = lines.open_between(*selectors.both(begun)).shared[0].item
    said = HandoverSection("helpline", "Helpline contacts", "", (item, item))
    first, second = lines._lines([said])
    assert first.key == key_of(begun)
    assert second.key != first.key


def test_another_windows_notes_are_not_overwritten(begun, caseworker) -> None:
    written(begun, caseworker.actor)
    assert written(begun, caseworker.actor).version == 2
    begun.version = 1
    with pytest.raises(Conflict) as caught:
        written(begun, caseworker.actor, note="Loud.")
    assert caught.value.theirs["note"] == "Quiet."
    with pytest.raises(Refused, match="Read them again"):
        services.sign_out(actor=caseworker.actor, handover_id=begun.pk, seen=1)
    with pytest.raises(Invalid):
        written(begun, caseworker.actor, note="x" * 2_001)


def test_a_note_on_what_was_dealt_with_meanwhile_is_kept(begun, owed, caseworker) -> None:
    key = key_of(begun)
    kept = written(begun, caseworker.actor)
    helpline.end_call(actor=caseworker.actor, contact_id=owed.pk, call_back_at=None)
    kept = services.save_notes(
        actor=caseworker.actor,
        handover_id=begun.pk,
        version=kept.version,
        note="Quiet.",
        notes={key: "She rang.", "0123456789abcdef": "On what is gone."},
    )
    assert kept.note == "Quiet.\n\nOn what is gone."
    out = signed(kept, caseworker.actor)
    line = out.lines.get(key=key)
    assert (line.note, line.is_waiting) == ("She rang.", False)


@pytest.mark.parametrize("who", ["met_supervisor", "authority_worker", "rhi_interviewer", "auditor"])
def test_nobody_else_learns_of_it(request, begun, who) -> None:
    other = request.getfixturevalue(who).actor
    assert may_hand_over(other) is not None
    assert may_write(other, begun) is not None
    assert handover_work(other) is None
    assert not selectors.unsigned_of_others(other).exists()
    for reference in (begun.reference, "HO-00000000"):
        with pytest.raises(NotVisible):
            selectors.handover_named(other, reference)


def at(name: str, handover: Handover) -> str:
    return reverse(f"handover:{name}", args=[handover.reference])


def test_the_pages_from_the_first_note_to_the_second_signature(
    owed, caseworker, second_caseworker, duty_manager
) -> None:
    client, other = caseworker.sign_in(Client()), second_caseworker.sign_in(Client())
    assert client.post(reverse("handover:list"), {"incoming": ""}).status_code == 422
    client.post(reverse("handover:list"), {"incoming": second_caseworker.user.pk})
    handover = Handover.objects.get()
    box = f"note-{key_of(handover)}"
    assert box in client.get(at("show", handover)).content.decode()
    assert "still being written" in other.get(at("show", handover)).content.decode()
    by_script = {"headers": {"X-Harbour-Autosave": "1"}}
    saved = client.post(at("save", handover), {"version": 1, "note": "A", box: "Okapi"}, **by_script)
    assert saved.json() == {"saved": True, "version": 2}
    late = client.post(at("save", handover), {"version": 1, "note": "B"}, **by_script)
    assert late.status_code == 409
    shown = client.post(at("save", handover), {"version": 1, "note": "B", box: "Okapi"})
    assert shown.status_code == 422
    assert "Okapi" not in other.get(at("show", handover)).content.decode()
    assert client.post(at("save", handover), {"version": 2, "note": "A", box: "Okapi"}).status_code == 302
    client.post(at("save", handover), {"version": 2, "note": "A", box: "Okapi", "sign": "yes"})
    page = other.get(at("show", handover)).content.decode()
    assert "Okapi" in page
    assert "I have read this" in page
    assert "I have read this" not in client.get(at("show", handover)).content.decode()
    assert client.post(at("take", handover), {}).status_code == 422
    assert other.post(at("take", handover), {"answer": "Clear."}).status_code == 302
    assert "Clear." in client.get(at("show", handover)).content.decode()
    assert client.post(at("save", handover), {"version": 2, "note": "C"}).status_code == 302
    assert AuditEvent.objects.filter(action="handover.read", target_id=handover.pk).count() == 6
    manager = duty_manager.sign_in(Client())
    assert manager.get(at("show", handover)).status_code == 404
    assert manager.get(at("cancel", handover)).status_code == 404


def test_what_was_late_at_the_first_signature_says_so(begun, caseworker, second_caseworker) -> None:
    out = signed(written(begun, caseworker.actor), caseworker.actor)
    client = second_caseworker.sign_in(Client())
    assert "Overdue" not in client.get(at("show", out)).content.decode()
    out.lines.update(due_at=out.signed_out_at - timedelta(minutes=1))
    assert "Overdue" in client.get(at("show", out)).content.decode()


def test_the_manager_takes_one_back_on_the_page(begun, duty_manager) -> None:
    client = duty_manager.sign_in(Client())
    assert at("cancel", begun) in client.get(reverse("handover:list")).content.decode()
    assert client.get(at("cancel", begun)).status_code == 200
    assert client.post(at("cancel", begun), {"reason": ""}).status_code == 422
    assert client.post(at("cancel", begun), {"reason": "She is ill."}).status_code == 302


def test_the_page_asks_as_often_with_thirty_lines_as_with_one(begun, caseworker) -> None:
    client = caseworker.sign_in(Client())
    client.get(at("show", begun))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(at("show", begun))
    for _ in range(29):
        promised(caseworker.actor)
    with CaptureQueriesContext(connection) as thirty:
        page = client.get(at("show", begun)).content.decode()
    assert page.count("Note on: Ring") == 30
    assert len(thirty) == len(one)

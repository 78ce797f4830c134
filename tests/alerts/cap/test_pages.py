"""Who sees what came in, what can be made of it, and the charity's list of partners."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from alerts.cap import services
from alerts.cap.contributions import received_alert_work
from alerts.cap.enums import CapStatus, MsgType, ProposalStatus
from alerts.cap.models import CapMessage, CapProposal, PushTarget
from alerts.cap.xml.documents import Reference
from alerts.contributions import alert_work
from alerts.models import ChildRescueAlert
from alerts.services import call_off
from foundation.access import Refused
from foundation.accounts.enums import OrganisationKind, Role
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from tests.alerts.cap.making import NATIONAL, incoming
from tests.alerts.test_pages import person
from tests.cast import Member, member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(any_database: None) -> Member:
    place = organisation("ukmpu", OrganisationKind.NATIONAL_UNIT, "UK Missing Persons Unit")
    return member("duty@unit.example", "Ned Castle", place, Role.NATIONAL_UNIT)


def receive(**changes) -> CapProposal:
    services.keep_call(body=incoming(**changes).decode())
    services.read_arrivals()
    return CapProposal.objects.latest("pk")


def cancel_of(proposal: CapProposal) -> None:
    row = proposal.message
    refers = (Reference(row.sender, row.identifier, row.sent),)
    services.keep_call(body=incoming(identifier="NCA-C", msg_type=MsgType.CANCEL, references=refers).decode())
    services.read_arrivals()


@pytest.fixture
def received(lambeth_area) -> CapProposal:
    return receive()


def _post(client: Client, name: str, proposal: CapProposal, **data):
    return client.post(reverse(f"cap:{name}", args=[proposal.reference]), data)


def test_the_force_of_the_area_and_the_national_unit_see_it_and_nobody_else(
    received, met_officer, kent_officer, unit, caseworker, duty_manager
) -> None:
    page = reverse("cap:proposal", args=[received.reference])
    for who, status in (
        (met_officer, 200),
        (unit, 200),
        (kent_officer, 404),
        (caseworker, 403),
        (duty_manager, 403),
    ):
        answer = who.sign_in(Client()).get(page)
        assert answer.status_code == status, who.user.email
        assert (b"Mia is 9" in answer.content) == (status == 200)
    assert received.reference not in kent_officer.sign_in(Client()).get(reverse("cap:list")).content.decode()
    assert AuditEvent.objects.filter(action="cap.read", target_id=received.pk).count() == 2
    for name in ("dismiss", "show"):
        place = reverse(f"cap:{name}", args=[received.reference])
        assert kent_officer.sign_in(Client()).post(place, {"reason": "x"}).status_code in {403, 404}


def test_no_name_stands_in_a_title_an_address_or_the_list(received, met_officer) -> None:
    text = met_officer.sign_in(Client()).get(reverse("cap:list")).content.decode()
    assert received.reference in text
    assert "Mia" not in text


def test_it_is_taken_up_for_an_incident_with_our_own_words(
    received, met_officer, incident, lambeth_area
) -> None:
    client = met_officer.sign_in(Client())
    answer = _post(client, "proposal", received, incident=incident.reference.lower())
    assert answer.status_code == 302
    received.refresh_from_db()
    alert = ChildRescueAlert.objects.get()
    assert (received.status, received.alert_id) == (ProposalStatus.TAKEN, alert.pk)
    assert (alert.status, alert.is_rehearsal, alert.incident_id) == ("proposed", False, incident.pk)
    assert list(alert.areas.values_list("area_id", flat=True)) == [lambeth_area.pk]
    content = alert.contents.get()
    assert content.first_name == "Robin"
    assert "Mia" not in content.wordings.first().description
    assert client.get(reverse("cap:proposal", args=[received.reference])).status_code == 200
    again = _post(client, "proposal", received, incident=incident.reference)
    assert again.status_code == 422
    assert ChildRescueAlert.objects.count() == 1


def test_an_incident_one_does_not_see_is_not_found_and_what_was_typed_stays(
    received, met_officer, kent_officer
) -> None:
    client = met_officer.sign_in(Client())
    answer = _post(client, "proposal", received, incident="MI-00000000")
    assert answer.status_code == 422
    assert "MI-00000000" in answer.content.decode()
    assert not ChildRescueAlert.objects.exists()
    with pytest.raises(Invalid):
        services.take_up(actor=met_officer.actor, proposal_id=received.pk, incident_reference="")
    with pytest.raises(NotVisible):
        services.take_up(actor=kent_officer.actor, proposal_id=received.pk, incident_reference="MI-1")


def test_an_exercise_becomes_a_rehearsal_and_nothing_else(lambeth_area, met_officer, incident) -> None:
    exercise = receive(status=CapStatus.EXERCISE)
    client = met_officer.sign_in(Client())
    assert (
        "This is an exercise"
        in client.get(reverse("cap:proposal", args=[exercise.reference])).content.decode()
    )
    assert _post(client, "proposal", exercise, incident=incident.reference).status_code == 302
    alert = ChildRescueAlert.objects.get()
    assert (alert.is_rehearsal, alert.incident_id) == (True, None)


def test_neither_the_national_unit_nor_the_charity_begins_an_alert(
    received, unit, duty_manager, incident
) -> None:
    with pytest.raises(Refused):
        services.take_up(actor=unit.actor, proposal_id=received.pk, incident_reference=incident.reference)
    with pytest.raises(NotVisible):
        services.take_up(
            actor=duty_manager.actor, proposal_id=received.pk, incident_reference=incident.reference
        )
    answer = unit.sign_in(Client()).get(reverse("cap:proposal", args=[received.reference]))
    assert "The force proposes an alert" in answer.content.decode()


def test_it_is_dismissed_with_a_reason_once(received, unit, met_officer) -> None:
    client = unit.sign_in(Client())
    assert _post(client, "dismiss", received, reason="").status_code == 422
    assert _post(client, "dismiss", received, reason="A drill of theirs.").status_code == 302
    received.refresh_from_db()
    assert (received.status, received.reason) == (ProposalStatus.DISMISSED, "A drill of theirs.")
    with pytest.raises(Refused):
        services.dismiss(actor=met_officer.actor, proposal_id=received.pk, reason="Again")


def test_the_national_unit_shows_it_to_a_force_its_areas_do_not_name(
    received, unit, kent, kent_officer
) -> None:
    client = unit.sign_in(Client())
    assert client.get(reverse("cap:show", args=[received.reference])).status_code == 200
    assert _post(client, "show", received, force=kent.pk).status_code == 302
    page = reverse("cap:proposal", args=[received.reference])
    assert kent_officer.sign_in(Client()).get(page).status_code == 200
    with pytest.raises(Refused):
        services.show_to_force(actor=kent_officer.actor, proposal_id=received.pk, force_id=kent.pk)


def test_what_its_sender_calls_off_stands_in_the_room_of_everybody(
    received, met_officer, incident, room
) -> None:
    alert = services.take_up(
        actor=met_officer.actor, proposal_id=received.pk, incident_reference=incident.reference
    )
    said = "The national system has called this off"

    def seen_by(who: Member) -> str:
        return who.sign_in(Client()).get(reverse("alerts:live", args=[alert.reference])).content.decode()

    manager = person(room.manager)
    assert said not in seen_by(manager)
    cancel_of(received)
    for who in (met_officer, manager):
        shown = seen_by(who)
        assert said in shown
        assert "or a duty manager of the charity, calls it off now" in shown
        assert reverse("alerts:call_off", args=[alert.reference]) in shown
    work = alert_work(manager.actor)
    assert work is not None
    assert [item.words for item in work.items] == [
        f"The national system called it off: end alert {alert.reference}"
    ]
    call_off(actor=room.manager, alert_id=alert.pk, cancel_reason="stood_down")
    assert said not in seen_by(manager)


def test_what_its_sender_calls_off_is_shown_while_our_alert_runs(received, met_officer, incident) -> None:
    services.take_up(actor=met_officer.actor, proposal_id=received.pk, incident_reference=incident.reference)
    cancel_of(received)
    client = met_officer.sign_in(Client())
    assert "Called off by their sender" in client.get(reverse("cap:list")).content.decode()
    assert (
        "What its sender said later"
        in client.get(reverse("cap:proposal", args=[received.reference])).content.decode()
    )
    work = received_alert_work(met_officer.actor)
    assert work is not None
    assert [item.words for item in work.items] == [f"Called off by its sender: {received.reference}"]


def test_work_tells_each_force_its_own(received, met_officer, kent_officer, caseworker) -> None:
    work = received_alert_work(met_officer.actor)
    assert work is not None
    assert work.count == 1
    assert received_alert_work(kent_officer.actor) is None
    assert received_alert_work(caseworker.actor) is None


def test_what_is_no_alert_is_listed_for_the_national_unit_alone(unit, met_officer, lambeth_area) -> None:
    services.keep_call(body=incoming(status=CapStatus.TEST).decode())
    services.read_arrivals()
    row = CapMessage.objects.get()
    assert row.result == "no_alert"
    words = row.get_result_display()
    assert words in unit.sign_in(Client()).get(reverse("cap:list")).content.decode()
    assert words not in met_officer.sign_in(Client()).get(reverse("cap:list")).content.decode()


def test_an_alert_that_was_withdrawn_cannot_be_taken_up(received, met_officer, incident) -> None:
    cancel_of(received)
    answer = _post(met_officer.sign_in(Client()), "proposal", received, incident=incident.reference)
    assert answer.status_code == 422
    assert "cancelled by its sender" in answer.content.decode()
    assert NATIONAL in answer.content.decode()


def test_the_charity_keeps_partners_and_the_secret_is_shown_once(
    duty_manager, met_administrator, caseworker, settings
) -> None:
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    client = duty_manager.sign_in(Client())
    assert client.get(reverse("cap:partners")).status_code == 200
    given = {"name": "Broadcaster", "url": "http://127.0.0.1:9/cap", "takes_exercises": ""}
    answer = client.post(reverse("cap:add"), given)
    target = PushTarget.objects.get()
    assert target.secret in answer.content.decode()
    page = reverse("cap:target", args=[target.reference])
    for place in (reverse("cap:partners"), page):
        text = client.get(place).content.decode()
        assert "Broadcaster" in text
        assert target.secret not in text
    for name, status in (("off", "off"), ("on", "active")):
        client.post(reverse(f"cap:{name}", args=[target.reference]))
        target.refresh_from_db()
        assert target.status == status
    for who in (met_administrator, caseworker):
        assert who.sign_in(Client()).get(reverse("cap:partners")).status_code == 403
        assert who.sign_in(Client()).get(page).status_code in {403, 404}
    assert client.get(reverse("cap:remove", args=[target.reference])).status_code == 200
    client.post(reverse("cap:remove", args=[target.reference]))
    assert client.get(page).status_code == 404


def test_adding_a_partner_asks_for_the_second_factor_anew(duty_manager) -> None:
    client = duty_manager.sign_in(Client(), fresh=False)
    assert client.get(reverse("cap:add")).status_code == 302


def test_a_mistake_on_the_form_keeps_what_was_typed(duty_manager) -> None:
    answer = duty_manager.sign_in(Client()).post(
        reverse("cap:add"), {"name": "Broadcaster", "url": "http://10.0.0.1/"}
    )
    assert answer.status_code == 422
    assert "http://10.0.0.1/" in answer.content.decode()


def test_what_went_out_is_listed_with_how_many_took_it(issued, duty_manager) -> None:
    text = duty_manager.sign_in(Client()).get(reverse("cap:partners")).content.decode()
    assert f"{issued.reference}.1" in text
    assert "0 of 0" in text
    assert "without a signature" not in text

"""The launch room: four people up to "ready to issue", rehearsals, and what nobody else sees."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from alerts import selectors, services
from alerts.enums import AlertStatus, Criterion
from alerts.models import ChildRescueAlert
from foundation.accounts.models import Organisation
from foundation.audit.models import AuditEvent
from missingcases import services as cases
from tests.alerts import making
from tests.cast import Member

pytestmark = pytest.mark.django_db
S = AlertStatus


def person(actor) -> Member:
    user = get_user_model().objects.get(pk=actor.user_id)
    return Member(user, Organisation.objects.get(pk=actor.organisation_id))


def page(who, name: str, *args: object, data: dict[str, object] | None = None, fresh: bool = True):
    """One page as somebody opens it, or sends its form."""
    client = (who if isinstance(who, Member) else person(who)).sign_in(Client(), fresh=fresh)
    address = reverse(f"alerts:{name}", args=args)
    return client.get(address) if data is None else client.post(address, data)


def told(answer) -> str:
    return answer.content.decode()


def proposing(**given: object) -> dict[str, object]:
    return {
        "form_token": str(uuid4()),
        "first_name": "Robin",
        "age": "9",
        "description": "Four feet tall",
        "clothing": "A red coat",
        "last_seen_place": "Camden",
        "suspect": "A man of about 40",
        "vehicle": "A blue van",
        "area_1": "Camden (borough)",
    } | given


def test_four_people_bring_it_to_be_issued_by_the_pages(room, incident) -> None:
    making.area()
    offered = page(room.officer, "propose", incident.reference)
    assert 'value="Robin"' in told(offered)
    made = page(room.officer, "propose", incident.reference, data=proposing())
    alert = ChildRescueAlert.objects.get()
    assert made.url == reverse("alerts:room", args=[alert.reference])
    for one in Criterion:
        given = {"answer": "met", "evidence": making.EVIDENCE, "version": alert.version}
        assert page(room.officer, "criterion", alert.reference, one.value, data=given).status_code == 302
        alert.refresh_from_db()
    step = {"read": "on", "version": alert.version}
    assert page(room.superintendent, "authorise", alert.reference, data=step).status_code == 302
    alert.refresh_from_db()
    step["version"] = alert.version
    assert page(room.unit, "agree", alert.reference, data=step).status_code == 302
    assert page(room.officer, "calls", alert.reference, data={"ready": "on"}).status_code == 302
    alert.refresh_from_db()
    assert (alert.status, alert.call_handling_ready_by_id) == (S.NCA_AGREED, room.officer.user_id)
    shown = told(page(room.manager, "room", alert.reference))
    for name in ("Asha Okoro", "Ruth Aldous", "Ned Castle", making.EVIDENCE):
        assert name in shown.replace("&#x27;", "'")
    assert "A duty manager of the charity who had no other part issues it." in shown


def test_everybody_who_decides_sees_the_same_words(room, agreed) -> None:
    shown = [told(page(actor, "room", agreed.reference)) for actor in (room.officer, room.unit, room.manager)]
    for one in shown:
        assert "CHILD RESCUE ALERT" in one.upper()
        assert "1 text, " in one or "2 texts, " in one
        assert "Camden" in one


@pytest.mark.parametrize("name", ["room", "live", "content", "areas", "outline", "calls", "decline", "again"])
def test_another_force_is_told_that_there_is_no_such_alert(room, proposed, kent_officer, name) -> None:
    assert page(kent_officer, name, proposed.reference).status_code in {403, 404}
    assert page(kent_officer, "room", proposed.reference).status_code == 404
    assert proposed.reference not in told(page(kent_officer, "listing"))


def test_who_may_not_know_of_it(room, proposed, caseworker, publicity_officer, auditor) -> None:
    for who in (publicity_officer, auditor):
        assert page(who, "room", proposed.reference).status_code == 403
    assert page(caseworker, "room", proposed.reference).status_code == 404
    assert page(room.unit, "room", proposed.reference).status_code == 404
    making.authorised(room, proposed)
    assert page(room.unit, "room", proposed.reference).status_code == 200


def test_saying_yes_asks_for_the_second_factor_again(room, checked) -> None:
    stale = page(room.superintendent, "authorise", checked.reference, fresh=False)
    assert stale.status_code == 302
    assert "reauthenticate" in stale.url


def test_a_form_that_is_wrong_keeps_what_was_typed(room, incident) -> None:
    making.area()
    answer = page(room.officer, "propose", incident.reference, data=proposing(age="40", area_1="Nowhere"))
    assert answer.status_code == 422
    assert "A blue van" in told(answer)
    assert not ChildRescueAlert.objects.exists()


def test_a_change_after_a_yes_says_so_and_asks_again(room, agreed) -> None:
    offered = page(room.manager, "content", agreed.reference)
    assert "all are asked again" in told(offered)
    content = selectors.newest_content(agreed)
    words = selectors.wordings_of(content)[0]
    given = {
        "version": agreed.version,
        "first_name": "Robin",
        "age": "9",
        "clothing": "A green coat",
        "photo": "none",
        "headline": words.headline,
        "words": words.description,
        "instruction": words.instruction,
        "sms": "Robin, 9, last seen in Camden in a green coat. Call 999",
    }
    assert page(room.manager, "content", agreed.reference, data=given).status_code == 302
    agreed.refresh_from_db()
    assert agreed.status == S.PROPOSED
    late = page(room.officer, "content", agreed.reference, data=given | {"clothing": "A blue coat"})
    assert late.status_code == 422
    assert "A blue coat" in told(late)


def test_areas_and_an_outline_are_chosen(room, proposed) -> None:
    making.area("Lambeth", "E09000022")
    given = {"area_1": "Camden (borough)", "area_2": "Lambeth (borough)", "version": proposed.version}
    assert page(room.officer, "areas", proposed.reference, data=given).status_code == 302
    proposed.refresh_from_db()
    drawn = {"polygon": "51.5,-0.1 51.6,-0.1 51.6,0", "version": proposed.version}
    assert page(room.manager, "outline", proposed.reference, data=drawn).status_code == 302
    proposed.refresh_from_db()
    wrong = page(room.manager, "outline", proposed.reference, data=drawn | {"polygon": "here"})
    assert wrong.status_code == 422
    assert selectors.newest_content(proposed).polygon.startswith("51.50000,")


def test_agreement_by_telephone_by_its_pages(room, authorised, settings) -> None:
    number = settings.ALERT_DIRECTORY_NUMBERS[0]
    given = {"officer_name": "Ned Castle", "called_back_on": number, "version": authorised.version}
    assert page(room.manager, "record", authorised.reference, data=given).status_code == 302
    authorised.refresh_from_db()
    own = told(page(room.manager, "witness", authorised.reference))
    assert "You recorded it." in own
    heard = {"heard": "on", "version": authorised.version}
    assert page(room.second_manager, "witness", authorised.reference, data=heard).status_code == 302
    authorised.refresh_from_db()
    assert authorised.status == S.NCA_AGREED
    assert "By telephone, called back on" in told(page(room.officer, "room", authorised.reference))


def test_a_recorded_agreement_is_taken_back_by_its_page(room, authorised) -> None:
    number = "020 7946 0100"
    services.record_telephone_agreement(
        actor=room.manager, alert_id=authorised.pk, officer_name="Ned Castle", called_back_on=number
    )
    assert page(room.second_manager, "take_back", authorised.reference, data={}).status_code == 302
    assert selectors.agreement_of(authorised) is None


def test_no_with_a_reason_is_shown_to_everybody(room, proposed) -> None:
    bare = {"reason": "", "version": proposed.version}
    assert page(room.superintendent, "decline", proposed.reference, data=bare).status_code == 422
    given = bare | {"reason": "The child is with her aunt."}
    assert page(room.superintendent, "decline", proposed.reference, data=given).status_code == 302
    assert "with her aunt" in told(page(room.manager, "room", proposed.reference))
    assert proposed.reference in told(page(room.manager, "past"))
    assert proposed.reference not in told(page(room.manager, "listing"))


def test_all_are_asked_again_and_it_is_called_off(room, agreed) -> None:
    given = {"reason": "Another witness.", "version": agreed.version}
    assert page(room.officer, "again", agreed.reference, data=given).status_code == 302
    agreed.refresh_from_db()
    assert agreed.status == S.PROPOSED
    off = page(room.officer, "call_off", agreed.reference, data={"cancel_reason": "found_safe"})
    assert off.status_code == 302
    agreed.refresh_from_db()
    assert agreed.status == S.CANCELLED


def test_a_comment_is_read_by_everybody_in_the_room(room, authorised) -> None:
    token = str(uuid4())
    for _ in range(2):
        page(
            room.unit, "room", authorised.reference, data={"text": "Is the van marked?", "form_token": token}
        )
    assert told(page(room.officer, "room", authorised.reference)).count("Is the van marked?") == 1
    empty = page(room.unit, "room", authorised.reference, data={"text": " ", "form_token": str(uuid4())})
    assert empty.status_code == 422


def test_a_rehearsal_is_marked_on_every_page(room) -> None:
    making.area()
    made = page(room.officer, "rehearse", data=proposing(photo="none"))
    alert = ChildRescueAlert.objects.get()
    assert made.status_code == 302
    assert alert.is_rehearsal
    for name in ("room", "content", "areas", "outline", "calls", "again", "call_off"):
        shown = told(page(room.officer, name, alert.reference))
        assert "<title>Rehearsal: " in shown.replace("\n", ""), name
        assert "nothing of it goes to the public" in shown, name
    making.authorised(room, alert)
    for actor in (room.manager, room.unit):
        assert "nothing of it goes to the public" in told(page(actor, "room", alert.reference))
    assert ">Rehearsal<" in told(page(room.manager, "listing")).replace("\n", "").replace("  ", "")


def test_a_photo_of_the_record_is_shown_to_those_who_decide(room, incident) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (400, 500), "grey").save(drawn, "JPEG")
    photo = cases.add_photo(
        actor=room.officer, incident_id=incident.pk, content=drawn.getvalue(), alt_text="Robin, smiling"
    )
    alert = making.proposed(
        room,
        incident,
        photo_reference=photo.reference,
        content=making.details(alt_text="Robin, a boy with short brown hair"),
    )
    assert page(room.manager, "picture", alert.reference, 1)["Content-Type"] == "image/jpeg"
    assert page(room.manager, "picture", alert.reference, 2).status_code == 404
    assert page(room.unit, "picture", alert.reference, 1).status_code == 404


def test_opening_the_room_is_in_the_trail_and_its_refresh_is_not(room, proposed) -> None:
    page(room.manager, "room", proposed.reference)
    for _ in range(3):
        page(room.manager, "live", proposed.reference)
    assert AuditEvent.objects.filter(action="alerts.opened", target_id=proposed.pk).count() == 1


def test_the_list_asks_no_more_for_thirty_than_for_one(room, incident) -> None:
    making.proposed(room, incident)
    client = person(room.officer).sign_in(Client())

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("alerts:listing"))
        return len(seen)

    queries()
    before = queries()
    for _ in range(29):
        making.proposed(room, None)
    assert queries() <= before


def test_what_waits_is_on_my_work_of_whoever_it_waits_for(room, proposed) -> None:
    def work(actor) -> str:
        return person(actor).sign_in(Client()).get(reverse("work")).content.decode()

    assert f"Authorise alert {proposed.reference}" in work(room.superintendent)
    assert proposed.reference not in work(room.unit)
    making.authorised(room, proposed)
    assert f"Agree to alert {proposed.reference}" in work(room.unit)
    assert f"Alert {proposed.reference}" in work(room.manager)
    services.agree_alert(actor=room.unit, alert_id=proposed.pk)
    assert f"Issue alert {proposed.reference}" in work(room.third_manager)
    assert proposed.reference not in work(room.superintendent)


def test_the_incident_shows_it_to_its_force(room, proposed) -> None:
    def at(name: str) -> str:
        address = reverse(f"missingcases:{name}", args=[proposed.incident.reference])
        return person(room.officer).sign_in(Client()).get(address).content.decode()

    assert proposed.reference in at("services")
    assert "Child Rescue Alert proposed" in at("timeline")


def test_the_new_owner_of_an_incident_decides(room, agreed, kent) -> None:
    from alerts.services.following import follow_owner

    assert follow_owner(incident_id=agreed.incident_id, organisation_id=kent.pk) == 1
    agreed.refresh_from_db()
    assert (agreed.force_id, agreed.status, agreed.authorised_by_id) == (kent.pk, S.PROPOSED, None)

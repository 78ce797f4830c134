"""Every address of an incident, asked for and posted to by those who may not know that it exists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from missingcases import services
from missingcases.models import Action, Address, Incident, Note, Phone, Release, ReviewClock
from missingcases.urls import urlpatterns
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db
# What stands after the reference, by the name of the part.
PARTS = (
    "phone_id",
    "address_id",
    "code",
    "clock_id",
    "file_reference",
    "action_reference",
    "user_id",
    "release_reference",
)
NAMES = sorted(one.name for one in urlpatterns if "<str:reference>" in str(one.pattern))
BODY = {
    "reason": "x", "text": "Broken in", "audience": "everyone", "version": "1", "result": "x", "how": "done",
    "decision": "approve", "findings": "x", "kind": "cse", "status": "suspected", "source": "x",
    "sensitivity": "standard", "source_of": "x", "found_by": "police", "cause": "not_missing",
}  # fmt: skip


@pytest.fixture
def target(missing, met_officer, met_supervisor, charity, lambeth) -> Incident:
    """A Met incident with one of everything that hangs on one."""
    world.released(missing, met_officer.actor, charity.pk)
    services.add_note(
        actor=met_officer.actor, incident_id=missing.pk, text="Seen at the aunt's.", audience="owner"
    )
    services.add_address(
        actor=met_officer.actor, incident_id=missing.pk, address=services.AddressDetails(text="1 The Lane")
    )
    services.set_flag(
        actor=met_officer.actor, incident_id=missing.pk, kind="cse", status="suspected", source="Mother"
    )
    return missing


def address(name: str, incident: Incident) -> str:
    wanted = next(one for one in urlpatterns if one.name == name)
    kwargs = {"reference": incident.reference}
    for part in PARTS:
        if f":{part}>" in str(wanted.pattern):
            kwargs[part] = value_of(part, incident)
    return reverse(f"missingcases:{name}", kwargs=kwargs)


def value_of(part: str, incident: Incident) -> object:
    return {
        "phone_id": lambda: Phone.objects.get(person=incident.person).pk,
        "code": lambda: "health",
        "address_id": lambda: Address.objects.get(person=incident.person).pk,
        "clock_id": lambda: ReviewClock.objects.filter(incident=incident).first().pk,
        "file_reference": lambda: "none",
        "action_reference": lambda: incident.actions.first().reference,
        "user_id": lambda: incident.created_by_id,
        "release_reference": lambda: incident.releases.first().reference,
    }[part]()


def stand(incident: Incident) -> tuple[object, ...]:
    """All of it that an intruder could have changed."""
    incident.refresh_from_db()
    return (
        incident.version,
        incident.status,
        Note.objects.count(),
        list(Action.objects.order_by("pk").values_list("status", flat=True)),
        list(Release.objects.order_by("pk").values_list("status", "version")),
        list(ReviewClock.objects.order_by("pk").values_list("done_at", flat=True)),
        list(incident.audience.order_by("pk").values_list("principal", "revoked_at")),
        list(incident.person.flags.order_by("pk").values_list("kind", "status")),
    )


@pytest.fixture(params=["kent_supervisor", "kent_officer", "other_authority_worker", "rhi_interviewer"])
def stranger(request) -> Iterator[object]:
    """Somebody to whom the incident does not exist."""
    return request.getfixturevalue(request.param)


def test_every_address_is_not_there_for_a_stranger(target, stranger, client_of) -> None:
    client, before = client_of(stranger), stand(target)
    for name in NAMES:
        where = address(name, target)
        for answer in (client.get(where), client.post(where, BODY)):
            # 403 only where the role itself has no such page, whatever the incident; the body says nothing.
            assert answer.status_code in {403, 404, 405}, (name, answer.status_code)
            nowhere = where.replace(target.reference, "HB-NOWHERE")
            if answer.status_code != 405:
                assert client.get(nowhere).status_code in {answer.status_code, 405}, name
            assert "Alex" not in answer.content.decode(), name
    assert stand(target) == before


def test_the_other_forces_supervisor_gets_404_and_never_403(target, kent_supervisor, client_of) -> None:
    client = client_of(kent_supervisor)
    ranks = {"identify", "long_term", "threat"}
    for name in sorted(set(NAMES) - ranks):
        answers = {
            client.get(address(name, target)).status_code,
            client.post(address(name, target), BODY).status_code,
        }
        assert answers <= {404, 405}, name
        assert 404 in answers, name


def test_the_charity_writes_nothing_of_the_record(target, caseworker, duty_manager, client_of) -> None:
    allowed = {"note_add", "attachment_add", "threat"}
    before = stand(target)
    for person in (caseworker, duty_manager):
        client = client_of(person)
        for name in sorted(set(NAMES) - allowed):
            answer = client.post(address(name, target), BODY)
            assert answer.status_code in {403, 404, 405, 422}, (name, answer.status_code)
    assert stand(target) == before


def test_a_foreign_part_is_not_reached_through_an_incident_of_ones_own(
    target, kent_supervisor, client_of
) -> None:
    own = world.graded(world.reported(kent_supervisor.actor, "Sam", "Other"), kent_supervisor.actor)
    client, before = client_of(kent_supervisor), stand(target)
    for name in ("phone", "address", "review", "action_finish", "release", "release_decide", "release_revoke",
                 "release_acknowledge", "photo_consent", "attachment", "photo"):  # fmt: skip
        mixed = address(name, target).replace(target.reference, own.reference)
        assert client.get(mixed).status_code in {404, 405}, name
        assert client.post(mixed, BODY).status_code in {404, 405}, name
    assert stand(target) == before


@pytest.mark.parametrize("asked", ["Alex", "Example", "Alex Example", "reference"])
def test_no_search_finds_it(asked: str, target, stranger, client_of) -> None:
    text = target.reference if asked == "reference" else asked
    page = client_of(stranger).get(reverse("missingcases:incident_list"), {"q": text, "status": "any"})
    if page.status_code == 200:
        shown = page.content.decode()
        assert address("overview", target) not in shown
        assert "Brixton" not in shown


def test_no_filter_counts_it(target, kent_supervisor, client_of) -> None:
    ReviewClock.objects.update(due_at=timezone.now() - timedelta(hours=1))
    client = client_of(kent_supervisor)
    for query in ({}, {"status": "any"}, {"risk": "high"}, {"overdue": "on"}, {"mine": "on"}):
        shown = client.get(reverse("missingcases:incident_list"), query).content.decode()
        assert target.reference not in shown, query
    for page in (reverse("missingcases:sheet"), "/"):
        assert target.reference not in client.get(page).content.decode(), page


def test_a_foreign_person_is_not_reported_again_by_guessing(target, kent_officer, client_of) -> None:
    before = Incident.objects.count()
    page = client_of(kent_officer).get(reverse("missingcases:report"), {"person": target.person.reference})
    assert "Alex" not in page.content.decode()
    assert Incident.objects.count() == before


def test_looking_for_what_is_not_theirs_tells_the_trail_nothing_was_opened(
    target, kent_supervisor, client_of
) -> None:
    client_of(kent_supervisor).get(address("overview", target))
    opened = AuditEvent.objects.filter(action="incident.opened", user_id=kent_supervisor.user.pk)
    assert not opened.exists()

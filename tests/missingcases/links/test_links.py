"""A link between two forces: asked, answered, ended, and what each side sees of it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging.models import Message
from missingcases.links import contributions, services
from missingcases.links.enums import LinkStatus
from missingcases.links.models import RecordLink
from missingcases.models import TimelineEntry
from tests.missingcases.links.looking import at, client_of, page_of

pytestmark = pytest.mark.django_db


def test_the_whole_way_by_the_pages(ours, theirs, met_supervisor, kent_supervisor, kent) -> None:
    met, other = client_of(met_supervisor), client_of(kent_supervisor)
    form = met.get(at("ask", ours.reference)).content.decode()
    assert "A likely record is held by" in form
    assert kent.name in form
    assert theirs.reference not in form
    given = {
        "force": kent.pk,
        "named": theirs.reference.lower(),
        "words": "Spoke to your control room at 10.",
    }
    assert met.post(at("ask", ours.reference), given).status_code == 302
    link = RecordLink.objects.get()

    question = page_of(kent_supervisor, link)
    assert "Spoke to your control room" in question
    assert theirs.reference in question
    for hidden in (ours.reference, "Nowak", ours.person.reference, "Dilys Probert"):
        assert hidden not in question, hidden
    assert f'value="{theirs.reference}"' in other.get(at("accept", link.reference)).content.decode()
    assert other.post(at("accept", link.reference), {"incident": theirs.reference}).url == at("list")

    for somebody, own, foreign in (
        (met_supervisor, ours, theirs),
        (kent_supervisor, theirs, ours),
    ):
        page = page_of(somebody, link)
        assert own.reference in page
        assert foreign.reference in page
        assert "Reported" in page  # its status
        assert foreign.person.reference not in page
        assert reverse("missingcases:overview", args=[foreign.reference]) not in page
        who = client_of(somebody).get(reverse("missingcases:people", args=[own.reference]))
        assert foreign.reference in who.content.decode()
        assert client_of(somebody).get(f"/incidents/{foreign.reference}/").status_code == 404

    assert met.post(at("end", link.reference), {"reason": ""}).status_code == 422
    assert met.post(at("end", link.reference), {"reason": "Two people after all."}).status_code == 302
    assert "Its status" not in page_of(met_supervisor, link)
    ended = page_of(kent_supervisor, link)
    assert ours.reference not in ended
    assert "Two people after all" not in ended


def test_who_may_not_ask_or_answer(asked, ours, theirs, met_officer, kent_officer, kent, caseworker) -> None:
    for stranger in (met_officer, caseworker):
        assert client_of(stranger).get(at("ask", ours.reference)).status_code == 403
        assert client_of(stranger).get(at("list")).status_code == 403
    assert client_of(kent_officer).get(at("link", asked.reference)).status_code == 404
    assert client_of(met_officer).get(at("link", asked.reference)).status_code == 200
    with pytest.raises(Refused):
        services.ask_link(actor=met_officer.actor, incident_id=ours.pk, organisation_id=kent.pk)
    with pytest.raises(Refused):
        services.accept_link(actor=kent_officer.actor, link_id=asked.pk, incident_reference=theirs.reference)


def test_each_side_does_only_what_is_its_own(asked, theirs, met_supervisor, kent_supervisor) -> None:
    with pytest.raises(NotVisible):
        services.accept_link(
            actor=met_supervisor.actor, link_id=asked.pk, incident_reference=theirs.reference
        )
    with pytest.raises(NotVisible):
        services.withdraw_link(actor=kent_supervisor.actor, link_id=asked.pk)
    assert client_of(kent_supervisor).get(at("decline", asked.reference)).status_code == 200
    assert client_of(met_supervisor).get(at("decline", asked.reference)).status_code == 404


def test_declined_with_a_reason_that_the_asking_force_reads(asked, met_supervisor, kent_supervisor) -> None:
    client = client_of(kent_supervisor)
    assert client.post(at("decline", asked.reference), {"reason": " "}).status_code == 422
    assert client.post(at("decline", asked.reference), {"reason": "Ring us first."}).status_code == 302
    page = page_of(met_supervisor, asked)
    assert "Ring us first." in page
    assert "Their incident" not in page
    assert client.get(at("link", asked.reference)).status_code == 404


def test_taken_back(asked, theirs, met_supervisor, kent_supervisor) -> None:
    client = client_of(met_supervisor)
    client.post(at("withdraw", asked.reference))
    assert RecordLink.objects.get().status == LinkStatus.WITHDRAWN
    again = client.post(at("withdraw", asked.reference), follow=True).content.decode()
    assert "This cannot be done" in again
    with pytest.raises(Refused):
        services.accept_link(
            actor=kent_supervisor.actor, link_id=asked.pk, incident_reference=theirs.reference
        )


def test_a_second_question_about_the_same_is_refused(asked, ours, theirs, met_supervisor, kent) -> None:
    client = client_of(met_supervisor)
    given = {"force": kent.pk, "named": theirs.reference, "words": "Kept words"}
    page = client.post(at("ask", ours.reference), given)
    assert page.status_code == 422
    assert "has asked this already" in page.content.decode()
    assert "Kept words" in page.content.decode()
    for wrong in ("MP-ABCDEFGH", "hello", "MI-1"):
        with pytest.raises(Invalid):
            services.ask_link(
                actor=met_supervisor.actor, incident_id=ours.pk, organisation_id=kent.pk, named=wrong
            )
    for nowhere in (met_supervisor.organisation.pk, 0):
        with pytest.raises(Invalid):
            services.ask_link(actor=met_supervisor.actor, incident_id=ours.pk, organisation_id=nowhere)


def test_both_asked_one_acceptance_answers_both(
    asked, ours, theirs, met, met_supervisor, kent_supervisor
) -> None:
    other = services.ask_link(
        actor=kent_supervisor.actor, incident_id=theirs.pk, organisation_id=met.pk, named=ours.reference
    )
    services.accept_link(actor=kent_supervisor.actor, link_id=asked.pk, incident_reference=theirs.reference)
    other.refresh_from_db()
    assert other.status == LinkStatus.JOINED
    later = services.ask_link(actor=kent_supervisor.actor, incident_id=theirs.pk, organisation_id=met.pk)
    client = client_of(met_supervisor)
    page = client.post(at("accept", later.reference), {"incident": ours.reference}, follow=True)
    assert "linked already" in page.content.decode()


def test_both_forces_are_told_by_e_mail_that_names_nobody(
    ours, theirs, met_supervisor, kent, kent_supervisor
) -> None:
    link = services.ask_link(
        actor=met_supervisor.actor, incident_id=ours.pk, organisation_id=kent.pk, named=theirs.reference
    )
    services.tell_asked(link.pk)
    services.tell_asked(link.pk)  # twice is once
    told = Message.objects.get(owner_label="links.RecordLink")
    assert told.organisation_id == kent.pk
    services.accept_link(actor=kent_supervisor.actor, link_id=link.pk, incident_reference=theirs.reference)
    services.tell_asked(link.pk)
    services.tell_answered(link.pk)
    assert Message.objects.filter(owner_label="links.RecordLink").count() == 2
    assert services.still_concerns(link.pk) is None
    RecordLink.objects.filter(pk=link.pk).update(status=LinkStatus.WITHDRAWN)
    assert services.still_concerns(link.pk) is not None


def test_my_work_shows_the_question_until_it_is_answered(asked, kent_supervisor, kent_officer) -> None:
    queue = contributions.link_work(kent_supervisor.actor)
    assert queue is not None
    assert queue.count == 1
    assert "asks about a record" in client_of(kent_supervisor).get("/").content.decode()
    assert contributions.link_work(kent_officer.actor) is None
    services.decline_link(actor=kent_supervisor.actor, link_id=asked.pk, reason="No.")
    assert contributions.link_work(kent_supervisor.actor) is None


def test_every_step_is_audited_and_reads_too(accepted, ours, theirs, met_supervisor) -> None:
    page_of(met_supervisor, accepted)
    actions = set(AuditEvent.objects.filter(action__startswith="link.").values_list("action", flat=True))
    assert actions >= {"link.asked", "link.accepted", "link.read"}


def test_the_timeline_names_nobody_of_the_other_force(accepted, ours, theirs, met_supervisor) -> None:
    rows = TimelineEntry.objects.filter(kind="link.accepted")
    assert set(rows.values_list("incident_id", "organisation_id")) == {
        (ours.pk, ours.owner_id),
        (theirs.pk, theirs.owner_id),
    }
    assert rows.get(incident=ours).user_id is None
    page = client_of(met_supervisor).get(f"/incidents/{ours.reference}/timeline/").content.decode()
    assert "Linked with an incident of another force" in page
    assert "Paula Finch" not in page

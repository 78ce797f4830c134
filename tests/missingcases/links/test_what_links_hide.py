"""Asking tells nothing, and what is restricted or handed over is linked no more."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from foundation.access import Refused
from foundation.accounts.models import Organisation
from foundation.exceptions import Invalid, NotVisible
from missingcases import services as cases
from missingcases.links import selectors, services
from missingcases.links.enums import LinkStatus
from missingcases.links.models import RecordLink
from missingcases.models import TimelineEntry
from tests.missingcases import making
from tests.missingcases.links.looking import at, client_of, coordinator_of, page_of

pytestmark = pytest.mark.django_db


def test_until_it_is_accepted_nothing_of_theirs_is_shown(asked, theirs, met_supervisor) -> None:
    link = RecordLink.objects.get(pk=asked.pk)
    told = selectors.other_side_of(met_supervisor.actor, link)
    assert (told.reference, told.status) == ("", "")
    assert "Their incident" not in page_of(met_supervisor, link)


def everything_said(client: Client, address: str, given: dict[str, object]) -> str:
    answer = client.post(address, given, follow=True)
    page = answer.content.decode()
    link = RecordLink.objects.latest("pk")
    page += client.get(at("link", link.reference)).content.decode() + client.get(at("list")).content.decode()
    return page.replace(link.reference, "LK").replace(str(given["named"]), "NAMED")


def without_tokens(page: str) -> str:
    return re.sub(
        r'(csrf[^>]*value="|nonce="|X-CSRFToken[^"]*"[^"]*")[^"]+|datetime="[^"]+"|title="[^"]+"', "", page
    )


@pytest.mark.parametrize("kind", ["restricted", "missing", "another force's", "not theirs"])
def test_asking_about_what_is_hidden_looks_like_asking_about_what_exists(
    kind, theirs, met_officer, met_supervisor, kent, kent_supervisor, kent_officer
) -> None:
    hidden = making.report(kent_officer.actor, given_names="Wit", family_name="Ness")
    cases.restrict_incident(actor=kent_supervisor.actor, incident_id=hidden.pk, reason="A witness.")
    own = making.report(met_officer.actor)
    named = {
        "restricted": hidden.reference,
        "missing": "MI-ABCDEFGH",
        "another force's": making.report(met_officer.actor).reference,
        "not theirs": own.reference,
    }[kind]
    pages = []
    standing = time_machine.travel(timezone.now(), tick=False)
    standing.start()
    for reference in (theirs.reference, named):
        incident = making.report(met_officer.actor)
        client = client_of(met_supervisor)
        given = {"force": kent.pk, "named": reference, "words": ""}
        said = everything_said(client, at("ask", incident.reference), given)
        pages.append(
            without_tokens(said.replace(incident.reference, "MI").replace(incident.person.reference, "MP"))
        )
        RecordLink.objects.all().delete()
        TimelineEntry.objects.filter(incident=incident).delete()
    standing.stop()
    assert pages[0] == pages[1]


def test_a_restricted_record_is_named_to_nobody_who_may_not_see_it(
    ours, theirs, met_supervisor, kent, kent_supervisor, kent_officer
) -> None:
    cases.restrict_incident(actor=kent_supervisor.actor, incident_id=theirs.pk, reason="A witness.")
    link = services.ask_link(
        actor=met_supervisor.actor, incident_id=ours.pk, organisation_id=kent.pk, named=theirs.reference
    )
    assert link.theirs_id is None
    other = coordinator_of(kent)
    assert "no record of this reference that you may see" in page_of(other, link)
    with pytest.raises(Invalid):
        services.accept_link(actor=other.actor, link_id=link.pk, incident_reference=theirs.reference)
    # The one person who sees it does not link it either.
    with pytest.raises(Invalid):
        services.accept_link(
            actor=kent_supervisor.actor, link_id=link.pk, incident_reference=theirs.reference
        )
    assert RecordLink.objects.get().status == LinkStatus.ASKED


def test_without_a_reference_the_machinery_tells_the_asked_force_alone(
    ours, theirs, met_supervisor, kent, kent_supervisor
) -> None:
    link = services.ask_link(actor=met_supervisor.actor, incident_id=ours.pk, organisation_id=kent.pk)
    assert link.theirs_id == theirs.pk
    assert theirs.reference in page_of(kent_supervisor, link)
    assert theirs.reference not in page_of(met_supervisor, link)


def test_where_nothing_is_likely_the_question_goes_all_the_same(
    ours, met_supervisor, kent, kent_supervisor
) -> None:
    link = services.ask_link(actor=met_supervisor.actor, incident_id=ours.pk, organisation_id=kent.pk)
    assert link.theirs_id is None
    assert "They named no reference" in page_of(kent_supervisor, link)


def test_what_is_restricted_later_ends_its_links_in_silence(
    accepted, ours, theirs, met_supervisor, kent_supervisor
) -> None:
    cases.restrict_incident(actor=kent_supervisor.actor, incident_id=theirs.pk, reason="A witness.")
    link = RecordLink.objects.get()
    assert link.status == LinkStatus.ENDED
    page = page_of(met_supervisor, link)
    assert "restrict" not in page.lower()
    assert "Its status" not in page
    assert "Ended" in page


def test_a_question_about_what_is_restricted_later_is_taken_back(asked, ours, met_supervisor) -> None:
    cases.restrict_incident(actor=met_supervisor.actor, incident_id=ours.pk, reason="A witness.")
    assert RecordLink.objects.get().status == LinkStatus.WITHDRAWN
    with pytest.raises(Refused):
        services.ask_link(actor=met_supervisor.actor, incident_id=ours.pk, organisation_id=asked.asked_id)


def test_a_transfer_ends_the_links_of_the_old_owner(accepted, ours, met_supervisor, kent_supervisor) -> None:
    graded = making.missing(met_supervisor.actor, ours)
    offer = cases.offer_transfer(
        actor=met_supervisor.actor,
        incident_id=graded.pk,
        to_organisation_id=kent_supervisor.organisation.pk,
        reason="She lives there.",
    )
    cases.accept_transfer(actor=kent_supervisor.actor, transfer_id=offer.pk)
    assert RecordLink.objects.get().status == LinkStatus.ENDED


def test_a_third_force_finds_nothing(accepted, ours) -> None:
    essex = coordinator_of(Organisation.objects.get(code="essex"))
    for name in ("link", "accept", "decline", "end"):
        assert client_of(essex).get(at(name, accepted.reference)).status_code == 404, name
    assert client_of(essex).post(at("withdraw", accepted.reference)).status_code == 404
    assert ours.reference not in client_of(essex).get(at("list")).content.decode()
    with pytest.raises(NotVisible):
        services.end_link(actor=essex.actor, link_id=accepted.pk, reason="x")

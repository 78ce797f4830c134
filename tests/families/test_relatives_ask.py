"""A relative asks what the charity holds about them; who was told from a record without an incident."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from families.enums import Bond
from families.helpline.models import Concern, ContactLink, HelplineContact
from families.models import ContactRecord
from families.services import contacts, members
from foundation.exceptions import Invalid
from missingcases.disclosure import selectors as disclosure
from missingcases.models import Release
from missingcases.subject_access import services as access
from missingcases.subject_access.models import AccessRequest
from missingcases.subject_access.services import answering
from tests.cast import Member, member
from tests.families.conftest import share

pytestmark = pytest.mark.django_db


@pytest.fixture
def dpo(charity) -> Member:
    return member("dpo@charity.example", "Dee Protection", charity, "auditor")


def ask(who: Member, reference: str) -> AccessRequest:
    return access.receive(
        actor=who.actor, reference=reference, received_on=timezone.localdate(), asked="Ngozi Bright, by post"
    )


@pytest.fixture
def heard(case, mother, father, family_worker) -> None:
    """Each of two relatives in conflict said something."""
    members.set_bond(
        actor=family_worker.actor,
        case_id=case.pk,
        first_id=mother.pk,
        second_id=father.pk,
        kind=Bond.SEPARATED,
        in_conflict=True,
        why="He follows her.",
    )
    for who, words in ((mother, "I cannot sleep."), (father, "Where does she live?")):
        contacts.log_contact(
            actor=family_worker.actor, case_id=case.pk, member_id=who.pk, channel="call", direction="in",
            started_at=timezone.now(), ended_at=timezone.now(), heard=contacts.Heard(words=words),
            form_token=uuid4(),
        )  # fmt: skip


def test_a_relative_is_found_and_told_their_own_words_and_nobody_else_s(heard, mother, dpo) -> None:
    request = ask(dpo, mother.reference.lower())
    access.confirm_identity(actor=dpo.actor, request_id=request.pk, how="Passport seen.")
    access.begin(actor=dpo.actor, request_id=request.pk)
    access.collect(request_id=request.pk)
    request.refresh_from_db()

    assert (request.status, request.about, request.person) == ("in_review", mother.reference, None)
    told = {item.title for item in request.items.all()}
    assert {"What we know of you", "Way to reach you", "Contact with you"} <= told
    everything = json.dumps([item.content for item in request.items.all()])
    assert "I cannot sleep." in everything
    assert "Ngozi Bright" in everything
    for others in ("Where does she live?", "Peter Vance", "He follows her.", "Marigold"):
        assert others not in everything
    assert all(item.caution for item in request.items.all())
    page = dpo.sign_in(Client()).get(reverse("subject_access:request", args=[request.reference]))
    assert mother.reference in page.content.decode()


def test_no_other_organisation_learns_that_there_is_such_a_relative(mother, met) -> None:
    other = member("dpo@met.example", "Pat", met, "auditor")
    for reference in (mother.reference, "FM-AAAAAAAA"):
        with pytest.raises(Invalid) as refused:
            ask(other, reference)
        assert refused.value.problems == {"reference": answering.NOT_KNOWN}


def test_who_was_told_names_what_was_released_of_a_linked_contact(
    incident, charity, met, met_officer, caseworker, dpo
) -> None:
    share(incident, met_officer, charity)
    contact = HelplineContact.objects.create(
        charity=charity, channel="call", begun_at=timezone.now(), form_token=uuid4()
    )
    concern = Concern.objects.create(
        contact=contact,
        is_threat_to_life=True,
        concern="x",
        raised_by=caseworker.user,
        raised_at=timezone.now(),
    )
    release = Release.objects.filter(incident=incident).get()
    Release.objects.filter(pk=release.pk).update(
        incident=None, source_label="helpline.Concern", source_id=concern.pk,
        from_organisation=charity, to_organisation=met,
    )  # fmt: skip

    def listed() -> list[int]:
        about = disclosure.subject_named(dpo.actor, incident.reference)
        return [one.pk for one in disclosure.releases_of(dpo.actor, about)]

    assert listed() == []
    link = ContactLink.objects.create(
        contact=contact, incident=incident, ground="wish", status="linked", asked_by=caseworker.user,
        asked_at=timezone.now(),
    )  # fmt: skip
    assert listed() == [release.pk]
    person = disclosure.subject_named(dpo.actor, incident.person.reference)
    assert [one.pk for one in disclosure.releases_of(dpo.actor, person)] == [release.pk]
    link.status = "ended"
    link.save(update_fields=["status"])
    assert listed() == []
    assert ContactRecord.objects.count() == 0

"""An earlier record of the same person is found, with the reason in words, by those who may know of it."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.audit.models import AuditEvent
from missingcases import services
from missingcases.matching.models import PersonKeys
from missingcases.matching.selectors import Elsewhere, Found, Wanted, likely_people
from missingcases.matching.selectors.likely import MOST
from missingcases.matching.selectors.named import WITH_ONE_NAME
from missingcases.matching.services.keys import rebuild
from missingcases.models import Incident, MissingPerson
from tests.missingcases import making

pytestmark = pytest.mark.django_db
# Katherine O'Brien as a Russian passport has it.
RUSSIAN = (
    "\N{CYRILLIC CAPITAL LETTER KA}\u0430\u0442\u0435\u0440\u0438\u043d\u0435",
    "\u041e'\u0411\u0440\u0438\u0435\u043d",
)
BORN = date(2009, 3, 12)
KNOWN = {"given_names": "Katherine", "family_name": "O'Brien-Nowak", "date_of_birth": BORN, "sex": "female"}


@pytest.fixture
def incident(met_officer) -> Incident:
    return making.report(met_officer.actor, **KNOWN)


def reasons(actor, incident: Incident, **wanted) -> tuple[str, ...]:
    """Why the incident's person is found; empty where they are not."""
    found = likely_people(actor, Wanted(**wanted)).people
    return next((one.reasons for one in found if one.person.pk == incident.person_id), ())


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ({"given_names": "Katherine", "family_name": "O'Brien-Nowak"}, "same name"),
        ({"given_names": "katherine", "family_name": "OBRIEN NOWAK"}, "same name"),
        ({"given_names": "Katherine", "family_name": "Nowak"}, "same name"),
        ({"given_names": "Kate", "family_name": "O\u2019Brien"}, "nickname"),
        ({"given_names": "Catherin", "family_name": "Obrien"}, "sounds alike"),
        ({"given_names": "Kathreen", "family_name": "Obryxn"}, "name spelt differently"),
        ({"given_names": "O'Brien", "family_name": "Katherine"}, "given and family name swapped"),
        ({"given_names": RUSSIAN[0], "family_name": RUSSIAN[1]}, "sounds alike"),
        ({"family_name": "Nowak", "date_of_birth": BORN}, "same date of birth"),
        ({"given_names": "Katherine", "date_of_birth": date(2009, 12, 3)}, "day and month swapped"),
        ({"given_names": "Katherine", "date_of_birth": date(2009, 3, 13)}, "birth date one day off"),
        ({"family_name": "Nowak", "date_of_birth": date(2007, 3, 12)}, "birth date one digit off"),
        ({"given_names": "Katherine", "family_name": "Nowak", "age": 18}, "age fits"),
    ],
)
def test_an_earlier_record_is_found_for_its_reason(met_officer, incident, wanted, reason) -> None:
    assert reason in reasons(met_officer.actor, incident, **wanted)


def test_a_telephone_number_however_it_is_written(met_officer, incident) -> None:
    services.add_phone(
        actor=met_officer.actor,
        incident_id=incident.pk,
        phone=services.PhoneDetails(number="07700 900123"),
    )
    assert "same phone" in reasons(met_officer.actor, incident, phones=("+44 7700 900 123",))
    assert reasons(met_officer.actor, incident, phones=("0770",)) == ()


def test_an_address_and_no_clear_text_of_it(met_officer, incident) -> None:
    home = services.AddressDetails(text="14 Larch Grove, Lambeth SE11 4AB")
    services.add_address(actor=met_officer.actor, incident_id=incident.pk, address=home)
    assert "same address" in reasons(met_officer.actor, incident, addresses=("14 larch grove SE114AB",))
    assert reasons(met_officer.actor, incident, addresses=("99 Elm Road, Lambeth",)) == ()


def test_another_name_counts(met_officer) -> None:
    incident = making.report(met_officer.actor, **KNOWN | {"aliases": ("Kitty Malone",)})
    found = reasons(met_officer.actor, incident, given_names="Kitty", family_name="Malone")
    assert "another name they go by" in found


def test_a_corrected_name_is_found_and_the_old_one_is_not(met_officer, incident) -> None:
    services.edit_person(
        actor=met_officer.actor,
        incident_id=incident.pk,
        version=1,
        changes={"given_names": "Wilhelmina", "family_name": "Adeyemi"},
    )
    assert reasons(met_officer.actor, incident, given_names="Wilhelmina", family_name="Adeyemi")
    assert not reasons(met_officer.actor, incident, given_names="Katherine", family_name="Nowak")


def test_somebody_else_is_not_found(met_officer, incident) -> None:
    assert likely_people(met_officer.actor, Wanted(given_names="Olu", family_name="Sands")) == Found()
    assert likely_people(met_officer.actor, Wanted()) == Found()


def test_whoever_was_told_apart_is_left_out(met_officer, incident) -> None:
    wanted = Wanted(given_names="Katherine", family_name="Nowak")
    assert likely_people(met_officer.actor, wanted, but=[incident.person_id]).people == ()


def test_another_force_learns_that_there_is_a_record_and_whom_to_ask(
    incident, kent_officer, met_coordinator
) -> None:
    found = likely_people(
        kent_officer.actor, Wanted(given_names="Kate", family_name="Nowak", date_of_birth=BORN)
    )
    asked = "Ask their missing person coordinator: Ines Moura (coordinator@met.example)."
    assert found == Found(elsewhere=(Elsewhere("Metropolitan Police", asked),))


def test_another_force_cannot_fish_by_a_name(incident, kent_officer) -> None:
    assert likely_people(kent_officer.actor, Wanted(given_names="Katherine")) == Found()
    assert likely_people(kent_officer.actor, Wanted(date_of_birth=BORN)) == Found()


def test_without_a_coordinator_there_is_a_number_to_call(incident, kent_officer) -> None:
    wanted = Wanted(given_names="Katherine", family_name="Nowak", date_of_birth=BORN)
    assert likely_people(kent_officer.actor, wanted).elsewhere[0].contact.startswith("Call 101")


def test_somebody_known_by_a_restricted_incident_alone_is_nobody(
    incident, met_supervisor, second_met_officer, met_officer, kent_officer
) -> None:
    services.restrict_to(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        user_ids=[second_met_officer.user.pk],
        reason="A colleague's wife.",
    )
    wanted = Wanted(given_names="Katherine", family_name="Nowak", date_of_birth=BORN)
    assert likely_people(kent_officer.actor, wanted) == Found()
    assert likely_people(met_officer.actor, wanted) == Found()
    assert len(likely_people(second_met_officer.actor, wanted).people) == 1


def test_the_charity_and_an_authority_see_what_they_may_see_anyway(
    incident, caseworker, authority_worker, auditor, rhi_interviewer, met_officer, lambeth
) -> None:
    wanted = Wanted(given_names="Katherine", family_name="Nowak", date_of_birth=BORN)
    for who in (caseworker, authority_worker, auditor, rhi_interviewer):
        assert likely_people(who.actor, wanted) == Found()
    placed = making.report(met_officer.actor, **KNOWN, placing_authority_id=lambeth.pk)
    found = likely_people(authority_worker.actor, wanted)
    assert [one.person.pk for one in found.people] == [placed.person_id]
    assert found.elsewhere == ()


def test_a_look_is_audited_with_ids_and_no_words(met_officer, incident) -> None:
    likely_people(met_officer.actor, Wanted(given_names="Katherine", family_name="Nowak"))
    entry = AuditEvent.objects.filter(action="person.searched").latest("pk")
    assert (entry.target_ids, entry.fields) == ([incident.person_id], [])


def test_a_name_alone_is_found_among_many_nearly_like_it(met_officer) -> None:
    """Only the likest few words are looked up where there is one name: the name itself is among them."""
    for family in ("Drouner", "Dronner", "Droner", "Drooneer", "Droonar", "Druoner", "Dreoner"):
        making.report(met_officer.actor, given_names="", family_name=family)
    one = making.report(met_officer.actor, given_names="", family_name="Drooner")
    found = likely_people(met_officer.actor, Wanted(family_name="Drooner")).people
    assert one.person_id in [match.person.pk for match in found]


@pytest.mark.parametrize(("given", "told"), [("Leo", "Lfo"), ("Leo", "Leoo"), ("Wei", "Wie")])
def test_a_short_name_with_a_letter_wrong_is_found(met_officer, given, told) -> None:
    one = making.report(met_officer.actor, given_names=given, family_name="Slookootch")
    found = likely_people(met_officer.actor, Wanted(given_names=told, family_name="Slookootch")).people
    assert [match.person.pk for match in found] == [one.person_id]


def test_by_names_alone_a_handed_over_record_is_found_and_nobody_elses(
    incident, met_officer, met_supervisor, kent_officer, kent_supervisor, kent
) -> None:
    """Their own force's people come first, but one of another force whose record they see now is not lost."""
    own = [making.report(kent_officer.actor, **KNOWN).person_id for _ in range(3)]
    wanted = Wanted(given_names="Katherine", family_name="Nowak")

    def found(who) -> set[int]:
        return {one.person.pk for one in likely_people(who.actor, wanted).people}

    assert found(kent_officer) == set(own)
    assert found(met_officer) == {incident.person_id}
    transfer = services.offer_transfer(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        to_organisation_id=kent.pk,
        reason="She was traced to Dover.",
    )
    services.accept_transfer(actor=kent_supervisor.actor, transfer_id=transfer.pk)
    assert found(kent_officer) == {*own, incident.person_id}


def test_by_names_alone_nobody_finds_what_they_may_not_see(
    incident, met_officer, met_supervisor, second_met_officer, authority_worker, caseworker, lambeth
) -> None:
    placed = making.report(met_officer.actor, **KNOWN, placing_authority_id=lambeth.pk)
    services.restrict_to(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        user_ids=[second_met_officer.user.pk],
        reason="A colleague's wife.",
    )
    wanted = Wanted(given_names="Katherine", family_name="Nowak")
    seen_by = {
        who: {one.person.pk for one in likely_people(who.actor, wanted).people}
        for who in (met_officer, second_met_officer, authority_worker, caseworker)
    }
    assert seen_by == {
        met_officer: {placed.person_id},
        second_met_officer: {placed.person_id, incident.person_id},
        authority_worker: {placed.person_id},
        caseworker: set(),
    }


def test_by_names_alone_somebody_with_one_name_on_record_is_found(met_officer) -> None:
    one = making.report(met_officer.actor, given_names="", family_name="Nowak")
    found = likely_people(met_officer.actor, Wanted(given_names="Katherine", family_name="Nowak")).people
    assert [match.person.pk for match in found] == [one.person_id]


def test_by_names_alone_age_and_sex_say_who_comes_first(met_officer) -> None:
    """More of one name than are compared where nothing else is told: the age decides, not who is newest."""
    old = making.report(met_officer.actor, **KNOWN | {"date_of_birth": date(1950, 1, 1)})
    for _ in range(3):
        making.report(met_officer.actor, **KNOWN)
    wanted = Wanted(given_names="Katherine", family_name="Nowak", age=76)
    assert likely_people(met_officer.actor, wanted).people[0].person.pk == old.person_id


def test_by_names_alone_those_with_one_name_crowd_out_nobody(met_officer) -> None:
    """A name spelt far from the one asked for says less than none at all, and is shown all the same."""
    one = making.report(met_officer.actor, given_names="Wei", family_name="Slookootch")
    for _ in range(MOST + 5):
        making.report(met_officer.actor, given_names="", family_name="Slookootch")
    found = likely_people(met_officer.actor, Wanted(given_names="Wi", family_name="Slookootch")).people
    assert one.person_id in [match.person.pk for match in found]
    assert len(found) == WITH_ONE_NAME + 1


def test_by_names_alone_a_record_is_told_once_however_many_of_its_words_fit(met_officer) -> None:
    known = {"given_names": "Mary Marie", "family_name": "Slookootch Slookootsh", "aliases": ("Mary Marie",)}
    one = making.report(met_officer.actor, **known)
    found = likely_people(met_officer.actor, Wanted(given_names="Mary", family_name="Slookootch")).people
    assert [match.person.pk for match in found] == [one.person_id]


def test_names_alone_take_three_statements(met_officer, incident, django_assert_num_queries) -> None:
    wanted = Wanted(given_names="Kate", family_name="Nowak")
    actor = met_officer.actor
    likely_people(actor, wanted)  # prepares them
    with django_assert_num_queries(3):
        assert likely_people(actor, wanted).people[0].person == incident.person


def test_a_look_takes_five_statements(met_officer, incident, django_assert_num_queries) -> None:
    wanted = Wanted(given_names="Kate", family_name="Nowak", date_of_birth=BORN, phones=("07700 900123",))
    actor = met_officer.actor
    likely_people(actor, wanted)  # prepares what is prepared
    with django_assert_num_queries(5):
        assert len(likely_people(actor, wanted).people) == 1


def test_keys_are_made_for_people_who_have_none(met_officer, incident) -> None:
    PersonKeys.objects.all().delete()
    MissingPerson.objects.create(organisation_id=met_officer.organisation.pk, given_names="Sam")
    assert (rebuild(limit=1), rebuild(limit=1), rebuild(limit=1)) == (1, 1, 0)
    assert reasons(met_officer.actor, incident, given_names="Katherine", family_name="Nowak")

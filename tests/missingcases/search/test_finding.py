"""What the search finds, and that it finds nothing one may not see."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from missingcases import selectors
from missingcases import services as cases
from missingcases.enums import Audience
from missingcases.models import Incident, Note
from missingcases.selectors import Filters
from missingcases.selectors.opening import Readable
from missingcases.selectors.sight import seen_at, with_words
from tests.missingcases import making
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db
PAGE = "/search/"


@pytest.fixture
def incident(met_officer) -> Incident:
    found = world.reported(met_officer.actor, given="Zoë", family="Håkansson")
    cases.add_note(
        actor=met_officer.actor,
        incident_id=found.pk,
        text="Often sits by the boating lakes with a blue rucksack.",
        audience=Audience.OWNER,
    )
    return found


def found(actor, **asked: str) -> list[str]:
    rows = selectors.narrowed(actor, Filters(**asked)).order_by("pk")
    return list(rows.values_list("reference", flat=True))


@pytest.mark.parametrize(
    "asked",
    [
        {"text": "zoe hakansson"},
        {"text": "HÅKANSSON"},
        {"phone": world.NUMBER},
        {"place": "brixton"},
        {"words": "lake rucksacks"},
        {"words": '"blue rucksack"'},
        {"place": "Brixton", "words": "boating", "phone": world.NUMBER},
    ],
    ids=str,
)
def test_an_incident_is_found_by_whatever_is_known(incident, met_officer, kent_officer, asked) -> None:
    making.report(met_officer.actor, given_names="Somebody", family_name="Else")
    assert found(met_officer.actor, **asked) == [incident.reference]
    assert found(kent_officer.actor, **asked) == []


@pytest.mark.parametrize(
    "asked", [{"phone": "+447700900999"}, {"place": "Leeds"}, {"words": "blue -rucksack"}]
)
def test_what_does_not_fit_is_not_found(incident, met_officer, asked) -> None:
    assert found(met_officer.actor, **asked) == []


def test_references_and_other_names_are_found(met_officer) -> None:
    one = making.report(met_officer.actor, aliases=("Lex Luthor",), force_reference="01MP/77")
    for words in (one.reference, one.person.reference, "01mp/77", "lex"):
        assert found(met_officer.actor, text=words) == [one.reference]


def test_words_of_a_note_find_it_for_those_alone_who_may_read_the_note(
    incident, met_officer, met_supervisor, authority_worker, lambeth, caseworker, charity
) -> None:
    cases.edit_incident(
        actor=met_officer.actor,
        incident_id=incident.pk,
        version=Incident.objects.get(pk=incident.pk).version,
        changes={"placing_authority_id": lambeth.pk},
    )
    assert found(authority_worker.actor, text="Zoë") == [incident.reference], "they see the record"
    assert found(authority_worker.actor, words="rucksack") == [], "but not the owner's note"
    cases.add_note(
        actor=met_officer.actor,
        incident_id=incident.pk,
        text="Asked the school.",
        audience=Audience.AUTHORITY,
    )
    assert found(authority_worker.actor, words="school") == [incident.reference]


def test_notes_across_incidents_are_those_of_each_incident(
    incident, met_officer, met_supervisor, kent_officer, caseworker, authority_worker, lambeth, charity
) -> None:
    second = world.graded(world.reported(met_officer.actor), met_supervisor.actor)
    world.released(second, met_officer.actor, charity.pk)
    cases.edit_incident(
        actor=met_officer.actor,
        incident_id=second.pk,
        version=Incident.objects.get(pk=second.pk).version,
        changes={"host_authority_id": lambeth.pk},
    )
    writers = (
        (met_officer, incident),
        (met_officer, second),
        (caseworker, second),
        (authority_worker, second),
    )
    for who, where in writers:
        for audience in Audience:
            Note.objects.create(
                incident=where,
                organisation=who.organisation,
                audience=audience,
                named_user_ids=[met_supervisor.user.pk],
                text="Something",
                author=who.user,
            )
    for reader in (met_officer, met_supervisor, kent_officer, caseworker, authority_worker):
        one_by_one = {
            note.pk for row in Incident.objects.all() for note in selectors.notes_for(reader.actor, row)
        }
        assert set(selectors.notes_visible_to(reader.actor).values_list("pk", flat=True)) == one_by_one
        assert set(Note.objects.filter(Readable(reader.actor)).values_list("pk", flat=True)) == one_by_one


def test_words_that_a_stroke_or_a_stop_joins_are_found_each(incident, met_officer) -> None:
    for text in ("CSE/gang concerns", "Met the gang.He left", r"debt\gang", "Seen at j.smith@gang.example"):
        cases.add_note(actor=met_officer.actor, incident_id=incident.pk, text=text, audience=Audience.OWNER)
    assert with_words(Note.objects.all(), "gang").count() == 4
    assert with_words(Note.objects.all(), "cse/gang").count() == 1
    assert with_words(Note.objects.all(), "j.smith@gang.example").count() == 1


def test_the_words_of_notes_and_places_are_looked_up_by_index(incident) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "note_by_words" in with_words(Note.objects.all(), "rucksack").explain()
    assert "incident_by_place" in seen_at(Incident.objects.all(), "brixton").explain()


def test_each_way_of_finding_by_a_text_has_its_index(incident, met_officer) -> None:
    with connection.cursor() as cursor:
        # Bitmaps alone: else a small table is read along its primary key, whatever indexes it has.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    plan = selectors.narrowed(met_officer.actor, Filters(text="hakansson")).explain()
    for index in ("incident_by_force_reference", "person_by_name_trigram", "alias_by_name_trigram"):
        assert index in plan
    assert "Seq Scan" not in plan


def look(client: Client, **asked: str):
    return client.get(client.post(PAGE, asked)["Location"])


def test_the_page_asks_first_and_finds_then(incident, met_officer, kent_officer) -> None:
    client = met_officer.sign_in(Client())
    assert "Say what you look for" in client.get(PAGE).content.decode()
    answer = client.post(PAGE, {"phone": "07700 900123", "words": "rucksack"})
    assert "rucksack" not in answer["Location"]
    assert "900123" not in answer["Location"]
    page = client.get(answer["Location"]).content.decode()
    assert incident.reference in page
    assert 'value="rucksack"' in page
    assert incident.reference not in look(kent_officer.sign_in(Client()), words="rucksack").content.decode()


def test_one_of_two_words_is_taken_away_again(incident, met_officer) -> None:
    client = met_officer.sign_in(Client())
    page = look(client, words="rucksack", place="Leeds")
    assert incident.reference not in page.content.decode()
    less = next(one["href"] for one in page.context["chosen"] if one["label"] == "Leeds")
    assert incident.reference in client.get(PAGE + less).content.decode()


def test_half_a_number_is_asked_for_again_with_everything_else_kept(incident, met_officer) -> None:
    page = look(met_officer.sign_in(Client()), phone="12", place="Brixton").content.decode()
    assert "Enter a telephone number" in page
    assert 'value="Brixton"' in page


def test_who_sees_no_records_does_not_search(caseworker, auditor) -> None:
    for who in (caseworker, auditor):
        assert who.sign_in(Client()).get(PAGE).status_code == 403

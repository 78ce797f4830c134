"""Keys are made for one person or for very many; two writers of one new name do not wait."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from missingcases.matching.models import NameToken, PersonKeys
from missingcases.matching.selectors import Wanted, likely_people
from missingcases.matching.services.keys import index_people, rebuild, seed_people
from missingcases.matching.words import word_id
from missingcases.models import Address, Alias, MissingPerson
from tests.missingcases import making

SOON = 20


def person(organisation, **known) -> MissingPerson:
    return MissingPerson.objects.create(organisation_id=organisation.pk, **known)


@pytest.mark.django_db
def test_keys_of_very_many_are_the_keys_of_each(met_officer) -> None:
    one = person(
        met_officer.organisation,
        given_names="Zo\u00eb",
        family_name="O'Brien\\Nowak",
        date_of_birth=date(2009, 3, 12),
    )
    Alias.objects.create(person=one, name="Kit\tMalone")
    Address.objects.create(person=one, text="14 Larch Grove, Lambeth SE11 4AB")
    index_people([one.pk])
    each = PersonKeys.objects.filter(pk=one.pk).values().get()
    words = set(NameToken.objects.values_list("token", "number", "keys__len"))
    PersonKeys.objects.all().delete()
    NameToken.objects.all().delete()
    assert seed_people([one.pk]) == 1
    assert PersonKeys.objects.filter(pk=one.pk).values().get() == each
    assert set(NameToken.objects.values_list("token", "number", "keys__len")) == words
    assert word_id("malone") in each["family"]


@pytest.mark.django_db
def test_a_word_is_kept_once_however_often_it_is_met(met_officer) -> None:
    for _ in range(3):
        making.report(met_officer.actor, given_names="Zebedee", family_name="Quillfeather")
    assert NameToken.objects.filter(token="quillfeather").count() == 1


@pytest.mark.django_db
def test_a_rebuild_makes_old_keys_again_and_stops(met_officer) -> None:
    one = person(met_officer.organisation, given_names="Zebedee", family_name="Quillfeather")
    while rebuild():
        pass
    PersonKeys.objects.update(scheme=1, given=[])
    assert rebuild(limit=1) == 1
    while rebuild():
        pass
    assert PersonKeys.objects.get(pk=one.pk).given == [word_id("zebedee")]


def test_a_second_writer_of_a_new_name_does_not_wait_for_the_first(committing_db, met_officer) -> None:
    """The first holds its transaction open, as an import does; the second commits meanwhile."""
    actor = met_officer.actor
    first_wrote, second_done = threading.Event(), threading.Event()

    def first() -> bool:
        try:
            with transaction.atomic():
                making.report(actor, given_names="Zebedee", family_name="Quillfeather")
                first_wrote.set()
                return second_done.wait(SOON)
        finally:
            connection.close()

    def second() -> int:
        try:
            assert first_wrote.wait(SOON)
            incident = making.report(actor, given_names="Zebedee", family_name="Quillfeather")
            second_done.set()
            return incident.person_id
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        waited, known = pool.submit(first), pool.submit(second)
        assert waited.result() is True
        assert known.result()
    found = likely_people(actor, Wanted(given_names="Zebadee", family_name="Quillfether"))
    assert len(found.people) == 2

"""Keys are made for one person or for very many; two writers of one new name do not wait."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib import import_module
from time import sleep

import pytest
from django.db import connection, transaction

from missingcases.matching.models import NO_WORD, NamePair, NameToken, PersonKeys, pair_of
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
    pairs = pairs_of(one)
    words = set(NameToken.objects.values_list("token", "number", "keys__len"))
    PersonKeys.objects.all().delete()
    NameToken.objects.all().delete()
    assert seed_people([one.pk]) == 1
    assert PersonKeys.objects.filter(pk=one.pk).values().get() == each
    assert (
        pairs_of(one) == pairs == {pair_of(last, first) for last in each["family"] for first in each["given"]}
    )
    assert set(NameToken.objects.values_list("token", "number", "keys__len")) == words
    assert word_id("malone") in each["family"]


def pairs_of(who: MissingPerson) -> set[int]:
    return set(NamePair.objects.filter(person_id=who.pk).values_list("pair", flat=True))


@pytest.mark.django_db
def test_pairs_follow_the_names(met_officer) -> None:
    one = person(met_officer.organisation, given_names="Zebedee", family_name="Quillfeather")
    index_people([one.pk])
    assert pairs_of(one) == {pair_of(word_id("quillfeather"), word_id("zebedee"))}
    MissingPerson.objects.filter(pk=one.pk).update(family_name="")
    index_people([one.pk])
    assert pairs_of(one) == {pair_of(NO_WORD, word_id("zebedee"))}
    MissingPerson.objects.filter(pk=one.pk).update(given_names="")
    index_people([one.pk])
    assert pairs_of(one) == set()


@pytest.mark.django_db
def test_an_upgrade_makes_the_pairs_that_writing_makes(met_officer) -> None:
    known = [("Zebedee", "Quillfeather"), ("", "Nowak"), ("Mary Ann", ""), ("", ""), ("Wei", "O'Brien-Nowak")]
    people = [person(met_officer.organisation, given_names=a, family_name=b) for a, b in known]
    index_people([one.pk for one in people])
    made = {one.pk: pairs_of(one) for one in people}
    NamePair.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("missingcases.matching.migrations.0004_name_pairs").PAIRS)
    assert {one.pk: pairs_of(one) for one in people} == made


def test_two_who_write_one_person_leave_the_pairs_of_the_later(committing_db, met_officer) -> None:
    """The first is not yet through when the second makes the keys anew: it waits for the row."""
    one = person(met_officer.organisation, given_names="Zebedee", family_name="Quillfeather")
    index_people([one.pk])
    first_wrote = threading.Event()

    def first() -> None:
        try:
            with transaction.atomic():
                MissingPerson.objects.filter(pk=one.pk).update(family_name="Nowak")
                index_people([one.pk])
                first_wrote.set()
                sleep(0.3)
        finally:
            connection.close()

    def second() -> None:
        try:
            assert first_wrote.wait(SOON)
            with transaction.atomic():
                MissingPerson.objects.filter(pk=one.pk).update(given_names="Wei")
                index_people([one.pk])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result()
    assert pairs_of(one) == {pair_of(word_id("nowak"), word_id("wei"))}


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

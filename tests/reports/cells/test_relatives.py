"""Relatives are people, whatever the number of their cases, and only a contact that took place is one."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from families.models import ContactPoint, ContactRecord, FamilyMember, SupportCase
from reports import periods
from reports.cells import folding, proving, reading
from tests.missingcases import making
from tests.reports.cells.test_kept import anew, looked

pytestmark = pytest.mark.django_db
YEAR = periods.calendar_year(timezone.localdate().year)


@pytest.fixture
def relative(charity):
    """A relative of a case, a new one unless it is given, with the keys of their numbers."""

    def _relative(*keys: str, case: SupportCase | None = None, **given: Any) -> FamilyMember:
        now = timezone.now()
        case = case or SupportCase.objects.create(charity=charity, about="A son", opened_at=now, **given)
        who = FamilyMember.objects.create(case=case, name="Ngozi", relationship="parent", added_at=now)
        for key in keys:
            reached(who, key)
        return who

    return _relative


def reached(who: FamilyMember, key: str, **given: Any) -> ContactPoint:
    values = {"kind": "sms", "value": "+447700900201", "value_key": key, "added_at": timezone.now()}
    return ContactPoint.objects.create(member=who, **values | given)


def spoke(who: FamilyMember, **given: Any) -> ContactRecord:
    now = timezone.now()
    values = {"channel": "call", "direction": "out", "started_at": now, "ended_at": now, "words": "Heard."}
    return ContactRecord.objects.create(case_id=who.case_id, member=who, **values | given)


def people() -> int:
    """How many are told, which is the same whether it is folded, waits, or is counted anew."""
    told = reading.counts(["family_members"], period=YEAR).total("family_members")
    assert looked() == anew()
    folding.fold_all()
    assert looked() == anew()
    assert proving.prove().differing == []
    assert reading.counts(["family_members"], period=YEAR).total("family_members") == told
    return told


def test_a_mother_in_three_cases_is_one_person(relative) -> None:
    mothers = [relative("k1"), relative("k1", "k2"), relative("k2")]
    assert people() == 0
    for one in mothers[:2]:
        spoke(one)
    assert people() == 1
    spoke(mothers[2])
    stranger = relative("k9")
    spoke(stranger)
    assert people() == 3  # the third shares no number with the first, and is one with the second alone
    reached(mothers[2], "k1")
    assert people() == 2
    ContactPoint.objects.update(value="", value_key="")
    assert people() == 4


def test_two_of_one_case_are_two_people_though_they_share_a_telephone(relative) -> None:
    mother = relative("home")
    father = relative("home", case=mother.case)
    spoke(mother)
    spoke(father)
    assert people() == 2
    spoke(relative("home"))
    assert people() == 2


def test_a_number_that_is_unsafe_for_somebody_makes_nobody_one_with_them(relative) -> None:
    mother, other = relative("k1"), relative()
    at = timezone.now()
    point = reached(other, "k1", is_unsafe=True, unsafe_why="His.", unsafe_at=at)
    spoke(mother)
    spoke(other)
    assert people() == 2
    ContactPoint.objects.filter(pk=point.pk).update(is_unsafe=False)
    assert people() == 1
    point.delete()
    assert people() == 2


def test_what_failed_or_never_left_or_corrects_another_entry_is_no_contact(relative) -> None:
    at = timezone.now()
    spoke(relative("k1"), channel="email", message_id=1, sent_at=at, failed_at=at)
    waiting = spoke(relative("k2"), channel="email", message_id=2)
    assert people() == 0
    ContactRecord.objects.filter(pk=waiting.pk).update(sent_at=at)
    assert people() == 1
    wrong = spoke(relative("k3"))
    spoke(relative("k4"), corrects=wrong)
    assert people() == 2
    ContactRecord.objects.filter(pk=waiting.pk).update(failed_at=at)
    assert people() == 1


def test_any_course_of_numbers_leaves_kept_as_it_is(relative) -> None:
    chance = random.Random(4)
    known = [relative() for _ in range(5)]
    known += [relative(case=known[0].case), relative(case=known[1].case)]
    for who in known:
        spoke(who)
    for step in range(30):
        who, key = chance.choice(known), chance.choice(["k1", "k2", "k3"])
        points = ContactPoint.objects.filter(member=who)
        what = chance.choice(["add", "add", "change", "drop", "fold", "say"])
        if what == "add":
            reached(who, key)
        elif what == "change":
            points.update(value_key=chance.choice(["", key]))
        elif what == "drop":
            points.delete()
        elif what == "say":
            spoke(who, started_at=timezone.now() - timedelta(days=step))
        else:
            folding.fold(3)
        if step % 6 == 5:
            assert looked() == anew()
    assert 1 < people() <= len(known)


def test_a_closure_is_not_supported_by_a_contact_that_was_none(relative, met) -> None:
    at = timezone.now()
    incident = making.standing_in("closed", met.pk, located_at=at)
    who = relative(incident=incident)
    early = {"started_at": at - timedelta(hours=2), "ended_at": at - timedelta(hours=1)}
    email = {"channel": "email", "message_id": 1, "sent_at": at, "failed_at": at}
    failed = spoke(who, **early | email)
    assert closures_by_services(met.pk) == {"": 1}
    folding.fold_all()
    ContactRecord.objects.filter(pk=failed.pk).update(failed_at=None)
    assert closures_by_services(met.pk) == {"family": 1}
    folding.fold_all()
    assert closures_by_services(met.pk) == {"family": 1}


def closures_by_services(force_id: int) -> dict[str, int]:
    family = "closures_by_services_together"
    return reading.counts([family], period=YEAR, force_id=force_id).by(family, "services")

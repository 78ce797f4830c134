"""Members: wishes, identity, unsafe ways to be reached, conflicts and blocked parties."""

from __future__ import annotations

import pytest

from families import policies
from families.enums import CheckMethod, Consent, PointKind, Wish
from families.models import ContactPoint, FamilyMember
from families.selectors.members import blocked_of, conflicts_of, in_conflict_with, is_barred, points_of
from families.services import members, points
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, Invalid, NotVisible
from tests.families.conftest import FATHERS, MOTHERS, add, reach

pytestmark = pytest.mark.django_db


def check(who, whom: FamilyMember, **given):
    asked = {"method": CheckMethod.CODE_WORD, "word": " marigold "}
    return members.check_identity(actor=who.actor, member_id=whom.pk, **(asked | given))


def the_number(member: FamilyMember) -> ContactPoint:
    return points_of(member).get()


def test_the_code_word_is_compared_and_shown_only_on_request(mother, family_worker, met_officer) -> None:
    assert check(family_worker, mother).passed
    assert not check(family_worker, mother, word="Rose").passed
    assert members.reveal_code_word(actor=family_worker.actor, member_id=mother.pk) == "Marigold"
    assert AuditEvent.objects.filter(action="families.code_word_revealed", target_id=mother.pk).count() == 1
    with pytest.raises(NotVisible):
        members.reveal_code_word(actor=met_officer.actor, member_id=mother.pk)


def test_without_a_code_word_they_are_rung_back_on_a_number_we_know(father, mother, family_worker) -> None:
    with pytest.raises(Invalid):
        check(family_worker, father)
    found = check(family_worker, father, method=CheckMethod.CALL_BACK, point_id=the_number(father).pk)
    assert found.passed
    for wrong in (None, the_number(mother).pk):
        with pytest.raises(Invalid):
            check(family_worker, father, method=CheckMethod.CALL_BACK, point_id=wrong)
    assert check(family_worker, father, method=CheckMethod.IN_PERSON).passed


def test_nobody_is_rung_back_on_an_unsafe_number(father, family_worker) -> None:
    point = points.mark_unsafe(
        actor=family_worker.actor, point_id=the_number(father).pk, why="His brother answers it."
    )
    with pytest.raises(Refused):
        check(family_worker, father, method=CheckMethod.CALL_BACK, point_id=point.pk)
    assert policies.may_use(point) == policies.UNSAFE


def test_an_unsafe_number_is_kept_with_why_and_not_added_again_in_good_faith(mother, family_worker) -> None:
    point = points.mark_unsafe(
        actor=family_worker.actor, point_id=the_number(mother).pk, why="He reads her phone."
    )
    assert (point.is_preferred, point.unsafe_why) == (False, "He reads her phone.")
    with pytest.raises(Invalid):
        reach(family_worker, mother, "07700 900201")
    with pytest.raises(Invalid):
        points.end_point(actor=family_worker.actor, point_id=point.pk)
    with pytest.raises(NotVisible):
        points.prefer_point(actor=family_worker.actor, point_id=point.pk)
    with pytest.raises(Invalid):
        points.mark_safe(actor=family_worker.actor, point_id=point.pk, reason="")
    safe = points.mark_safe(actor=family_worker.actor, point_id=point.pk, reason="She has a new phone.")
    assert not safe.is_unsafe
    points.end_point(actor=family_worker.actor, point_id=point.pk)
    assert not points_of(mother).exists()
    point.refresh_from_db()
    assert policies.may_use(point).code == "ended"


def test_a_way_is_checked_before_it_is_kept(mother, family_worker) -> None:
    for kind, value in ((PointKind.SMS, "12"), (PointKind.EMAIL, "ngozi"), (PointKind.POST, " ")):
        with pytest.raises(Invalid):
            reach(family_worker, mother, value, kind)
    with pytest.raises(Invalid):
        reach(family_worker, mother, MOTHERS)
    with pytest.raises(Invalid):
        reach(family_worker, mother, "ngozi@example.org", PointKind.EMAIL, is_preferred=True, unsafe_why="No")
    mail = reach(family_worker, mother, " Ngozi@Example.org ", PointKind.EMAIL, is_preferred=True)
    assert mail.value == "ngozi@example.org"
    assert list(points_of(mother).filter(is_preferred=True)) == [mail]
    number = points_of(mother).get(kind=PointKind.SMS)
    points.prefer_point(actor=family_worker.actor, point_id=number.pk)
    assert list(points_of(mother).filter(is_preferred=True)) == [number]
    kept = reach(family_worker, mother, "4 High Street", PointKind.POST, unsafe_why="He lives there.")
    assert kept.is_unsafe


def test_two_in_conflict_are_known_to_be(case, mother, father, family_worker) -> None:
    given = {"actor": family_worker.actor, "case_id": case.pk, "kind": "separated"}
    with pytest.raises(Invalid):
        members.set_bond(**given, first_id=mother.pk, second_id=father.pk, in_conflict=True)
    for first, second in ((father, mother), (mother, father)):
        members.set_bond(
            **given, first_id=first.pk, second_id=second.pk, in_conflict=True, why="An order against him."
        )
    assert in_conflict_with(mother) == [father]
    assert in_conflict_with(father) == [mother]
    assert len(conflicts_of(case)) == 1
    with pytest.raises(Invalid):
        members.set_bond(**given, first_id=mother.pk, second_id=mother.pk, in_conflict=False)
    with pytest.raises(Invalid):
        members.set_bond(**given, first_id=mother.pk, second_id=0, in_conflict=False)


def test_a_blocked_party_is_recognised_by_the_number(case, mother, family_worker) -> None:
    given = {"actor": family_worker.actor, "case_id": case.pk}
    with pytest.raises(Invalid):
        members.block_party(**given, name="Her former partner", number="12", why="He posed as her brother.")
    row = members.block_party(**given, name="Her former partner", number=FATHERS, why="He poses as kin.")
    members.block_party(**given, name="A neighbour", number="", why="Passes things on.")
    assert is_barred(case.pk, [row.number_key])
    assert not is_barred(case.pk, ["", the_number(mother).value_key])
    members.end_block(**given, party_id=row.pk, reason="It was a mistake.")
    assert blocked_of(case).count() == 1
    with pytest.raises(NotVisible):
        members.end_block(**given, party_id=row.pk, reason="Again.")


def test_a_blocked_member_is_contacted_by_nobody_until_unblocked(mother, family_worker) -> None:
    members.block_member(actor=family_worker.actor, member_id=mother.pk, why="It is not her on the phone.")
    with pytest.raises(Refused):
        check(family_worker, mother)
    mother.refresh_from_db()
    assert policies.may_contact(mother) == policies.BLOCKED
    again = members.unblock_member(actor=family_worker.actor, member_id=mother.pk, reason="We met her.")
    assert policies.may_contact(again) is None


def test_a_wish_and_a_refusal_are_kept_to(case, family_worker) -> None:
    quiet = add(case, family_worker, "A cousin", contact_wish=Wish.NO)
    unwilling = add(case, family_worker, "An aunt", consent=Consent.REFUSED)
    assert policies.may_contact(quiet).code == "wish"
    assert policies.may_contact(unwilling).code == "consent"


def test_two_who_change_a_member_at_once_are_told(mother, family_worker) -> None:
    given = {"actor": family_worker.actor, "member_id": mother.pk, "version": mother.version}
    named = members.MemberDetails(name="Ngozi B", relationship="parent", contact_wish=Wish.YES)
    members.change_member(**given, details=named)
    with pytest.raises(Conflict):
        members.change_member(**given, details=members.MemberDetails(name="Ngozi V", relationship="parent"))

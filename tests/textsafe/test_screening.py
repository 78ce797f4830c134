"""Every rule of domain.md section 4, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from missingcases.enums import FlagKind, Known, PhoneHolder, PhoneKind, PhoneState
from textsafe.enums import Reason, Summary
from textsafe.screening import (
    HARD,
    RULES,
    SAFETY_FLAGS,
    Facts,
    hard_reasons,
    new_reasons,
    reasons_against,
    summaries,
)

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
SAFE = Facts(
    is_open=True,
    starts_held=False,
    age_years=15,
    flags=frozenset({FlagKind.MENTAL_HEALTH, FlagKind.CARE}),
    vetoed=False,
    opted_out=False,
    last_text_at=None,
    kind=PhoneKind.MOBILE,
    is_british=True,
    held_by=PhoneHolder.PERSON,
    verified=Known.YES,
    place=PhoneState.WITH_PERSON,
    read_by_others=Known.NO,
    wants_no_contact=Known.NO,
)
CASES = [
    ({"is_open": False}, Reason.NOT_OPEN),
    ({"starts_held": True}, Reason.STARTS_HELD),
    ({"vetoed": True}, Reason.VETO),
    ({"opted_out": True}, Reason.OPTED_OUT),
    ({"last_text_at": NOW - timedelta(hours=23, minutes=59)}, Reason.RECENT_TEXT),
    *(
        ({"held_by": holder}, Reason.HELD_BY_OTHER)
        for holder in PhoneHolder
        if holder not in {PhoneHolder.PERSON, PhoneHolder.NOT_KNOWN}
    ),
    ({"read_by_others": Known.YES}, Reason.HELD_BY_OTHER),
    *(({"flags": frozenset({flag})}, Reason.SAFETY_FLAG) for flag in sorted(SAFETY_FLAGS)),
    ({"wants_no_contact": Known.YES}, Reason.NO_CONTACT),
    ({"verified": Known.NO}, Reason.NUMBER_UNVERIFIED),
    ({"place": PhoneState.LEFT_AT_HOME}, Reason.PHONE_NOT_WITH_PERSON),
    ({"place": PhoneState.RECOVERED}, Reason.PHONE_NOT_WITH_PERSON),
    ({"place": PhoneState.SEIZED}, Reason.PHONE_NOT_WITH_PERSON),
    ({"kind": PhoneKind.LANDLINE}, Reason.NOT_A_MOBILE),
    ({"kind": PhoneKind.VOIP}, Reason.NOT_A_MOBILE),
    ({"kind": PhoneKind.NOT_KNOWN}, Reason.NOT_A_MOBILE),
    ({"is_british": False}, Reason.FOREIGN_NUMBER),
    ({"age_years": 9}, Reason.UNDER_TEN),
    ({"age_years": None}, Reason.AGE_UNKNOWN),
    ({"held_by": PhoneHolder.NOT_KNOWN}, Reason.UNANSWERED),
    ({"place": PhoneState.NOT_KNOWN}, Reason.UNANSWERED),
    ({"read_by_others": Known.NOT_KNOWN}, Reason.UNANSWERED),
    ({"wants_no_contact": Known.NOT_KNOWN}, Reason.UNANSWERED),
    ({"over_force_cap": True}, Reason.FORCE_CAP),
]


def test_nothing_stands_against_a_safe_text():
    assert reasons_against(SAFE, NOW) == ()


@pytest.mark.parametrize(("change", "reason"), CASES, ids=lambda value: str(value)[:60])
def test_each_of_these_alone_sends_it_to_a_person(change, reason):
    assert reasons_against(replace(SAFE, **change), NOW) == (reason,)


def test_an_unverified_number_also_counts_as_an_unanswered_question():
    found = reasons_against(replace(SAFE, verified=Known.NOT_KNOWN), NOW)
    assert found == (Reason.NUMBER_UNVERIFIED, Reason.UNANSWERED)


def test_every_rule_has_a_case():
    assert {reason for _, reason in CASES} == {rule.reason for rule in RULES} == set(Reason)


@pytest.mark.parametrize("age", [10, 17, 18, 90])
def test_from_ten_on_the_age_stands_against_nothing(age):
    assert reasons_against(replace(SAFE, age_years=age), NOW) == ()


def test_after_a_day_the_number_is_free_again():
    assert reasons_against(replace(SAFE, last_text_at=NOW - timedelta(hours=24)), NOW) == ()


def test_flags_outside_the_list_do_not_hold_a_text_back():
    others = frozenset(FlagKind) - SAFETY_FLAGS
    assert reasons_against(replace(SAFE, flags=others), NOW) == ()


def test_nobody_may_set_aside_a_hard_reason():
    assert {
        Reason.NOT_OPEN,
        Reason.STARTS_HELD,
        Reason.VETO,
        Reason.OPTED_OUT,
        Reason.RECENT_TEXT,
    } == HARD
    assert hard_reasons([Reason.UNDER_TEN, Reason.OPTED_OUT]) == (Reason.OPTED_OUT,)


def test_only_what_the_screener_did_not_know_counts_at_send_time():
    firing = (Reason.SAFETY_FLAG, Reason.UNDER_TEN)
    assert new_reasons(firing, ["under_ten"]) == (Reason.SAFETY_FLAG,)
    assert new_reasons((Reason.OPTED_OUT,), ["opted_out"]) == (Reason.OPTED_OUT,)


def test_the_screener_cannot_tell_one_piece_of_intelligence_from_another():
    for reason in (Reason.SAFETY_FLAG, Reason.HELD_BY_OTHER, Reason.NO_CONTACT):
        assert summaries([reason]) == (Summary.SAFETY,)
    assert summaries([Reason.SAFETY_FLAG, Reason.HELD_BY_OTHER]) == (Summary.SAFETY,)
    for reason in (Reason.NUMBER_UNVERIFIED, Reason.PHONE_NOT_WITH_PERSON, Reason.FOREIGN_NUMBER):
        assert summaries([reason]) == (Summary.NUMBER,)


def test_summaries_name_no_flag_and_no_holder():
    words = " ".join(str(summary.label) for summary in Summary).lower()
    for forbidden in ("abuse", "traffick", "abduct", "terror", "kidnap", "honour", "flag"):
        assert forbidden not in words

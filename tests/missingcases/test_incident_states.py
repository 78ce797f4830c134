"""The table of domain.md section 1, written down a second time: every from, by and to is tried."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.audit.models import AuditEvent
from foundation.states import IllegalMove, move
from missingcases.enums import BARS_ABSENT, IncidentStatus
from missingcases.models import Flag, Incident, PreventionInterview, ReviewClock
from missingcases.states import INCIDENT
from tests.missingcases.making import standing_in

pytestmark = pytest.mark.django_db

S = IncidentStatus
OFFICERS = {
    Role.POLICE_OFFICER,
    Role.POLICE_COORDINATOR,
    Role.POLICE_SUPERVISOR,
    Role.POLICE_INSPECTOR,
    Role.POLICE_SUPERINTENDENT,
}
SUPERVISORS = OFFICERS - {Role.POLICE_OFFICER, Role.POLICE_COORDINATOR}
INSPECTORS = SUPERVISORS - {Role.POLICE_SUPERVISOR}
SUPERINTENDENTS = {Role.POLICE_SUPERINTENDENT}

ALLOWED: dict[tuple[str, str], set[Role]] = {
    (S.REPORTED, S.ABSENT): SUPERVISORS,
    (S.REPORTED, S.MISSING): SUPERVISORS,
    (S.ABSENT, S.MISSING): SUPERVISORS,
    (S.MISSING, S.MISSING): SUPERVISORS,
    (S.MISSING, S.ABSENT): INSPECTORS,
    (S.MISSING, S.LONG_TERM): SUPERINTENDENTS,
    (S.REOPENED, S.ABSENT): SUPERVISORS,
    (S.REOPENED, S.MISSING): SUPERVISORS,
    (S.LOCATED, S.MISSING): SUPERVISORS,
    (S.LOCATED, S.PREVENTION_DONE): OFFICERS,
    (S.LOCATED, S.CLOSED): SUPERVISORS,
    (S.PREVENTION_DONE, S.CLOSED): SUPERVISORS,
    (S.CLOSED, S.REOPENED): SUPERVISORS,
}
for open_state in (S.REPORTED, S.ABSENT, S.MISSING, S.LONG_TERM, S.REOPENED):
    ALLOWED[open_state, S.LOCATED] = OFFICERS | {Role.API_CLIENT}
    ALLOWED[open_state, S.CANCELLED] = SUPERVISORS
# Without these words the way is barred even to those who may.
NEEDS_REASON = {
    pair
    for pair in ALLOWED
    if pair[1] in {S.ABSENT, S.CANCELLED, S.LONG_TERM, S.REOPENED}
    or (pair[1] == S.MISSING and pair[0] in {S.ABSENT, S.MISSING, S.LOCATED})
}


def acting(role: Role, organisation_id: int | None) -> Actor:
    return Actor(organisation_id=organisation_id, roles=frozenset({role}), user_id=None, source="test")


def ready(source: str, to: str, owner_id: int) -> Incident:
    """An incident in `source` for which every condition of the way to `to` is met."""
    row = standing_in(source, owner_id)
    if to == S.LONG_TERM:
        hold_review(row)
    if (source, to) == (S.LOCATED, S.CLOSED):
        row.outcome, row.death_type, row.harm = "located_deceased", "natural", ["none"]
        row.identification_confirmed_at = timezone.now()
    elif source in {S.LOCATED, S.PREVENTION_DONE}:
        hold_interview(row)
        row.outcome, row.harm = "located_alive", ["none"]
    row.save()
    return row


def hold_review(row: Incident, kind: str = "day_28") -> None:
    now = timezone.now()
    ReviewClock.objects.create(incident=row, kind=kind, due_at=now, done_at=now, findings="Nothing new.")


def hold_interview(row: Incident) -> None:
    PreventionInterview.objects.create(
        incident=row,
        held_at=timezone.now(),
        mode="in_person",
        seen_in_person=True,
        reason_missing="An argument.",
        harm=["none"],
        disclose_location="no",
    )


@pytest.mark.parametrize(("source", "to"), list(itertools.product(S.values, S.values)))
def test_exactly_the_right_people_may_go_this_way(source: str, to: str, met, kent) -> None:
    row = ready(source, to, met.pk)
    may = ALLOWED.get((source, to), set())
    for role in Role:
        assert (INCIDENT.refusal(row, to, acting(role, met.pk), "why") is None) == (role in may), role
        refusal = INCIDENT.refusal(row, to, acting(role, kent.pk), "why")
        assert refusal is not None, f"{role} of another force"


@pytest.mark.parametrize(("source", "to"), sorted(ALLOWED))
def test_a_reason_is_asked_where_the_table_says(source: str, to: str, met) -> None:
    row = ready(source, to, met.pk)
    refusal = INCIDENT.refusal(row, to, acting(Role.POLICE_SUPERINTENDENT, met.pk), "  ")
    if (source, to) in NEEDS_REASON:
        assert refusal is not None
        assert refusal.code == "reason_required"
    else:
        assert refusal is None


def changes_for(to: str) -> dict[str, object]:
    now = timezone.now()
    unfound = {"located_at": None, "outcome": "", "death_type": "", "closed_at": None}
    return {
        S.ABSENT: {"risk_level": "no_apparent"},
        S.MISSING: {"risk_level": "high", **unfound},
        S.LONG_TERM: {},
        S.LOCATED: {"located_at": now, "found_by": "police"},
        S.PREVENTION_DONE: {},
        S.CLOSED: {"closed_at": now},
        S.CANCELLED: {"outcome": "cancelled", "cancel_reason": "recorded_in_error"},
        S.REOPENED: unfound,
    }[S(to)]


@pytest.mark.parametrize(("source", "to"), sorted(ALLOWED))
def test_an_allowed_way_is_gone_and_audited(source: str, to: str, met) -> None:
    row = ready(source, to, met.pk)
    actor = acting(Role.POLICE_SUPERINTENDENT, met.pk)
    move(row, INCIDENT, to, actor=actor, reason="why", changes=changes_for(to))
    row.refresh_from_db()
    assert row.status == to
    assert row.version == 2
    entry = AuditEvent.objects.get(target="missingcases.Incident", target_id=row.pk)
    assert (entry.from_state, entry.to_state, entry.incident_id) == (source, to, row.pk)


@pytest.mark.parametrize(("source", "to"), sorted(set(itertools.product(S.values, S.values)) - set(ALLOWED)))
def test_any_other_way_raises_and_writes_nothing(source: str, to: str, met) -> None:
    row = ready(source, to, met.pk)
    with pytest.raises(IllegalMove):
        move(row, INCIDENT, to, actor=acting(Role.POLICE_SUPERINTENDENT, met.pk), reason="why")
    row.refresh_from_db()
    assert (row.status, row.version) == (source, 1)
    assert not AuditEvent.objects.exists()


def refusal_of(row: Incident, to: str, role: Role = Role.POLICE_SUPERINTENDENT) -> str | None:
    refusal = INCIDENT.refusal(row, to, acting(role, row.owner_id), "why")
    return refusal.code if refusal else None


@pytest.mark.parametrize("kind", sorted(BARS_ABSENT))
@pytest.mark.parametrize("source", [S.REPORTED, S.MISSING, S.REOPENED])
def test_somebody_flagged_is_never_absent(kind: str, source: str, met) -> None:
    row = standing_in(source, met.pk)
    flag = Flag.objects.create(
        person=row.person, kind=kind, status="suspected", source="A call", recorded_at=timezone.now()
    )
    assert refusal_of(row, S.ABSENT) == "barred_by_flag"
    Flag.objects.filter(pk=flag.pk).update(status="ruled_out")
    assert refusal_of(row, S.ABSENT) is None


def test_another_flag_does_not_bar_an_absence(met) -> None:
    row = standing_in(S.REPORTED, met.pk)
    Flag.objects.create(
        person=row.person, kind="dementia", status="confirmed", source="GP", recorded_at=timezone.now()
    )
    assert refusal_of(row, S.ABSENT) is None


def test_nobody_is_long_term_missing_before_a_review_was_held(met) -> None:
    row = standing_in(S.MISSING, met.pk)
    assert refusal_of(row, S.LONG_TERM) == "not_reviewed"
    hold_review(row, "supervisor")
    assert refusal_of(row, S.LONG_TERM) == "not_reviewed"
    hold_review(row)
    assert refusal_of(row, S.LONG_TERM) is None


def test_welfare_is_confirmed_by_an_interview_that_stands(met) -> None:
    row = standing_in(S.LOCATED, met.pk)
    assert refusal_of(row, S.PREVENTION_DONE) == "no_interview"
    hold_interview(row)
    assert refusal_of(row, S.PREVENTION_DONE) is None
    row.interviews.update(superseded_at=timezone.now())
    assert refusal_of(row, S.PREVENTION_DONE) == "no_interview"


def test_nobody_interviews_the_dead(met) -> None:
    row = standing_in(S.LOCATED, met.pk, outcome="located_deceased")
    hold_interview(row)
    assert refusal_of(row, S.PREVENTION_DONE) == "deceased"


@pytest.mark.parametrize(
    "lacking", [{"outcome": ""}, {"found_by": ""}, {"harm": []}, {"outcome": "cancelled"}]
)
def test_a_case_closes_only_with_its_outcome_complete(lacking: dict[str, object], met) -> None:
    values = {"outcome": "located_alive", "found_by": "police", "harm": ["not_known"]} | lacking
    row = standing_in(S.PREVENTION_DONE, met.pk)
    for name, value in values.items():
        setattr(row, name, value)
    assert refusal_of(row, S.CLOSED) == "outcome_incomplete"


@pytest.mark.parametrize(
    "lacking",
    [
        {"outcome": "located_alive", "death_type": ""},
        {"identification_confirmed_at": None},
        {"death_type": ""},
    ],
)
def test_without_an_interview_only_the_identified_dead_are_closed(lacking: dict[str, object], met) -> None:
    row = ready(S.LOCATED, S.CLOSED, met.pk)
    assert refusal_of(row, S.CLOSED) is None
    for name, value in lacking.items():
        setattr(row, name, value)
    assert refusal_of(row, S.CLOSED) == "not_identified"


def test_a_page_may_ask_before_the_reason_is_given(met) -> None:
    row = standing_in(S.MISSING, met.pk, last_seen_at=timezone.now() - timedelta(hours=9))
    assert INCIDENT.may(row, S.CANCELLED, acting(Role.POLICE_SUPERVISOR, met.pk)) is None

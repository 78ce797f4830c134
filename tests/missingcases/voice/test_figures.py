"""Figures: by force, people, quarter and question; never a few, and never another force's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from foundation.access import Refused
from missingcases.voice import selectors
from missingcases.voice.enums import Respondent
from missingcases.voice.models import Answer, Invitation
from missingcases.voice.selectors.figures import LIVING, Figures, Scope, figures, scope_for

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def given(charity, force, month: int, many: int, who: str = "adult", **answers: str) -> None:
    """So many people who answered alike."""
    Answer.objects.bulk_create(
        Answer(
            charity=charity,
            force=force,
            respondent=who,
            service="helpline",
            month=datetime(2026, month, 1).date(),
            questions=1,
            answers=answers,
        )
        for _ in range(many)
    )


def invited(caseworker, force, month: int, answered: int, others: int) -> None:
    """So many who said yes in a month."""
    at = datetime(2026, month, 3, 12, tzinfo=UTC)
    for number in range(answered + others):
        Invitation.objects.create(
            charity=caseworker.organisation,
            force=force,
            respondent="adult",
            service="helpline",
            asked_by=caseworker.user,
            asked_in="call",
            asked_at=at,
            expires_at=at,
            status="answered" if number < answered else "expired",
        )


def of(found: Figures, key: str, group: str = "all") -> dict[str, list[int | None]]:
    """The counts of a table by the answer's words."""
    table = next(one for one in found.tables if (one.key, one.group) == (key, group))
    return {row.label: [cell.count for cell in row.cells] for row in table.rows}


def read(who, **scope) -> Figures:
    wanted = {"respondent": Respondent.ADULT, "year": 2026, **scope}
    return figures(who.actor, Scope(**wanted), now=NOW)


def test_quarters_and_the_year_are_counted_and_the_running_quarter_is_not(charity, met, caseworker) -> None:
    given(charity, met, 2, 20, safe="yes")
    given(charity, met, 3, 15, safe="no")
    given(charity, met, 8, 12, safe="yes")
    given(charity, met, 8, 11, safe="no")
    given(charity, met, 11, 30, safe="yes")
    given(charity, met, 2, 30, "child", safe="no")
    found = read(caseworker, force_id=met.pk)
    assert found.columns == (1, 2, 3, 0)
    table = of(found, "safe")
    assert table["Yes, mostly"][0] == 20
    # Nobody said "a bit": that stays unsaid only with a second answer, and the smallest is it.
    assert table["No"] == [None, None, None, None]
    assert table["All who answered this"] == [35, None, 23, None]
    assert table["Yes, mostly"] == [20, None, 12, None]
    assert table["A bit"] == [None, None, None, None]
    share = next(one for one in found.tables if one.key == "safe").rows[0].cells[0].share
    assert share == 57


def test_trust_of_those_who_live_with_a_problem_stands_beside_that_of_everybody(
    charity, met, caseworker
) -> None:
    for trust, many in (("yes", 30), ("partly", 14), ("no", 22), ("not_sure", 15)):
        given(charity, met, 8, many, trust_police=trust, mental_health="yes")
        given(charity, met, 8, many + 10, trust_police=trust, mental_health="no")
        given(charity, met, 5, 12, trust_police=trust)
    found = read(caseworker, force_id=met.pk)
    assert of(found, "trust_police")["No"] == [None, 12, 54, None]
    assert of(found, "trust_police", LIVING)["No"][2] == 22
    assert of(found, "trust_police", LIVING)["All who answered this"][2] == 81
    # Nobody among them answered in the second quarter: so the year's would tell the third's.
    assert of(found, "trust_police", LIVING)["No"][1] is None
    assert [one.group for one in found.tables if one.key == "mental_health"] == ["all"]


def test_two_groups_side_by_side_do_not_tell_how_few_the_others_are(charity, met, caseworker) -> None:
    for trust in ("yes", "partly", "no", "not_sure"):
        given(charity, met, 8, 20, trust_police=trust, mental_health="yes")
        given(charity, met, 8, 4 if trust == "no" else 15, trust_police=trust, mental_health="no")
    found = read(caseworker, force_id=met.pk)
    everybody, living = of(found, "trust_police")["No"][2], of(found, "trust_police", LIVING)["No"][2]
    assert None in (everybody, living)


def test_a_force_sees_its_own_whatever_it_asks_for(
    charity, met, kent, met_supervisor, met_coordinator
) -> None:
    for answer in ("yes", "partly", "no", "not_sure"):
        given(charity, kent, 8, 40, safe=answer)
        given(charity, met, 8, 12, safe=answer)
    for who in (met_supervisor, met_coordinator):
        for force in (None, kent.pk, met.pk):
            found = read(who, force_id=force)
            assert of(found, "safe")["No"][2] == 12
        asked = scope_for(who.actor, respondent="bees", year=1999, force_id=kent.pk)
        assert asked == Scope(Respondent.ADULT, 2026, met.pk)
        assert not selectors.words_visible_to(who.actor).exists()


def test_officers_authorities_auditors_and_others_see_none(
    met_officer, authority_worker, auditor, rhi_interviewer, system
) -> None:
    for actor in (met_officer.actor, authority_worker.actor, auditor.actor, rhi_interviewer.actor, system):
        with pytest.raises(Refused):
            figures(actor, Scope(Respondent.ADULT, 2026), now=NOW)
        with pytest.raises(Refused):
            scope_for(actor, respondent="adult", year=2026, force_id=None)


def test_all_forces_less_one_do_not_tell_a_few_of_another(charity, met, kent, caseworker) -> None:
    """Kent's four are hidden at Kent; the Met's forty are told; so forty-four must not be."""
    for answer in ("yes", "partly", "not_sure"):
        given(charity, met, 8, 40, safe=answer)
        given(charity, kent, 8, 25, safe=answer)
    given(charity, met, 8, 40, safe="no")
    given(charity, kent, 8, 4, safe="no")
    assert of(read(caseworker, force_id=met.pk), "safe")["No"][2] == 40
    assert of(read(caseworker, force_id=kent.pk), "safe")["No"][2] is None
    together = of(read(caseworker), "safe")
    assert together["No"][2] is None
    # Two forces that are hidden, and enough together: the whole is told.
    given(charity, None, 8, 8, safe="no")
    given(charity, None, 8, 30, safe="yes")
    assert of(read(caseworker), "safe")["No"][2] == 52


def test_how_many_answered_of_those_who_were_asked(caseworker, met) -> None:
    invited(caseworker, met, 8, 26, 14)
    invited(caseworker, met, 2, 3, 2)
    found = read(caseworker, force_id=met.pk)
    assert found.columns == (1, 2, 3, 0)
    rate = of(found, "rate")
    assert rate["Answered"] == [None, None, 26, None]
    assert rate["Not answered"] == [None, None, 14, None]
    assert rate["Invited"] == [None, None, 40, None]


def test_the_least_can_be_set_and_a_year_without_figures_is_empty(charity, met, caseworker, settings) -> None:
    given(charity, met, 8, 8, safe="yes")
    assert of(read(caseworker, force_id=met.pk), "safe")["All who answered this"][2] is None
    settings.VOICE_FEWEST = 5
    assert of(read(caseworker, force_id=met.pk), "safe")["All who answered this"][2] == 8
    assert read(caseworker, year=2027).tables == ()


def test_no_table_tells_how_many_live_with_a_problem_where_another_keeps_it(charity, met, caseworker) -> None:
    """Eleven live with a problem; that five others do not or would not say must not follow from it."""
    given(charity, met, 8, 11, mental_health="yes", safe="yes")
    given(charity, met, 8, 2, mental_health="no", safe="yes")
    given(charity, met, 8, 3, mental_health="not_say", safe="yes")
    found = read(caseworker, force_id=met.pk)
    assert of(found, "mental_health")["All who answered this"][2] == 16
    assert of(found, "mental_health")["Yes, I do"][2] is None
    assert of(found, "safe", LIVING)["All who answered this"][2] is None
    assert of(found, "safe")["All who answered this"][2] == 16

"""What the sharing agreements say of a release: covered, outside, past its review."""

from datetime import date, timedelta

import pytest

from foundation.exceptions import Invalid
from missingcases.enums import LawfulBasis, ReleaseKind
from tests.missingcases import releasing

pytestmark = pytest.mark.django_db


def problems(caught) -> set[str]:
    return set(caught.value.problems)


def test_outside_an_agreement_a_reason_is_asked_and_within_one_it_is_named(
    caseworker, met_officer, met
) -> None:
    with pytest.raises(Invalid) as caught:
        releasing.released(caseworker.actor, met.pk, terms=None)
    assert problems(caught) == {"override_reason"}
    outside = releasing.released(caseworker.actor, met.pk)
    assert (outside.agreement, outside.overridden) == (None, True)
    agreed = releasing.agreement(
        caseworker, met_officer, ReleaseKind.INTERVIEW_EXTRACT, "where_and_with_whom", "line"
    )
    row = releasing.released(caseworker.actor, met.pk, terms=None)
    assert (row.agreement, row.overridden, row.override_reason) == (agreed, False, "")
    numbered = releasing.released(caseworker.actor, met.pk, terms=None, fields={"line_1": "a", "line_2": "b"})
    assert numbered.agreement == agreed
    for more in (
        {"fields": {"line_1": "a", "address": "b"}},
        {"lawful_basis": LawfulBasis.CONSENT},
        {"kind": ReleaseKind.FAMILY_UPDATE},
    ):
        with pytest.raises(Invalid) as caught:
            releasing.released(caseworker.actor, met.pk, terms=None, **more)
        assert problems(caught) == {"override_reason"}


@pytest.mark.parametrize(("late_by", "held_up"), [(-1, False), (0, False), (28, False), (29, True)])
def test_past_its_review_an_agreement_covers_only_for_its_days_of_grace(
    late_by, held_up, caseworker, met_officer, met
) -> None:
    releasing.agreement(
        caseworker,
        met_officer,
        ReleaseKind.INTERVIEW_EXTRACT,
        "where_and_with_whom",
        review_on=date.today() - timedelta(days=late_by),
    )
    if not held_up:
        assert releasing.released(caseworker.actor, met.pk, terms=None).agreement is not None
        return
    with pytest.raises(Invalid) as caught:
        releasing.released(caseworker.actor, met.pk)
    assert problems(caught) == {"agreement"}
    saved = releasing.released(caseworker.actor, met.pk, lawful_basis=LawfulBasis.VITAL_INTERESTS)
    assert saved.overridden
    assert saved.agreement is not None


def test_a_threat_to_life_is_held_up_by_no_agreement(caseworker, met_officer, met) -> None:
    releasing.agreement(
        caseworker,
        met_officer,
        ReleaseKind.THREAT_TO_LIFE,
        "where_and_with_whom",
        review_on=date.today() - timedelta(days=400),
    )
    row = releasing.released(
        caseworker.actor,
        met.pk,
        ReleaseKind.THREAT_TO_LIFE,
        lawful_basis=LawfulBasis.VITAL_INTERESTS,
        terms=None,
    )
    assert (row.agreement, row.overridden) == (None, False)

"""The column of the area where somebody was last seen."""

from __future__ import annotations

import pytest

from missingcases.models import Incident
from tests.missingcases.imports.files import GOOD, as_csv

pytestmark = pytest.mark.django_db


def test_a_code_becomes_the_area_of_that_year(bring_in) -> None:
    rows = [
        GOOD | {"last_seen_area": "e09000022"},
        GOOD | {"force_reference": "MP/2", "last_seen_area": "met-borough-lambeth"},
        GOOD | {"force_reference": "MP/3", "last_seen_area": ""},
    ]
    batch = bring_in(as_csv(*rows))
    assert (batch.created, batch.bad) == (3, 0)
    named = Incident.objects.order_by("force_reference").values_list("last_seen_area__code", flat=True)
    assert list(named) == ["E09000022", "met-borough-lambeth", None]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"last_seen_area": "Lambeth"}, "is not the code of an area here"),
        (
            {"last_seen_area": "met-central-south"},
            "was no area when they were last seen: it began on 1 July 2018",
        ),
        (
            {
                "last_seen_area": "met-borough-lambeth",
                "reported_at": "01/07/2018 09:00",
                "located_at": "02/07/2018 09:30",
                "closed_at": "02/07/2018 16:00",
            },
            "was no area when they were last seen: it ended on 1 July 2018",
        ),
    ],
)
def test_a_row_with_another_is_refused_alone(bring_in, row: dict[str, str], reason: str) -> None:
    batch = bring_in(as_csv(GOOD | row, GOOD | {"force_reference": "MP/2", "last_seen_area": ""}))
    assert (batch.created, batch.bad) == (1, 1)
    fault = batch.bad_rows.get()
    assert (fault.column, fault.reason) == ("last_seen_area", reason)

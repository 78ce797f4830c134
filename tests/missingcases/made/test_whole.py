"""Every model with a person or an incident is made, or named with the reason why not."""

from __future__ import annotations

from config.contributions import MERGE, RETENTION, SUBJECT_ACCESS
from config.made import LEFT_OUT, SERVICES
from missingcases.made import person_rows
from missingcases.made.frame import label

MADE = {label(sheet) for one in SERVICES for sheet in one.sheets()} | {
    label(sheet) for sheet in person_rows.sheets()
}
LEFT = {name: why for one in SERVICES for name, why in one.left_out.items()} | dict(LEFT_OUT)


def test_every_model_about_somebody_is_made_or_left_out_with_a_reason() -> None:
    about = {one.model for one in (*MERGE, *RETENTION, *SUBJECT_ACCESS)}
    assert about - MADE - set(LEFT) == set()


def test_nothing_is_both_made_and_left_out() -> None:
    assert MADE & set(LEFT) == set()
    assert all(len(why) > 20 for why in LEFT.values())

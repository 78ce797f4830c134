"""Every model with a person or an incident is made, or named with the reason why not."""

from __future__ import annotations

from django.apps import apps

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
    # What reports keep is made of all of these, by people who read them.
    about = {
        model for model in about if not apps.get_app_config(model.split(".")[0]).name.startswith("reports")
    }
    assert about - MADE - set(LEFT) == set()


def test_nothing_is_both_made_and_left_out() -> None:
    assert MADE & set(LEFT) == set()
    assert all(len(why) > 20 for why in LEFT.values())

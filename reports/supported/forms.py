"""What an incident costs."""

from __future__ import annotations

from django import forms

from missingcases.forms.base import CaseForm, line, words


class CostForm(CaseForm):
    """A range, its prices' year, where it is from and what it covers."""

    submit_label = "Reckon with this"

    least_pounds = forms.IntegerField(label="The least, in pounds", min_value=1, max_value=1_000_000)
    most_pounds = forms.IntegerField(
        label="The most, in pounds",
        min_value=1,
        max_value=1_000_000,
        help_text="The same as the least where the source gives one figure.",
    )
    price_year = forms.IntegerField(label="Of which year's prices", help_text="Such as 2015.")
    source = line(
        "Source",
        max_length=300,
        required=True,
        help_text="Who published it, where and when. It stands beside every sum.",
        error_messages={"required": "Say where it is from"},
    )
    covers = words(
        "What it covers",
        rows=2,
        max_length=300,
        help_text="Such as: officers' time of a medium-risk investigation; not searches by air.",
        error_messages={"required": "Say what is in it"},
    )

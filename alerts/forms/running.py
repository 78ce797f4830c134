"""What is asked of an alert that is about to go out, goes out, or has ended."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from alerts.enums import AudienceChannel, CancelReason, PictureFault
from alerts.services.common import LONGEST_WORDS
from alerts.services.spending import MOST_CALLS
from missingcases.forms.base import CaseEditForm, CaseForm, words

PENCE_A_POUND = 100
MOST_POUNDS = Decimal(10_000_000)


def _tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, error_messages={"required": "Tick this to go on"})


def _pounds(label: str, *, required: bool = True, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=Decimal(0),
        max_value=MOST_POUNDS,
        decimal_places=2,
        **kwargs,
    )


class ChannelsForm(CaseEditForm):
    """By which channels, of those that somebody asked for."""

    channels = forms.MultipleChoiceField(
        label="By which channels",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose a channel"},
    )

    def __init__(self, *args: Any, offered: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channels"].choices = [  # type: ignore[attr-defined]
            (one, AudienceChannel(one).label) for one in offered
        ]


class IssueForm(ChannelsForm):
    """The last step: it goes out."""

    submit_label = "Issue the alert now"
    submit_style = "warning"
    read = _tick("I have read what it says, and where it goes. It goes out at once.")


class AlsoForm(ChannelsForm):
    """A channel that was left out."""

    submit_label = "Send it by these too"


class UpdateForm(CaseEditForm):
    """New words for everybody it was issued to."""

    submit_label = "Send the update now"
    submit_style = "warning"
    read = _tick("I have read the new words. They go out at once.")


class EndForm(CaseForm):
    """Why it ends. It carries no version: nobody's edit may hold it up."""

    submit_label = "End the alert now"
    submit_style = "warning"
    cancel_reason = forms.ChoiceField(
        label="What happened",
        error_messages={"required": "Choose what happened"},
        help_text="Kept with the record. The public is never told.",
        widget=forms.RadioSelect,
    )
    why = words(
        "What was wrong, if it was sent in error",
        rows=2,
        required=False,
        max_length=LONGEST_WORDS,
        help_text="Kept with the record.",
    )

    def __init__(self, *args: Any, is_rehearsal: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = {CancelReason.FOUND_SAFE, CancelReason.FOUND_DECEASED}
        self.fields["cancel_reason"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in CancelReason if not (is_rehearsal and one in found)
        ]


class RemovePictureForm(CaseForm):
    """What is wrong with the picture. It carries no version: nobody's edit may hold it up."""

    submit_label = "Take the picture away now"
    submit_style = "warning"
    fault = forms.ChoiceField(
        label="What is wrong with it",
        error_messages={"required": "Choose what is wrong with it"},
        help_text="Kept with the record. The public is never told.",
        choices=PictureFault.choices,
        widget=forms.RadioSelect,
    )
    reason = words(
        "What the room has to know of it",
        rows=2,
        required=False,
        max_length=LONGEST_WORDS,
        help_text="Everybody in the room reads it. Needed for something else.",
    )


class ReviewForm(CaseEditForm):
    """It is still needed."""

    submit_label = "It is still needed"
    read = _tick("I have looked at what is known now")


class RenewForm(ReviewForm):
    """It goes on for another day."""

    submit_label = "Renew it for 24 hours"


class CostForm(CaseForm):
    """How much somebody beside the issuer agrees to spend."""

    submit_label = "Approve the cost"
    pounds = _pounds("Up to how many pounds for one notice", help_text="For example 25000.")

    def pence(self) -> Decimal:
        """The sum in pence."""
        return Decimal(self.cleaned_data["pounds"]) * PENCE_A_POUND


class CallsTakenForm(CaseForm):
    """How many calls came in one hour."""

    submit_label = "Record the calls"
    hour = forms.ChoiceField(label="In the hour that began at")
    calls = forms.IntegerField(
        label="Calls that came because of the alert", min_value=0, max_value=MOST_CALLS
    )

    def __init__(self, *args: Any, hours: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hour"].choices = list(hours)  # type: ignore[attr-defined]


class PricesForm(CaseForm):
    """What the provider charges, as its contract says."""

    submit_label = "Save"
    ceiling = _pounds(
        "What one notice may cost, in pounds, before another manager has to agree",
        required=False,
        help_text="Leave it empty for no ceiling.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for channel in PRICED:
            part = "part of a text" if channel == AudienceChannel.SMS else "e-mail"
            self.fields[f"price_{channel}"] = forms.DecimalField(
                label=f"Pence for each {part}",
                required=False,
                min_value=Decimal(0),
                max_value=Decimal(1000),
                decimal_places=4,
            )
        self.order_fields([*(f"price_{channel}" for channel in PRICED), "ceiling"])


PRICED = (AudienceChannel.SMS, AudienceChannel.EMAIL)

"""What is filled in when a missing person asks us to tell somebody something."""

from __future__ import annotations

from django import forms

from foundation.ui.forms import HarbourForm
from missingcases.enums import DiscloseLocation


class MessageHomeForm(HarbourForm):
    """The message in their own words, read back to them."""

    submit_label = "Keep the message to be passed on"
    warn_unsaved = True

    for_whom = forms.CharField(
        label="For whom is it?", help_text="As they say it, for example: my mum.", max_length=120
    )
    words = forms.CharField(
        label="The message, word for word",
        help_text="Nothing added and nothing left out. Where they call from does not belong here.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    disclose_location = forms.ChoiceField(
        label="May the family be told where they are?",
        choices=DiscloseLocation.choices,
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(
        label="I read it back, and they agree that exactly this is passed on", required=False
    )

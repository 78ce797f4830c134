"""What staff can be asked about messages."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.accounts.models import Organisation
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models.control import DAY, HOUR
from foundation.messaging.switchboard import policies, words_for
from foundation.ui.forms import HarbourForm


class SwitchForm(HarbourForm):
    """Why sending is stopped or started."""

    reason = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="Kept with the record and shown to colleagues. No names or numbers.",
    )


class StopForm(SwitchForm):
    """Why sending is stopped."""

    submit_label = "Stop sending"
    submit_style = "warning"


class StartForm(SwitchForm):
    """Why sending starts again."""

    submit_label = "Start sending"


class LimitForm(HarbourForm):
    """How many messages may go out for one organisation."""

    submit_label = "Set the limit"
    organisation = forms.ModelChoiceField(
        label="Which organisation?", queryset=Organisation.objects.filter(is_active=True)
    )
    service = forms.ChoiceField(label="Which service?")
    count = forms.IntegerField(label="At most how many messages?", min_value=1, max_value=100_000)
    seconds = forms.TypedChoiceField(
        label="Within how long?",
        widget=forms.RadioSelect,
        coerce=int,
        choices=[(HOUR, "Any hour"), (DAY, "Any day")],
    )
    reason = forms.CharField(
        label="Why?", max_length=200, help_text="Kept with the record. No names or numbers."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [(name, name) for name in policies()]  # type: ignore[attr-defined]


class UnlimitForm(HarbourForm):
    """Why a limit is taken away."""

    submit_label = "Remove the limit"
    submit_style = "warning"
    reason = forms.CharField(
        label="Why?", max_length=200, help_text="Kept with the record. No names or numbers."
    )


class SettleForm(HarbourForm):
    """How a message of unknown outcome ended, and how that is known."""

    submit_label = "Settle it"
    outcome = forms.ChoiceField(
        label="What did you find?",
        widget=forms.RadioSelect,
        choices=[
            ("delivered", "It was sent: the provider's records or the person say so"),
            ("failed", "It was not sent: the provider's records do not hold it"),
        ],
    )
    reason = forms.CharField(
        label="How do you know?",
        max_length=200,
        help_text="For example: seen in the provider's console at 09:20. No names or numbers.",
    )


class LogFilter(HarbourForm):
    """Which messages the log shows."""

    form_method = "get"
    hide_optional = True
    submit_label = "Show"
    status = forms.ChoiceField(label="Status", required=False)
    service = forms.ChoiceField(label="Service", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", "All")
        self.fields["status"].choices = [everything, *MessageStatus.choices]  # type: ignore[attr-defined]
        services = [(name, words_for(name)) for name in policies()]
        self.fields["service"].choices = [everything, *services]  # type: ignore[attr-defined]

"""What staff can be asked about messages."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.accounts.models import Organisation
from foundation.messaging.enums import Channel, MessageStatus
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


_BY_LINES = (
    (Channel.SMS, "Texts"),
    (Channel.EMAIL, "E-mails"),
    (Channel.WEB_PUSH, "Pushes to browsers"),
    (Channel.WEBHOOK, "Partners' systems"),
)


class LineForm(HarbourForm):
    """One way out for alerts: how fast, and what of it is kept back."""

    submit_label = "Save the line"
    name = forms.CharField(label="What is it called?", max_length=40)
    channel = forms.ChoiceField(label="Channel", choices=_BY_LINES)
    sender = forms.CharField(
        label="Sender",
        max_length=40,
        required=False,
        help_text="A number of ours that can receive. Empty: the usual one.",
    )
    per_second = forms.IntegerField(
        label="How many a second?", min_value=1, max_value=10_000, help_text="As agreed with the provider."
    )
    kept_back = forms.IntegerField(
        label="How many of these are kept back?",
        min_value=0,
        max_value=9_999,
        help_text="For TextSafe and other messages to one person.",
    )
    is_on = forms.BooleanField(label="Alerts go out by this line", required=False)
    reason = forms.CharField(
        label="Why?", max_length=200, help_text="Kept with the record. No names or numbers."
    )


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

"""Writing a referral, and each side's answers."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.layout import HTML, Button
from django import forms
from django.utils.html import format_html

from foundation.ui.forms import HarbourForm, Plain, VersionedForm
from missingcases.enums import LawfulBasis
from partners.allowed import ALLOWED, names_of
from partners.enums import BY_HAND, OUTCOMES_OF, RejectReason
from partners.services import problems_of_sending

_BASES = [("", "Choose"), *LawfulBasis.choices]


class ReferralForm(VersionedForm):
    """The fields that this partner's work may be told, why, on what basis, and what the person wants."""

    submit_label = "Send the referral"
    warn_unsaved = True

    why = forms.CharField(
        label="Why do you refer them?",
        help_text="Kept with the record; the partner does not read it.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lawful_basis = forms.ChoiceField(
        label="Lawful basis for sharing this",
        choices=_BASES,
        error_messages={"required": "Choose the lawful basis for sharing this"},
    )
    wishes = forms.CharField(
        label="What the person, or who speaks for them, wants",
        help_text="Apart from the lawful basis. The partner reads it.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    override_reason = forms.CharField(
        label="Why it is shared without a sharing agreement",
        help_text="Only where no agreement with them covers it. Your data protection officer reads it.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, takes: str, sender_id: int, partner_id: int, **kwargs: Any) -> None:
        self.takes, self.sender_id, self.partner_id = takes, sender_id, partner_id
        kwargs.setdefault("initial", {}).setdefault("version", 0)
        super().__init__(*args, **kwargs)
        # Not "(optional)": where no agreement covers it, nothing is sent without it.
        override: Any = self.fields["override_reason"]
        override.is_conditional = True

    @classmethod
    def of(cls, takes: str) -> type[ReferralForm]:
        """This form with a question for each field that may be told for this."""
        asked = {
            one.name: forms.CharField(
                label=one.label,
                help_text=one.hint,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}) if one.long else forms.TextInput,
            )
            for one in ALLOWED[takes]
        }
        order = (*asked, "why", "lawful_basis", "wishes", "override_reason")
        return type("AskedReferralForm", (cls,), {**asked, "field_order": order})

    def _buttons(self) -> list[Any]:
        send = Button("send", self.submit_label, data_prevent_double_click="true")
        keep = Button("draft", "Keep as a draft", css_class="govuk-button--secondary")
        cancel = format_html('<a class="govuk-link" href="{}">Cancel</a>', self.cancel_href)
        group = [HTML('<div class="govuk-button-group">'), send, keep, Plain(cancel), HTML("</div>")]
        return group

    def clean(self) -> dict[str, Any]:
        """What a draft may lack and a referral that is sent may not: said with all the rest."""
        data = super().clean() or self.cleaned_data
        if "draft" not in self.data:
            problems = problems_of_sending(
                sender_id=self.sender_id,
                partner_id=self.partner_id,
                takes=self.takes,
                fields=self.told(),
                lawful_basis=data.get("lawful_basis", ""),
                override_reason=data.get("override_reason", ""),
            )
            for name, words in problems.items():
                self.add_error(name if name in self.fields else None, words)
        return data

    def told(self) -> dict[str, str]:
        """What was written for the partner, by field name."""
        return {name: self.cleaned_data.get(name, "") for name in names_of(self.takes)}


class AcceptForm(HarbourForm):
    """Taking a referral."""

    submit_label = "Accept the referral"

    worker = forms.CharField(
        label="Who of you answers for it?",
        help_text="A name or a role that its sender can ask for.",
        max_length=150,
    )


class RejectForm(HarbourForm):
    """Not taking it."""

    submit_label = "Do not take it"
    submit_style = "warning"

    reason = forms.ChoiceField(
        label="Why do you not take it?", choices=RejectReason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="Anything its sender should know",
        help_text="Who might take it instead, or when to ask again.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProgressForm(HarbourForm):
    """How it stands."""

    submit_label = "Send this"
    warn_unsaved = True

    words = forms.CharField(
        label="How does it stand?",
        help_text="A sentence or two. Its sender reads it at once. No addresses and no telephone numbers.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CompleteForm(HarbourForm):
    """What it came to."""

    submit_label = "Complete the referral"
    warn_unsaved = True

    outcome = forms.ChoiceField(label="What did it come to?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="What was done, and what was found?",
        help_text="Where somebody has been found, ring the sender as well: do not write where they are.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, takes: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [(one.value, one.label) for one in OUTCOMES_OF[takes]]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]


class GiveBackForm(HarbourForm):
    """Going on no longer."""

    submit_label = "Give it back"
    submit_style = "warning"

    words = forms.CharField(
        label="Why can you not go on?",
        help_text="Its sender then chooses another partner.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawForm(HarbourForm):
    """Taking it back."""

    submit_label = "Withdraw the referral"
    submit_style = "warning"

    reason = forms.ChoiceField(
        label="Why?", choices=[(one.value, one.label) for one in BY_HAND], widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="Anything to keep with the record",
        help_text="The partner reads neither this nor why: it is told to stop.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CodeForm(HarbourForm):
    """The code that was sent."""

    submit_label = "Open the referral"

    code = forms.CharField(
        label="Code",
        help_text="Six digits, from the e-mail that we have just sent to your organisation.",
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

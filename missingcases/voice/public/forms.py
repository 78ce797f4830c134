"""How it was, for whoever holds the link: every question may stay empty."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.layout import Div, Field
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.forms import HarbourForm
from missingcases.voice.answer_fields import answers_in, question_fields
from missingcases.voice.questions import QUESTIONS

_RING = (("no", _("No, thank you")), ("yes", _("Yes, I would")))


class HowItWasForm(HarbourForm):
    """A few questions, a box for words, and whether they would like somebody to talk to."""

    submit_label = _("Send")
    hide_optional = True

    key = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    ring = forms.ChoiceField(
        label=_("Would you like to talk to somebody?"),
        help_text=_(
            "We cannot ring you: we do not know who you are. If you say yes, we show you whom to call."
        ),
        choices=_RING,
        required=False,
        widget=forms.RadioSelect,
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= question_fields(
            words=_("Is there anything you would like us to know?"),
            words_hint=_("Leave out names, and anything that tells who you are."),
        )
        # No session and no cookie here, so nothing that a forged form could ride on (docs/adr/0084).
        self.helper.disable_csrf = True

    def layout(self) -> list[Any]:
        """The trap is hidden unless somebody's browser fell into it."""
        trap = "website" if self.data.get("website") else Div("website", css_class="hb-trap")
        return [
            "key",
            *(Field.radios(one.code) for one in QUESTIONS),
            Field.textarea("words", rows=5),
            Field.radios("ring"),
            trap,
        ]

    def clean_website(self) -> str:
        """Filled by a machine, or by a browser that fills every box: a person then empties it."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Empty this box, then send again. It is there to stop machines."))
        return ""

    def clean(self) -> dict[str, Any]:
        """An empty form says nothing: whoever wants to say nothing closes the page."""
        given = super().clean() or {}
        if not self.errors and not answers_in(given) and not given.get("words", "").strip():
            raise forms.ValidationError(_("Answer one question at least, or close this page."))
        return given

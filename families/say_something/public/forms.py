"""What somebody tells us who stays unknown."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.layout import Div, Field
from django import forms
from django.utils.translation import gettext_lazy as _

from families.say_something.enums import Kind
from foundation.ui.forms import HarbourForm

_KINDS = (
    (Kind.SEXUAL, _("Somebody is pushed, paid or tricked into sexual things")),
    (Kind.CRIMINAL, _("Somebody is made to carry drugs, money or weapons, or to steal")),
    (Kind.WORK, _("Somebody is made to work, or cannot leave")),
    (Kind.ONLINE, _("Somebody is pressed or threatened online")),
    (Kind.VIOLENCE, _("Violence or gangs")),
    (Kind.OTHER, _("Something else, or I am not sure")),
)
_DANGER = (("no", _("No, or I do not know")), ("yes", _("Yes")))


class SayForm(HarbourForm):
    """One question must be answered: what is happening."""

    submit_label = _("Send")
    hide_optional = True

    key = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    words = forms.CharField(
        label=_("What is happening?"),
        help_text=_("In your own words. Leave out your name and anything that tells who you are."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=_KINDS,
        initial=Kind.OTHER,
        required=False,
        widget=forms.RadioSelect,
    )
    place = forms.CharField(
        label=_("Where is it?"),
        help_text=_("A town, a school, a street, or a name used online: whatever you know."),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_urgent = forms.ChoiceField(
        label=_("Is somebody in danger now?"),
        help_text=_("Then call 999 as well: somebody answers there at once."),
        choices=_DANGER,
        initial="no",
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
        # No session and no cookie here, so nothing that a forged form could ride on (docs/adr/0084).
        self.helper.disable_csrf = True
        self.fields["words"].error_messages["required"] = _("Write what is happening.")

    def layout(self) -> list[Any]:
        """The trap is hidden unless somebody's browser fell into it."""
        trap = "website" if self.data.get("website") else Div("website", css_class="hb-trap")
        return [
            "key",
            Field.textarea("words", rows=6),
            Field.radios("kind"),
            "place",
            Field.radios("is_urgent"),
            trap,
        ]

    def clean_website(self) -> str:
        """Filled by a machine, or by a browser that fills every box: a person then empties it."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Empty this box, then send again. It is there to stop machines."))
        return ""

    def told(self) -> dict[str, Any]:
        """What is kept, and nothing else."""
        given = self.cleaned_data
        return {
            "words": given["words"],
            "kind": given["kind"] or str(Kind.OTHER),
            "place": given["place"],
            "is_urgent": given["is_urgent"] == "yes",
        }

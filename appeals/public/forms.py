"""What somebody tells us from the page of an appeal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import ConditionalQuestion, ConditionalRadios, Div, Field
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appeals.enums import Certainty, SubmissionKind
from foundation.ui.forms import HarbourForm, LondonDateTimeField

LARGEST_PHOTO = 10_000_000
ANONYMOUS, REACHABLE = "anonymous", "reachable"
_STAYS = ((ANONYMOUS, _("Stay anonymous")), (REACHABLE, _("You may contact me")))


class SightingForm(HarbourForm):
    """Few questions must be answered: what was seen, where, and how sure."""

    submit_label = _("Send")
    hide_optional = True

    key = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("What do you want to tell us?"),
        choices=SubmissionKind.choices,
        initial=SubmissionKind.SIGHTING,
        widget=forms.RadioSelect,
    )
    description = forms.CharField(
        label=_("Tell us in your own words"),
        help_text=_("What did you see? What did they wear, how did they seem? Or what is not true?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    place = forms.CharField(
        label=_("Where was it?"),
        help_text=_("A street, a shop, a station, a bus line: whatever helps to find the place."),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    area = forms.ChoiceField(label=_("Which area is that in?"), required=False)
    seen_at = LondonDateTimeField(
        label=_("When was it?"),
        help_text=_("Roughly is fine."),
        required=False,
        allow_future=False,
        offer_now=True,
    )
    certainty = forms.ChoiceField(
        label=_("How sure are you?"), choices=Certainty.choices, required=False, widget=forms.RadioSelect
    )
    with_whom = forms.CharField(
        label=_("Was anybody with them, if you know?"), max_length=300, required=False
    )
    direction = forms.CharField(
        label=_("Which way did they go, if you know?"), max_length=200, required=False
    )
    vehicle = forms.CharField(
        label=_("Was there a vehicle?"),
        help_text=_("Colour, make, number plate, or which bus or train."),
        max_length=200,
        required=False,
    )
    photo = forms.FileField(
        label=_("Do you have a photo?"),
        help_text=_("A JPEG, PNG or WebP of at most 10 MB. Where it was taken is removed from the file."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    stays = forms.ChoiceField(
        label=_("May we contact you?"),
        help_text=_("If you stay anonymous we keep nothing that tells who or where you are."),
        choices=_STAYS,
        initial=ANONYMOUS,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Your name, if you like"), max_length=120, required=False)
    contact = forms.CharField(
        label=_("Your telephone number or e-mail address"), max_length=200, required=False
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, areas: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        self._areas = areas
        super().__init__(*args, **kwargs)
        for name in ("kind", "certainty"):
            box: Any = self.fields[name]
            box.choices = [(value, gettext(str(label))) for value, label in box.choices]
        # No session and no cookie here, so nothing that a forged form could ride on (docs/adr/0084).
        self.helper.disable_csrf = True
        self.fields["description"].error_messages["required"] = _("Write what you saw, or what is not true.")

    def layout(self) -> list[Any]:
        """The trap is hidden unless somebody's browser fell into it."""
        which: Any = self.fields["area"]
        which.choices = [("", _("Not sure")), *self._areas]
        trap = "website" if self.data.get("website") else Div("website", css_class="hb-trap")
        contact = ConditionalQuestion(str(_STAYS[1][1]), "name", "contact")
        return [
            "key",
            Field.radios("kind"),
            Field.textarea("description", rows=5),
            "place",
            *(["area"] if self._areas else []),
            "seen_at",
            Field.radios("certainty"),
            "with_whom",
            "direction",
            "vehicle",
            "photo",
            ConditionalRadios("stays", str(_STAYS[0][1]), contact),
            trap,
        ]

    def clean_website(self) -> str:
        """Filled by a machine, or by a browser that fills every box: a person then empties it."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Empty this box, then send again. It is there to stop machines."))
        return ""

    def clean_photo(self) -> Any:
        """Only its size: what it is, a worker finds out."""
        photo = self.cleaned_data["photo"]
        if photo is not None and photo.size > LARGEST_PHOTO:
            raise forms.ValidationError(_("This photo is larger than 10 MB. Send a smaller one, or none."))
        return photo

    def clean(self) -> dict[str, Any]:
        """A sighting needs a place and how sure; whoever may be contacted, a way."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == SubmissionKind.SIGHTING:
            if not data.get("place") and "place" not in self.errors:
                self.add_error("place", _("Say where it was, as well as you can."))
            if not data.get("certainty") and "certainty" not in self.errors:
                self.add_error("certainty", _("Choose how sure you are."))
        if data.get("stays") == REACHABLE and not data.get("contact") and "contact" not in self.errors:
            self.add_error("contact", _("Enter a telephone number or an e-mail address, or stay anonymous."))
        return data

    def told(self) -> dict[str, Any]:
        """What is stored: of somebody anonymous, nothing that says who."""
        data = self.cleaned_data
        plain = ("kind", "description", "place", "certainty", "with_whom", "direction", "vehicle")
        seen_at = data["seen_at"]
        is_anonymous = data["stays"] != REACHABLE
        return {
            **{name: data[name] for name in plain},
            "area": int(data["area"]) if data.get("area") else None,
            "seen_at": seen_at.isoformat() if seen_at else None,
            "is_anonymous": is_anonymous,
            "name": "" if is_anonymous else data["name"],
            "contact": "" if is_anonymous else data["contact"],
        }

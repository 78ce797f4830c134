"""What an alert is to say, and where it goes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Fieldset, Size
from django import forms

from alerts.drafting import ContentDetails, Words
from alerts.enums import Language
from alerts.practice import ALT_TEXT, ALT_TEXT_WELSH, PRACTICE
from alerts.services.common import LONGEST_WORDS
from foundation.places.forms import AreaField
from foundation.ui.forms import LondonDateTimeField
from missingcases.forms.base import AREA_HINT, CaseEditForm, CaseForm, leave_out, line, narrow, words
from missingcases.models import Photo

KEEP, NO_PICTURE = "keep", "none"
_FIELDS = (
    "first_name",
    "age",
    "description",
    "clothing",
    "last_seen_place",
    "last_seen_at",
    "suspect",
    "vehicle",
)
_SENT = (
    "These words are sent. They do not follow a change above: change them here too, or empty headline, "
    "description and text to have them written anew."
)
_NEVER = "Leave out health, home, school, care and family, and what police alone may know."


def _age() -> forms.IntegerField:
    box = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label="Age", required=False, min_value=0, max_value=17, widget=box)


class ChildForm(forms.Form):
    """The fields of a version: what may be told to the public, and nothing else."""

    first_name = line("First name", required=True, max_length=60)
    age = _age()
    description = words(
        "Height, build, hair, anything that stands out",
        required=False,
        rows=3,
        max_length=LONGEST_WORDS,
        help_text=_NEVER,
    )
    clothing = line("Clothing", max_length=300)
    last_seen_place = line(
        "Place last seen",
        max_length=250,
        help_text="A district or a public place, never a home.",
    )
    last_seen_at = LondonDateTimeField(label="Date and time last seen", required=False, allow_future=False)
    suspect = words(
        "Who it is and what they look like",
        required=False,
        rows=3,
        max_length=LONGEST_WORDS,
        help_text="Sex, age, build, clothing. A name only if the investigating officer releases it.",
    )
    vehicle = line("Vehicle", max_length=300, help_text="Colour, make and registration.")
    photo = forms.ChoiceField(label="Picture", widget=forms.RadioSelect, initial=NO_PICTURE)
    alt_text = line(
        "The picture in words, for people who cannot see it",
        max_length=250,
        help_text="Needed with a picture. For example: Sam, a girl of nine with long brown hair.",
    )

    def details(self, *, polygon: str = "", wordings: Sequence[Words] = ()) -> ContentDetails:
        """The version that was written, with these words; the words are drafted where there are none."""
        given = self.cleaned_data
        is_practice = given.get("photo") == PRACTICE
        return ContentDetails(
            **{name: given[name] for name in _FIELDS},
            alt_text=given.get("alt_text", "") or (ALT_TEXT if is_practice else ""),
            alt_text_cy=given.get("alt_text_cy", "") or (ALT_TEXT_WELSH if is_practice else ""),
            polygon=polygon,
            wordings=tuple(wordings),
        )

    def photo_reference(self) -> str | None:
        """The chosen photo of the record; "" for none, None to keep what there is."""
        chosen = self.cleaned_data.get("photo", NO_PICTURE)
        return {KEEP: None, NO_PICTURE: ""}.get(chosen, chosen)


def _photo_choices(photos: Sequence[Photo], *, is_rehearsal: bool) -> list[tuple[str, str]]:
    if is_rehearsal:
        return [(PRACTICE, "The practice picture: nobody, marked EXERCISE")]
    return [(one.reference, one.alt_text or f"Photo {count}") for count, one in enumerate(photos, 1)]


class AreaBoxes(forms.Form):
    """The areas that it goes to, one a box; a region or a nation holds all below it."""

    BOXES = 6

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        hint = {"help_text": f"{AREA_HINT} A region or nation holds every area within it."}
        own = {
            name: AreaField(label=f"Area {number}", **(hint if number == 1 else {}))
            for number, name in enumerate(self.boxes(), 1)
        }
        own["area_1"].required = True
        own["area_1"].error_messages["required"] = "Choose at least one area"
        vars(self)["base_fields"] = {**vars(self).get("base_fields", type(self).base_fields), **own}
        super().__init__(*args, **kwargs)

    @classmethod
    def boxes(cls) -> list[str]:
        """The names of the boxes."""
        return [f"area_{number}" for number in range(1, cls.BOXES + 1)]

    def area_ids(self) -> list[int]:
        """The chosen areas, each once."""
        chosen = (self.cleaned_data.get(name) for name in self.boxes())
        return list(dict.fromkeys(area.pk for area in chosen if area))

    def clean(self) -> dict[str, Any]:
        """At least one."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.area_ids():
            self.add_error("area_1", "Choose at least one area")
        return data


_ABOUT = (
    "first_name",
    narrow("age", "govuk-input--width-3"),
    Field.textarea("description", rows=3),
    "clothing",
    "last_seen_place",
    "last_seen_at",
)


class ProposeForm(AreaBoxes, CaseForm, ChildForm):
    """Police propose an alert. Its words are drafted from these fields and can be changed in the room."""

    submit_label = "Propose the alert"
    warn_unsaved = True
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, *args: Any, photos: Sequence[Photo] = (), is_rehearsal: bool = False, **kwargs: Any
    ) -> None:
        has_choice = bool(photos) or is_rehearsal
        leave_out(self, *([] if has_choice else ["photo"]), *(["alt_text"] if not photos else []))
        super().__init__(*args, **kwargs)
        if has_choice:
            self.fields["photo"].choices = [  # type: ignore[attr-defined]
                *_photo_choices(photos, is_rehearsal=is_rehearsal),
                (NO_PICTURE, "No picture"),
            ]

    def layout(self) -> list[Any]:
        """The child, who may be with them, the picture, where it goes."""
        parts: list[Any] = [
            "form_token",
            Fieldset(*_ABOUT, legend="The child", legend_size=Size.MEDIUM),
            Fieldset(
                Field.textarea("suspect", rows=3),
                "vehicle",
                legend="Somebody they may be with",
                legend_size=Size.MEDIUM,
            ),
        ]
        if "photo" in self.fields:
            shown = [name for name in ("photo", "alt_text") if name in self.fields]
            parts.append(Fieldset(*shown, legend="Picture", legend_size=Size.MEDIUM))
        boxes = [narrow(name, "govuk-input--width-30") for name in self.boxes()]
        return [*parts, Fieldset(*boxes, legend="Where it goes", legend_size=Size.MEDIUM)]


_WORDS = ("headline", "words", "instruction", "sms")


def _words_fields(tail: str, language: str) -> dict[str, forms.Field]:
    sms_hint = (
        "We put Child Rescue Alert before it, and how to leave after it. Every 160 characters are paid for, "
        "and arrive, as one more text."
    )
    return {
        f"headline{tail}": line(f"Headline{language}", max_length=120, help_text=_SENT),
        f"words{tail}": words(f"Description{language}", required=False, rows=4, max_length=LONGEST_WORDS),
        f"instruction{tail}": words(
            f"What to do{language}", required=False, rows=3, max_length=LONGEST_WORDS
        ),
        f"sms{tail}": words(f"Text{language}", required=False, rows=4, max_length=640, help_text=sms_hint),
    }


class ContentForm(CaseEditForm, ChildForm):
    """The next version: the fields, the picture, and the words in each language."""

    submit_label = "Save as the next version"
    warn_unsaved = True
    alt_text_cy = line("The picture in words, in Welsh", max_length=250)

    def __init__(
        self,
        *args: Any,
        photos: Sequence[Photo] = (),
        has_picture: bool = False,
        welsh: bool = False,
        is_rehearsal: bool = False,
        **kwargs: Any,
    ) -> None:
        self._welsh = welsh
        leave_out(self, *([] if welsh else ["alt_text_cy"]))
        own = _words_fields("", "") | (_words_fields("_cy", " in Welsh") if welsh else {})
        vars(self)["base_fields"] = {**vars(self)["base_fields"], **own}
        super().__init__(*args, **kwargs)
        keep = [(KEEP, "The picture it has")] if has_picture else []
        self.fields["photo"].choices = [  # type: ignore[attr-defined]
            *keep,
            *_photo_choices(photos, is_rehearsal=is_rehearsal),
            (NO_PICTURE, "No picture"),
        ]

    def layout(self) -> list[Any]:
        """The child, who may be with them, the picture, then the words; Welsh beside English."""
        alternatives = ["alt_text", *(["alt_text_cy"] if self._welsh else [])]
        parts: list[Any] = [
            "version",
            Fieldset(*_ABOUT, legend="The child", legend_size=Size.MEDIUM),
            Fieldset(
                Field.textarea("suspect", rows=3),
                "vehicle",
                legend="Somebody they may be with",
                legend_size=Size.MEDIUM,
            ),
            Fieldset("photo", *alternatives, legend="Picture", legend_size=Size.MEDIUM),
            Fieldset(*_WORDS, legend="The words", legend_size=Size.MEDIUM),
        ]
        if self._welsh:
            welsh = [f"{name}_cy" for name in _WORDS]
            parts.append(Fieldset(*welsh, legend="The words in Welsh", legend_size=Size.MEDIUM))
        return parts

    def written(self, *, polygon: str) -> ContentDetails:
        """The next version, its outline as it was."""
        languages = [("", Language.ENGLISH), *([("_cy", Language.WELSH)] if self._welsh else [])]
        given = self.cleaned_data
        return self.details(
            polygon=polygon,
            wordings=[
                Words(language, *(given[f"{name}{tail}"] for name in _WORDS)) for tail, language in languages
            ],
        )


class AreasForm(AreaBoxes, CaseEditForm):
    """Where it goes."""

    submit_label = "Save the areas"


class OutlineForm(CaseEditForm):
    """The outline for systems that target by it."""

    submit_label = "Save the outline"
    polygon = words(
        "Corners",
        required=False,
        rows=4,
        help_text="Latitude,longitude of each corner as you walk round, a space between them. For example: "
        "51.53,-0.15 51.55,-0.15 51.55,-0.12. Leave it empty for the areas alone.",
    )

"""What an appeal is to say, as the charity writes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Fieldset, Size
from django import forms

from appeals.enums import Audience, Language
from appeals.models import Picture
from appeals.services.editing import LONGEST_NAME, LONGEST_SURNAME, LONGEST_WORDS, ContentDetails, Words
from foundation.places.forms import AreaField
from foundation.ui.forms import DatePartsField
from missingcases.forms.base import (
    AREA_HINT,
    CaseEditForm,
    CaseForm,
    leave_out,
    line,
    narrow,
    words,
)

NO_PICTURE = "none"
DESCRIPTION_HINT = (
    "What helps somebody to know them: height, build, hair, anything that stands out. Short sentences. "
    "Nothing about their health, their home or why they left."
)


class _AreaNeeded(AreaField):
    """An area that has to be answered: an appeal without one reaches nobody in particular."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.required = True
        self.error_messages["required"] = "Choose the area that they are missing from"


class AboutForm(forms.Form):
    """The fields that every channel may show."""

    first_name = line("First name", required=True, max_length=LONGEST_NAME)
    surname = line("Surname", max_length=LONGEST_SURNAME)
    show_surname = forms.BooleanField(label="Show the surname", required=False)
    age = forms.IntegerField(
        label="Age when last seen", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    missing_since = DatePartsField(label="Missing since", allow_future=False)
    area = _AreaNeeded(label="Area they are missing from", help_text=AREA_HINT)

    def details(self, wordings: Sequence[Words]) -> ContentDetails:
        """What was answered, with these words."""
        given = self.cleaned_data
        return ContentDetails(
            first_name=given["first_name"],
            surname=given["surname"],
            show_surname=given["show_surname"],
            age=given["age"],
            missing_since=given["missing_since"],
            area_id=given["area"].pk,
            alt_text=given.get("alt_text", ""),
            alt_text_cy=given.get("alt_text_cy", ""),
            wordings=tuple(wordings),
        )


ABOUT = (
    "first_name",
    "surname",
    "show_surname",
    narrow("age"),
    "missing_since",
    narrow("area", "govuk-input--width-30"),
)


_ENGLISH = ("headline", "description", "clothing")
_WELSH = tuple(f"{name}_cy" for name in _ENGLISH)


class ContentForm(CaseEditForm, AboutForm):
    """The charity writes the next version: the fields, the picture, the words that everybody reads."""

    submit_label = "Save as the next version"
    warn_unsaved = True

    picture = forms.ChoiceField(label="Picture", widget=forms.RadioSelect, initial=NO_PICTURE)
    alt_text = line(
        "What the picture shows, for people who cannot see it",
        max_length=250,
        help_text="For example: Sam, a young man with short brown hair and glasses, smiling.",
    )
    alt_text_cy = line("What the picture shows, in Welsh", max_length=250)
    headline = line("Headline", max_length=120)
    description = words("Description", required=False, help_text=DESCRIPTION_HINT, max_length=LONGEST_WORDS)
    clothing = line("Clothing when last seen", max_length=300)
    headline_cy = line("Headline in Welsh", max_length=120)
    description_cy = words("Description in Welsh", required=False, max_length=LONGEST_WORDS)
    clothing_cy = line("Clothing in Welsh", max_length=300)

    def __init__(
        self, *args: Any, pictures: Sequence[Picture] = (), welsh: bool = False, **kwargs: Any
    ) -> None:
        self._welsh = welsh
        leave_out(self, *([] if welsh else ["alt_text_cy", *_WELSH]))
        super().__init__(*args, **kwargs)
        numbered = [(str(one.pk), f"Picture {count}") for count, one in enumerate(pictures, 1)]
        self.fields["picture"].choices = [*numbered, (NO_PICTURE, "No picture")]  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        """Whom, the picture, then the words; Welsh beside English where the area is Welsh."""
        alternatives = ["alt_text", *(["alt_text_cy"] if self._welsh else [])]
        parts: list[Any] = [
            "version",
            Fieldset(*ABOUT, legend="Who is missing", legend_size=Size.MEDIUM),
            Fieldset("picture", *alternatives, legend="Picture", legend_size=Size.MEDIUM),
            Fieldset(*_ENGLISH, legend="Words that everybody reads", legend_size=Size.MEDIUM),
        ]
        if self._welsh:
            parts.append(Fieldset(*_WELSH, legend="The same words in Welsh", legend_size=Size.MEDIUM))
        return parts

    def written(self, others: Sequence[Words]) -> ContentDetails:
        """The next version, with the tailored wordings as they are."""
        given = self.cleaned_data
        public = [Words(**{name: given[name] for name in _ENGLISH})]
        if self._welsh:
            cymraeg = {name: given[f"{name}_cy"] for name in _ENGLISH}
            public.append(Words(language=Language.WELSH, **cymraeg))
        return self.details([*public, *others])

    def picture_id(self) -> int | None:
        """The chosen picture."""
        chosen = self.cleaned_data["picture"]
        return None if chosen == NO_PICTURE else int(chosen)


class WordingForm(CaseEditForm):
    """Words for one audience, in one language, for one region or everywhere; empty ones take it away."""

    submit_label = "Save as the next version"
    warn_unsaved = True

    audience = forms.ChoiceField(
        label="For whom", choices=[(one.value, one.label) for one in Audience], widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label="Language", choices=Language.choices, widget=forms.RadioSelect)
    region = AreaField(
        label="For one region alone",
        help_text="Leave it empty for everywhere. An outlet that reaches the region shows these words.",
    )
    headline = line("Headline", max_length=120)
    description = words("Description", required=False, max_length=LONGEST_WORDS)
    clothing = line("Clothing when last seen", max_length=300)

    def clean(self) -> dict[str, Any]:
        """Words for everybody everywhere are written with the content itself."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("audience") == Audience.PUBLIC and not data.get("region"):
            self.add_error("region", "Choose a region: words for everybody are in the content itself.")
        return data

    def words(self) -> Words:
        """What was written."""
        given = self.cleaned_data
        region = given["region"]
        return Words(
            language=given["language"],
            audience=given["audience"],
            region_id=region.pk if region else None,
            headline=given["headline"],
            description=given["description"],
            clothing=given["clothing"],
        )


def _edge(label: str, initial: int) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=0,
        max_value=100,
        initial=initial,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class CropForm(CaseForm):
    """The part of a picture that is kept, by its edges in hundredths of width and height."""

    submit_label = "Keep this part"
    left = _edge("Left edge, per cent from the left", 0)
    top = _edge("Top edge, per cent from the top", 0)
    right = _edge("Right edge, per cent from the left", 100)
    bottom = _edge("Bottom edge, per cent from the top", 100)

    def layout(self) -> list[Any]:
        """Short boxes."""
        return [narrow(name) for name in ("left", "top", "right", "bottom")]

    def parts(self) -> dict[str, float]:
        """The edges from 0 to 1."""
        return {name: self.cleaned_data[name] / 100 for name in ("left", "top", "right", "bottom")}


class AreasForm(CaseEditForm):
    """The areas that an appeal is aimed at, one a box."""

    submit_label = "Save the areas"
    BOXES = 6

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        own = {f"area_{number}": AreaField(label=f"Area {number}") for number in range(1, self.BOXES + 1)}
        vars(self)["base_fields"] = {**type(self).base_fields, **own}
        super().__init__(*args, **kwargs)

    def area_ids(self) -> list[int]:
        """The chosen areas, each once."""
        chosen = (self.cleaned_data.get(f"area_{number}") for number in range(1, self.BOXES + 1))
        return list(dict.fromkeys(area.pk for area in chosen if area))

    def clean(self) -> dict[str, Any]:
        """At least one."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.area_ids():
            self.add_error("area_1", "Choose at least one area")
        return data

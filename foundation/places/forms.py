"""Forms of the areas pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from foundation.places import selectors
from foundation.places.models import Area
from foundation.ui.forms import HarbourForm

LARGEST = 10 * 1024 * 1024
NO_AREA = "There is no such area. Choose one that is offered as you type, such as Lambeth (borough)"


class UploadForm(HarbourForm):
    """An official list, to be checked or loaded."""

    submit_label = "Go on"
    file = forms.FileField(
        label="The list",
        help_text="CSV in UTF-8, at most 10 MB: code, name, kind, parent, start, end.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    what = forms.ChoiceField(
        label="What to do",
        choices=[("check", "Check only: show what would change"), ("load", "Load: good lines count at once")],
        initial="check",
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Any:
        """A list that is not absurdly long."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError("The file is larger than 10 MB.")
        return given


class AreaInput(forms.TextInput):
    """A box that offers the areas of today as one types; the browser does that, without a script."""

    template_name = "gds/widgets/area.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the areas that are offered."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_areas"
        context["widget"]["attrs"]["list"] = list_id
        return context | {"list_id": list_id, "areas": selectors.offered(on=timezone.localdate())}


class AreaField(forms.CharField):
    """An area by its label, name or code; cleans to the area, or to None. Whether it counted on the day
    that matters, the service asks."""

    widget = AreaInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored area as it is offered; what was typed, as typed."""
        return selectors.label(value) if isinstance(value, Area) else value

    def clean(self, value: Any) -> Area | None:
        """Raises `ValidationError` for words that mean no area, or several."""
        asked: str = super().clean(value)
        if not asked:
            return None
        found = selectors.called(asked, on=timezone.localdate())
        if not found:
            raise forms.ValidationError(NO_AREA, code="invalid")
        if len(found) > 1:
            choices = " or ".join(selectors.label(area) for area in found[:4])
            raise forms.ValidationError(f"Several areas are called that: choose {choices}", code="invalid")
        return found[0]


class DayForm(forms.Form):
    """The day the tree is looked at."""

    on = forms.DateField(required=False)

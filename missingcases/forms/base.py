"""What every form about an incident shares."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.layout import Field
from django import forms
from django.db.models import TextChoices
from django.template.loader import render_to_string

from foundation.actors import Actor
from foundation.ui.forms import HarbourForm, VersionedForm

NOT_ANSWERED = ""
AREA_HINT = "Type the name of a borough, district or force area and choose it."


class KeptOnFailure:
    """Posted in the background where scripts run, so that what was typed survives a lost connection.

    Without scripts it is an ordinary form. The view answers through `views.common.go` and `show`.
    """

    helper: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.attrs |= {
            "hx-post": self.helper.form_action or "",
            "hx-target": "#main-content",
            "hx-select": "#main-content",
            "hx-swap": "outerHTML show:window:top",
            "hx-sync": "this:drop",
        }
        if self.is_multipart():  # type: ignore[attr-defined]
            self.helper.attrs["hx-encoding"] = "multipart/form-data"


class CaseForm(KeptOnFailure, HarbourForm):
    """A form that asks for a verb's answers."""


class CaseEditForm(KeptOnFailure, VersionedForm):
    """A form that edits something and so carries the version it was opened at."""


def radios(enum: type[TextChoices], label: str, *, only: Any = None, **kwargs: Any) -> forms.ChoiceField:
    """A question answered by one of the values of `enum` (or those of `only`)."""
    values = [(one.value, one.label) for one in enum if only is None or one in only]
    return forms.ChoiceField(label=label, choices=values, widget=forms.RadioSelect, **kwargs)


def select(enum: type[TextChoices], label: str, *, only: Any = None, **kwargs: Any) -> forms.ChoiceField:
    """As `radios`, for a long list; the empty choice is offered first."""
    values = [(one.value, one.label) for one in enum if only is None or one in only]
    return forms.ChoiceField(label=label, choices=[(NOT_ANSWERED, "Choose"), *values], **kwargs)


def ticks(enum: type[TextChoices], label: str, **kwargs: Any) -> forms.MultipleChoiceField:
    """A question answered by any number of the values of `enum`."""
    return forms.MultipleChoiceField(
        label=label,
        choices=[(one.value, one.label) for one in enum],
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )


def words(label: str, *, rows: int = 4, required: bool = True, **kwargs: Any) -> forms.CharField:
    """A question answered in sentences. `kwargs` go to the field (help_text, error_messages, max_length)."""
    return forms.CharField(
        label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


def line(label: str, *, max_length: int = 200, required: bool = False, **kwargs: Any) -> forms.CharField:
    """A question answered on one line."""
    attrs = kwargs.pop("attrs", {})
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(label=label, max_length=max_length, required=required, widget=widget, **kwargs)


def narrow(name: str, css: str = "govuk-input--width-5") -> Field:
    """A field of the layout whose box is as wide as its answer."""
    return Field(name, css_class=css)


class Fragment:
    """A template of ours among the questions."""

    def __init__(self, template: str, context: dict[str, Any]) -> None:
        self.template = template
        self.context = context

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The markup."""
        return render_to_string(self.template, self.context)


def leave_out(form: forms.Form, *names: str) -> None:
    """Take questions that do not apply out of a form that is being made, before its fields are."""
    vars(form)["base_fields"] = {
        name: field for name, field in type(form).base_fields.items() if name not in names
    }


def body_of(actor: Actor) -> int:
    """The id of the organisation the actor acts for; 0, which nothing has, for nobody's."""
    return actor.organisation_id or 0

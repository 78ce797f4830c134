"""Form rendering behind templates/gds/: one widget tag, options of choice fields, error links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.widgets import Input

from foundation.ui.widgets import PartsWidget
from foundation.ui.wording import is_djangos_own, required_message

register = template.Library()

# The first match names the widget's class.
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.PasswordInput, "govuk-input govuk-password-input__input govuk-js-password-input-input"),
    (Input, "govuk-input"),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One radio or checkbox. The first of a field carries the field's own id, so error links find it."""

    id: str
    name: str
    value: str
    label: str
    selected: bool
    disabled: bool
    hint: str
    exclusive: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of an error summary; `target` is the id to jump to, empty for the form as a whole."""

    target: str
    message: str


@register.filter
def kind(field: BoundField) -> str:
    """Which markup a field needs: radios, checkboxes, checkbox, parts, password or plain."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, PartsWidget):
        return "parts"
    return "password" if isinstance(widget, forms.PasswordInput) else "plain"


@register.filter
def options(field: BoundField) -> list[Option]:
    """The choices of a radio or checkbox field, as Django itself selected them."""
    widget = field.field.widget
    hints: dict[str, str] = getattr(widget, "hints", {})
    exclusive: set[str] = set(getattr(widget, "exclusive", ()))
    found = []
    for place, bound in enumerate(field.subwidgets, start=1):
        data: dict[str, Any] = bound.data
        value = str(data["value"])
        found.append(
            Option(
                id=field.auto_id if place == 1 else f"{field.auto_id}_{place}",
                name=str(data["name"]),
                value=value,
                label=str(data["label"]),
                selected=bool(data["selected"]),
                disabled=bool(data["attrs"].get("disabled")),
                hint=str(hints.get(value, "")),
                exclusive=value in exclusive,
            )
        )
    return found


@register.filter
def option_for(field: BoundField, value: object) -> Option:
    """The option of a choice field with that value."""
    return next(option for option in options(field) if option.value == str(value))


@register.filter
def messages_of(field: BoundField) -> list[str]:
    """A field's errors; where a library's form left Django's words, ours name the question."""
    said = [str(message) for message in field.errors]
    return [required_message(field.field) if is_djangos_own(message) else message for message in said]


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of a field's hint and errors, for aria-describedby."""
    ids = [f"{field.auto_id}-hint"] if field.help_text else []
    return " ".join([*ids, *([f"{field.auto_id}-error"] if field.errors else [])])


@register.simple_tag
def gds_widget(field: BoundField, counted: bool = False) -> str:
    """Render a field's widget with the library's class, its description and its error state."""
    widget = field.field.widget
    attrs: dict[str, Any] = {}
    described = described_by(field) + (f" {field.auto_id}-info" if counted else "")
    if described and not isinstance(widget, PartsWidget):
        attrs["aria-describedby"] = described.strip()
    attrs["class"] = _class_of(widget)
    widget.attrs.pop("placeholder", None)  # it vanishes as one types; the label says it
    if isinstance(widget, forms.NumberInput):
        # A number box changes its value under a scroll wheel and hides what it cannot read.
        widget.input_type = "text"
        attrs["inputmode"] = "numeric" if isinstance(field.field, forms.IntegerField) else "decimal"
        for name in ("min", "max", "step"):
            widget.attrs.pop(name, None)
    if isinstance(widget, PartsWidget):
        attrs["parts_in_error"] = parts_in_error(field)
    return field.as_widget(attrs=attrs)


@register.filter
def error_links(form: forms.BaseForm) -> list[Problem]:
    """Every error of a form in the order of its fields, each with the id it belongs to."""
    return list(_problems(form)) if hasattr(form, "errors") else []


def parts_in_error(field: BoundField) -> set[str]:
    """The parts (day, month, time) a date field's errors speak of."""
    return {
        part
        for error in field.errors.as_data()
        for part in ((error.params or {}).get("parts", ()) if isinstance(error.params, dict) else ())
    }


def _problems(form: forms.BaseForm) -> Iterator[Problem]:
    for message in form.non_field_errors():
        yield Problem("", str(message))
    for field in form:
        if field.is_hidden:
            yield from (Problem("", str(message)) for message in field.errors)
            continue
        for message in messages_of(field):
            yield Problem(_target(field), message)


def _target(field: BoundField) -> str:
    widget = field.field.widget
    if not isinstance(widget, PartsWidget):
        return str(field.auto_id)
    wrong = parts_in_error(field)
    first = next((part.name for part in widget.parts if part.name in wrong), widget.parts[0].name)
    return f"{field.auto_id}_{first}"


def _class_of(widget: forms.Widget) -> str:
    own = str(widget.attrs.get("class", ""))
    found = next((name for kind_of, name in CLASSES if isinstance(widget, kind_of)), "")
    return " ".join(dict.fromkeys(f"{found} {own}".split()))

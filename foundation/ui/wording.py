"""Words for a question left unanswered: which one, instead of "This field is required"."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext


def required_message(field: forms.Field) -> str:
    """What to say when a required field is empty: the field's own words, else made from its label."""
    own = str(field.error_messages.get("required", _djangos_own()))
    label = str(field.label or "")
    if own != _djangos_own() or not label:
        return own
    if label.endswith("?"):
        return gettext("Answer: %s") % label
    return f"{_verb(field)} {label if _keeps_its_capital(label) else label[0].lower() + label[1:]}"


def is_djangos_own(message: str) -> bool:
    """Whether a message is the framework's, which names no question."""
    return message == _djangos_own()


def _djangos_own() -> str:
    return str(forms.Field.default_error_messages["required"])


def _verb(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return "Tick to go on:"
    if isinstance(field, forms.FileField):
        return "Choose a file:"
    return "Choose" if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)) else "Enter"


def _keeps_its_capital(label: str) -> bool:
    # "GP practice" and "I agree", not "Name".
    return label[1:2].isupper() or label[1:2] == " "

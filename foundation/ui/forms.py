"""The base of every form: rendered in the house's way, nothing typed is lost, edits know their version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import HTML, Button, Layout, Size
from django import forms
from django.utils.html import format_html

from foundation.ui.fields import DatePartsField, LondonDateTimeField, PartialDate, PartialDateField
from foundation.ui.wording import required_message

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "DatePartsField",
    "HarbourForm",
    "HarbourModelForm",
    "LondonDateTimeField",
    "PartialDate",
    "PartialDateField",
    "Plain",
    "VersionedForm",
    "hints",
]


class HarbourFormMixin:
    """`{% crispy form %}` renders the whole form: CSRF, fields, button, cancel link.

    Override the class attributes, and `layout()` for anything but fields in their order.
    """

    submit_label: StrOrPromise = "Save"
    submit_style = ""  # "warning" for what cannot be undone
    cancel_href = ""  # or pass cancel_href= when making the form
    cancel_label = "Cancel"
    form_tag = True
    form_method = "post"
    form_action = ""
    warn_unsaved = False  # ask before a half-filled form is left
    hide_optional = False  # True for filters, where every question may stay empty

    def __init__(self, *args: Any, cancel_href: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_href = cancel_href or self.cancel_href
        self.helper = FormHelper()
        self.helper.form_tag = self.form_tag
        self.helper.form_method = self.form_method
        self.helper.form_action = self.form_action
        self.helper.label_size = Size.SMALL
        self.helper.legend_size = Size.SMALL
        self.helper.hide_optional = self.hide_optional
        self.helper.disable_csrf = self.form_method == "get"
        self.helper.attrs = {"novalidate": "novalidate"}
        if self.warn_unsaved:
            self.helper.attrs["data-warn-unsaved"] = "true"
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.error_messages["required"] = required_message(field)
        self.helper.layout = Layout(*self.layout(), *self._buttons())

    def layout(self) -> list[Any]:
        """The layout objects before the buttons; by default the fields in their order."""
        return list(self.fields)  # type: ignore[attr-defined]

    def _buttons(self) -> list[Any]:
        if not self.form_tag or not self.submit_label:
            return []
        style = f"govuk-button--{self.submit_style}" if self.submit_style else ""
        button = Button("submit", self.submit_label, css_class=style, data_prevent_double_click="true")
        if not self.cancel_href:
            return [button]
        cancel = format_html('<a class="govuk-link" href="{}">{}</a>', self.cancel_href, self.cancel_label)
        return [HTML('<div class="govuk-button-group">'), button, Plain(cancel), HTML("</div>")]


class Plain:
    """Safe markup in a layout that is not read as a template (HTML() would compile it)."""

    def __init__(self, html: str) -> None:
        self.html = html

    def render(self, *args: Any, **kwargs: Any) -> str:
        return self.html


class HarbourForm(HarbourFormMixin, forms.Form):
    """A plain form: services write, so most forms are this one."""


class HarbourModelForm(HarbourFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A form whose fields come from a model; `save()` is not for use, services write."""

    def save(self, commit: bool = True) -> Any:
        """Refused: hand `cleaned_data` to a service."""
        raise NotImplementedError("Services are the only writers: hand cleaned_data to one.")


class VersionedForm(HarbourForm):
    """An edit form that carries the version it was opened at, so that nothing is silently overwritten."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: list[dict[str, str]] = []

    def show_conflict(self, *, theirs: Mapping[str, Any], version: int) -> None:
        """After a service refused an old version: show both sides and let the next save be deliberate.

        `theirs` maps field names to what is saved now; `version` is the present version.
        Show `form.conflicts` with components/conflict.html above the form.
        """
        for name, value in theirs.items():
            bound = self[name]
            yours = self.cleaned_data.get(name)
            if value != yours and (value or yours):
                both = {"theirs": _said(bound, value), "yours": _said(bound, yours)}
                self.conflicts.append({"label": str(bound.label), **both})
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("version")] = str(version)
        self.data = data
        self.add_error(
            None, "Somebody else saved this while you were writing. Yours is not lost and not saved yet."
        )


def hints(field: forms.ChoiceField, texts: Mapping[str, str], *, exclusive: tuple[str, ...] = ()) -> None:
    """Give radios or checkboxes a hint by value; `exclusive` checkboxes untick the others."""
    field.widget.hints = dict(texts)  # type: ignore[attr-defined]
    field.widget.exclusive = exclusive  # type: ignore[attr-defined]


def _said(bound: forms.BoundField, value: Any) -> str:
    if value in (None, "", [], ()):
        return ""
    choices = {str(key): str(label) for key, label in _flat(getattr(bound.field, "choices", []))}
    if isinstance(value, (list, tuple, set)):
        return ", ".join(choices.get(str(item), str(item)) for item in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return choices.get(str(value), str(value))


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for key, label in choices:
        flat.extend(label if isinstance(label, (list, tuple)) else [(key, label)])
    return flat

"""What an auditor can ask for."""

from django import forms

from foundation.audit import selectors
from foundation.ui.forms import HarbourForm


class PersonForm(HarbourForm):
    """Find a person by a part of their name or address."""

    submit_label = "Find"
    words = forms.CharField(
        label="Name or e-mail address",
        max_length=150,
        min_length=2,
        help_text="A part is enough. Only people who work, or worked, for your organisation are found.",
    )


class RecordForm(forms.Form):
    """Find one record's trail by its kind and public reference."""

    label = forms.ChoiceField(label="Kind of record")
    reference = forms.CharField(label="Reference", max_length=40)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        models = selectors.audited_models()
        choices = sorted(
            (label, str(model._meta.verbose_name).capitalize()) for label, model in models.items()
        )
        self.fields["label"].choices = choices  # type: ignore[attr-defined]

"""What an auditor can ask for."""

from django import forms

from foundation.audit import selectors


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

"""Referring a child, and how they are reached."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.accounts.models import Organisation
from foundation.ui.forms import HarbourForm, LondonDateTimeField, VersionedForm
from rhi.enums import GenderPreference
from rhi.services import Details

_CONFIDENTIAL = "Only whoever interviews reads this, never the police."


def _words(label: str, hint: str = "", *, rows: int = 2, longest: int = 1000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class _Reaching(forms.Form):
    """How a child is reached, and what they need."""

    child_called = forms.CharField(
        label="What is the child called?",
        help_text="The name they like to be called by.",
        required=False,
        max_length=120,
    )
    carer = _words("Who cares for the child?", "Name, and what they are to the child.")
    safe_contact = _words("How can they be reached safely?", "Whom to ask for, when, and what never to say.")
    cared_for_by = _words(
        "Which home, agency or team looks after them?",
        "One on each line. Nobody who works, or worked, for one of these interviews the child.",
    )
    language = forms.CharField(
        label="Which language do they like to talk in?",
        help_text="Leave it empty for English.",
        required=False,
        max_length=60,
    )
    needs = _words(
        "What do they need to take part?", "An interpreter, a break, somebody they trust, easy words."
    )
    gender_preference = forms.ChoiceField(
        label="Whom would they rather talk to?",
        choices=GenderPreference.choices,
        initial=GenderPreference.NONE,
        widget=forms.RadioSelect,
    )
    worker_safety = _words("What must a worker know to be safe?", _CONFIDENTIAL)


REACHING = tuple(_Reaching.base_fields)


def details_of(data: dict[str, Any]) -> Details:
    """The answers as the service takes them."""
    return Details(**{name: data[name] for name in REACHING})


class DetailsForm(_Reaching, VersionedForm):
    """How the child is reached, changed later."""

    submit_label = "Save"
    warn_unsaved = True


class ReferForm(_Reaching, HarbourForm):
    """A referral by hand. What the incident knows already is not asked again."""

    submit_label = "Refer the child"
    warn_unsaved = True

    returned_at = LondonDateTimeField(
        label="When were they back?",
        help_text="At home, or in their placement. The 72 hours run from then.",
        allow_future=False,
    )
    authority = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label="Which local authority is responsible?",
        help_text="Of a child in care, the one that placed them.",
        required=False,
        empty_label="Not known: the charity finds out",
    )

    def __init__(self, *args: Any, authorities: Any, asks_time: bool, asks_authority: bool, **kwargs: Any):
        self._asked = [
            *(["returned_at"] if asks_time else []),
            *(["authority"] if asks_authority else []),
            *REACHING,
        ]
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = authorities  # type: ignore[attr-defined]
        for name in set(self.fields) - set(self._asked):
            del self.fields[name]

    def layout(self) -> list[Any]:
        """Time and authority first, where they are asked."""
        return list(self._asked)


class AuthorityForm(HarbourForm):
    """Which authority is responsible."""

    submit_label = "Save the authority"

    authority = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label="Which local authority is responsible for the child?",
        help_text="Of a child in care the one that placed them, else the one of the area they live in.",
        empty_label="Choose an authority",
    )

    def __init__(self, *args: Any, authorities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = authorities  # type: ignore[attr-defined]

"""What charity staff fill in, and what figures are asked for."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.layout import Field
from django import forms

from foundation.accounts.models import Organisation
from foundation.ui.forms import HarbourForm
from missingcases.voice import selectors
from missingcases.voice.answer_fields import question_fields
from missingcases.voice.enums import AskedBy, Language, Respondent
from missingcases.voice.questions import QUESTIONS
from missingcases.voice.sources import Asked


class AskForm(HarbourForm):
    """That they said yes: who, in what, and of which force."""

    submit_label = "Put down that they said yes"

    respondent = forms.ChoiceField(label="Who is it?", widget=forms.RadioSelect)
    asked_in = forms.ChoiceField(
        label="How did they say yes?", choices=AskedBy.choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label="In which language?", choices=Language.choices, widget=forms.RadioSelect
    )
    force = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label="Which force was it about?",
        help_text="For the figures alone. Leave it open where you do not know.",
        required=False,
        empty_label="Not known",
    )
    family_asked = forms.BooleanField(
        label="Their relative has died, and they want to say how it was", required=False
    )
    said_yes = forms.BooleanField(label="I asked them, and they said yes", required=False)

    def __init__(self, *args: Any, asked: Asked, is_mourning: bool, **kwargs: Any) -> None:
        self.asked, self.is_mourning = asked, is_mourning
        super().__init__(*args, **kwargs)
        kinds = [(one.value, one.label) for one in Respondent if one in asked.respondents]
        self.fields["respondent"].choices = kinds  # type: ignore[attr-defined]
        if len(kinds) == 1:
            self.fields["respondent"].initial = kinds[0][0]
        self.fields["language"].initial = asked.language
        self.fields["force"].queryset = selectors.forces()  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        """Only what is open: the force where no incident tells it, their wish where somebody has died."""
        found: list[Any] = [Field.radios("respondent"), Field.radios("asked_in"), Field.radios("language")]
        if self.asked.incident_id is None:
            found.append("force")
        if self.is_mourning:
            found.append("family_asked")
        return [*found, "said_yes"]


class SendForm(HarbourForm):
    """To which of the safe numbers the link is texted."""

    submit_label = "Text them the link"

    way = forms.TypedChoiceField(label="To which number?", coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(one.id, one.words) for one in asked.ways]  # type: ignore[attr-defined]
        if len(asked.ways) == 1:
            self.fields["way"].initial = asked.ways[0].id

    def layout(self) -> list[Any]:
        """One question."""
        return [Field.radios("way")]


class AloudForm(HarbourForm):
    """What somebody answers aloud."""

    submit_label = "Keep their answers"
    hide_optional = True
    warn_unsaved = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= question_fields(
            words="Is there anything they would like us to know?",
            words_hint="In their words. Leave out names, and anything that tells who they are.",
        )

    def layout(self) -> list[Any]:
        """As on their own page."""
        return [*(Field.radios(one.code) for one in QUESTIONS), Field.textarea("words", rows=5)]


class ScopeForm(HarbourForm):
    """Whose figures, of which year."""

    submit_label = "Show"
    form_method = "get"
    hide_optional = True

    who = forms.ChoiceField(label="Who answered", choices=Respondent.choices, required=False)
    year = forms.TypedChoiceField(label="Year", coerce=int, required=False)
    force = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label="Force",
        required=False,
        empty_label="All forces together",
        to_field_name="code",
    )

    def __init__(self, *args: Any, years: list[int], of_all: bool, **kwargs: Any) -> None:
        self.of_all = of_all
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(one, str(one)) for one in years]  # type: ignore[attr-defined]
        if of_all:
            self.fields["force"].queryset = selectors.forces()  # type: ignore[attr-defined]
        else:
            del self.fields["force"]

    def layout(self) -> list[Any]:
        """A force sees its own, and is asked for none."""
        return [*(["force"] if self.of_all else []), "who", "year"]

"""One partner in the directory, and narrowing the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from foundation.accounts.models import Organisation
from foundation.clock import in_london
from foundation.places.selectors import called, label
from foundation.ui.forms import HarbourForm, VersionedForm, hints
from partners import openings
from partners.enums import Takes, WorksBy
from partners.models import Profile
from partners.services import ProfileDetails


class ProfileForm(VersionedForm):
    """What the directory says of a partner."""

    submit_label = "Save"
    warn_unsaved = True

    takes = forms.MultipleChoiceField(
        label="What do they take?", choices=Takes.choices, widget=forms.CheckboxSelectMultiple
    )
    areas = forms.CharField(
        label="Areas they serve",
        help_text="One a line, such as Lambeth or Wales. Leave it empty where they serve everywhere.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours = forms.CharField(
        label="Hours in words", help_text="Such as “Office hours, closed over Christmas”.", required=False,
        max_length=200,
    )  # fmt: skip
    opening = forms.CharField(
        label="Opening times",
        help_text="A line each, such as “Monday to Friday 09:00-17:00” or “Saturday all day”. "
        "By these we say whether they are open now.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    contact_name = forms.CharField(label="Contact", required=False, max_length=120)
    telephone = forms.CharField(label="Telephone", required=False, max_length=40)
    email = forms.CharField(
        label="E-mail address for referrals and codes",
        help_text="One that they watch. Whoever reads it can open what is referred to them.",
        required=False,
        max_length=254,
    )
    works_by = forms.ChoiceField(
        label="How do they work with us?", choices=WorksBy.choices, widget=forms.RadioSelect
    )
    remind_after = forms.IntegerField(label="Remind them after, in hours", min_value=1)
    escalate_after = forms.IntegerField(label="Tell the sender’s manager after, in hours", min_value=1)
    return_after = forms.IntegerField(
        label="Return it to the sender after, in hours",
        help_text="All three count from sending.",
        min_value=1,
    )
    notes = forms.CharField(
        label="Notes for whoever refers",
        help_text="Nothing about a person.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_active = forms.BooleanField(label="They take referrals now", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints(
            self.fields["works_by"],  # type: ignore[arg-type]
            {
                WorksBy.LINK: "Each referral sends a link; opening it takes a code, sent to this address.",
                WorksBy.ACCOUNT: "They have accounts here, as partner workers.",
                WorksBy.API: "Their system reads referrals and answers.",
            },
        )

    def clean_areas(self) -> tuple[int, ...]:
        """The ids of the areas that the lines name."""
        today = in_london(timezone.now()).date()
        found: list[int] = []
        for line in filter(None, map(str.strip, self.cleaned_data["areas"].splitlines())):
            areas = called(line, on=today)
            if not areas:
                raise forms.ValidationError(f"We know no area called “{line}”.")
            found.append(areas[0].pk)
        return tuple(found)

    def clean_opening(self) -> tuple[openings.Opening, ...]:
        """The times that the lines name."""
        try:
            return openings.read(self.cleaned_data["opening"])
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None


class AddProfileForm(ProfileForm):
    """A partner that is not in the directory yet."""

    submit_label = "Add to the directory"

    organisation = forms.ModelChoiceField(
        label="Organisation",
        help_text="An administrator adds organisations under Administration.",
        queryset=Organisation.objects.none(),
    )
    field_order = ("organisation",)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


def details_of(data: dict[str, Any]) -> ProfileDetails:
    """What the form said, as the service takes it."""
    plain = {
        name: value
        for name, value in data.items()
        if name not in {"version", "organisation", "areas", "takes"}
    }
    return ProfileDetails(takes=tuple(data["takes"]), area_ids=data["areas"], **plain)


def shown(profile: Profile) -> dict[str, object]:
    """A profile as the form shows it."""
    kept = profile.opening_times.all() if profile.pk else ()
    times = [(row.weekday, row.opens, row.closes) for row in kept]
    names = (
        "takes", "hours", "contact_name", "telephone", "email", "works_by", "remind_after", "escalate_after",
        "return_after", "notes", "is_active", "version",
    )  # fmt: skip
    return {
        **{name: getattr(profile, name) for name in names},
        "areas": "\n".join(label(area) for area in profile.areas.all()) if profile.pk else "",
        "opening": openings.write(times),
    }


class NarrowForm(HarbourForm):
    """Which partners to list."""

    form_method = "get"
    submit_label = "Show"
    hide_optional = True

    takes = forms.ChoiceField(label="Takes", choices=[("", "Anything"), *Takes.choices], required=False)
    area = forms.CharField(label="In this area", required=False, max_length=120)

"""The questions that several of the forms ask: an address, places, a language. And the trap for machines."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.layout import HTML, ConditionalQuestion, ConditionalRadios, Div
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alerts.audience.districts import district_of
from alerts.audience.models import PostcodeDistrict
from alerts.enums import AudienceChannel, Language
from foundation.messaging import addresses, numbers
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.messaging.numbers import LineKind
from foundation.messaging.web_push import identity
from foundation.places import selectors as places
from foundation.places.models import Area, AreaKind
from foundation.ui.forms import HarbourForm

CHANNELS = (
    (AudienceChannel.SMS, _("By text message")),
    (AudienceChannel.EMAIL, _("By e-mail")),
    (AudienceChannel.WEB_PUSH, _("On this device, from this browser")),
)
LANGUAGES = ((Language.ENGLISH, "English"), (Language.WELSH, "Cymraeg"))
# How police are organised: few know in which of these they live.
_OF_POLICE = frozenset({AreaKind.FORCE, AreaKind.COMMAND_UNIT})
NO_PLACE = _(
    "We do not know this place. Give the first half of your postcode, such as SW9, or the name of your "
    "borough, district or county"
)


class PlaceField(forms.CharField):
    """A postcode or its first half, or an area by name; cleans to the area's id, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> int | None:
        """Raises `ValidationError` for what names no place, or several."""
        asked: str = super().clean(value)
        if not asked:
            return None
        district = district_of(asked)
        if district is not None:
            rows = PostcodeDistrict.objects.filter(code=district)
            found = next(iter(rows.order_by().values_list("area", flat=True)[:1]), None)
            if found is not None:
                return int(found)
        named = _called(asked)
        if not named:
            raise forms.ValidationError(NO_PLACE, code="invalid")
        if len(named) > 1:
            choices = " / ".join(places.label(area) for area in named[:4])
            raise forms.ValidationError(
                _("Several places are called that: choose %(choices)s") % {"choices": choices}, code="invalid"
            )
        return named[0].pk


def _called(asked: str) -> list[Area]:
    """The areas of today that are called so, by name or by label; those of the police where no other is.

    Reads the columns alone that the public site's role may read.
    """
    words = " ".join(asked.split())
    name = words.rpartition(" (")[0] or words
    rows = Area.objects.only("id", "name", "code", "kind", "starts_on", "ends_on").order_by("kind", "pk")
    found = list(rows.filter(places.running_on(timezone.localdate()), name__iexact=name))
    labelled = [area for area in found if places.label(area).casefold() == words.casefold()]
    return labelled or [area for area in found if area.kind not in _OF_POLICE] or found


def areas_in(given: dict[str, Any]) -> list[int]:
    """The areas that were chosen, each once."""
    named = (given.get(name) for name in ("home", "second", "third"))
    return list(dict.fromkeys(area for area in named if area is not None))


def address_in(channel: str, given: str) -> str:
    """The address in its one form. Raises `ValidationError` with what to do."""
    try:
        address = addresses.normalise(channel, given)
        addresses.check_dialable(channel, address)
    except NotDialable:
        raise forms.ValidationError(_("This installation writes to no such number.")) from None
    except InvalidAddress:
        wrong = {
            AudienceChannel.SMS: _("Enter a UK mobile number, such as 07700 900 123"),
            AudienceChannel.EMAIL: _("Enter an e-mail address, such as name@example.com"),
            AudienceChannel.WEB_PUSH: _(
                "This browser has not said yes yet: press “Let this browser show alerts”. Where there is no "
                "such button, choose by text message or by e-mail."
            ),
        }
        raise forms.ValidationError(wrong[AudienceChannel(channel)]) from None
    if channel == AudienceChannel.SMS and not _is_uk_mobile(address):
        raise forms.ValidationError(_("Enter a UK mobile number, such as 07700 900 123"))
    return address


def _is_uk_mobile(number: str) -> bool:
    return not numbers.is_foreign(number) and numbers.line_kind(number) == LineKind.MOBILE


class PublicForm(HarbourForm):
    """A form without a session or cookie (docs/adr/0084): its key, and a box that only machines fill in."""

    is_held_up = False  # there are more in this minute than people could send
    key = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.disable_csrf = True

    def full_clean(self) -> None:
        """What is wrong is listed in the order in which it was asked."""
        super().full_clean()
        order = {name: place for place, name in enumerate(self.fields)}
        errors: Any = self.errors
        if errors:
            found = sorted(errors.items(), key=lambda one: order.get(one[0], -1))
            errors.clear()
            errors.update(found)

    def trap(self) -> Any:
        """Hidden unless somebody's browser fell into it."""
        return "website" if self.data.get("website") else Div("website", css_class="hb-trap")

    def clean_website(self) -> str:
        """Filled by a machine, or by a browser that fills every box: a person then empties it."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Empty this box, then send again. It is there to stop machines."))
        return ""


_BOXES = {
    AudienceChannel.SMS: "number",
    AudienceChannel.EMAIL: "email",
    AudienceChannel.WEB_PUSH: "subscription",
}


class AddressMixin(forms.Form):
    """By text, by e-mail or on this device: a box each, of which the chosen one counts.

    The box for this device is filled in by the browser itself (static/js/push.js).
    """

    channel = forms.ChoiceField(
        label=_("How would you like them?"),
        choices=CHANNELS,
        error_messages={"required": _("Choose by text message or by e-mail.")},
    )
    number = forms.CharField(
        label=_("Your mobile number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.CharField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email", "spellcheck": "false"}),
    )
    subscription = forms.CharField(required=False, max_length=1400, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not identity.public_key():
            self.fields["channel"].choices = CHANNELS[:-1]  # type: ignore[attr-defined]

    @property
    def push_key(self) -> str:
        """What a browser subscribes with."""
        return identity.public_key()

    @staticmethod
    def ways() -> ConditionalRadios:
        """Each way with its box."""
        device = Div(HTML('{% include "audience_public/_push.html" %}'), "subscription")
        shown = [
            ConditionalQuestion(str(_("By text message")), "number"),
            ConditionalQuestion(str(_("By e-mail")), "email"),
        ]
        if identity.public_key():
            shown.append(ConditionalQuestion(str(_("On this device, from this browser")), device))
        return ConditionalRadios("channel", *shown)

    def clean(self) -> dict[str, Any]:
        """The address of the chosen way, as `to`."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        channel = given.get("channel")
        if channel:
            name = _BOXES[AudienceChannel(channel)]
            try:
                given["to"] = address_in(channel, given.get(name, ""))
            except forms.ValidationError as wrong:
                self.add_error("channel" if name == "subscription" else name, wrong)
        return given


# Asked for by the way that was chosen: to call such a box optional would mislead.
for _box in _BOXES.values():
    setattr(AddressMixin.base_fields[_box], "is_conditional", True)  # noqa: B010  no attribute of Django's

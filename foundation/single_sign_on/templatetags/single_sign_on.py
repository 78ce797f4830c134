"""The organisation's own sign-in on the pages of the sign-in library."""

from __future__ import annotations

from typing import Any

from django import template

from foundation.accounts.models import Organisation
from foundation.single_sign_on import selectors

register = template.Library()


@register.inclusion_tag("single_sign_on/_offer.html", takes_context=True)
def offer_organisations(context: template.Context, typed: str | None) -> dict[str, Any]:
    """A button for whoever signs in by their organisation; it is named once an address was typed."""
    provider = selectors.provider_for_address(typed) if typed else None
    return {
        "provider": provider,
        "is_any": provider is not None or selectors.is_any_on(),
        "next": context.get("redirect_field_value") or "",
    }


@register.inclusion_tag("single_sign_on/_offer_invited.html")
def offer_invited(place: Organisation) -> dict[str, Any]:
    """The way in without a password, for somebody who was invited."""
    return {"provider": selectors.provider_on_of(place.pk), "organisation": place}

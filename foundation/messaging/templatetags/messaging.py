"""What the pages about messages call a service."""

from __future__ import annotations

from django import template

from foundation.messaging.switchboard import words_for

register = template.Library()


@register.filter
def service_words(name: str) -> str:
    """`{{ row.service|service_words }}`: "TextSafe reply" for `textsafe_reply`."""
    return words_for(name)

"""What happens when somebody has signed in by a password where only a few may."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from foundation.accounts.addresses import client_address
from foundation.accounts.models import User
from foundation.accounts.opened import note_opened, opened_of
from foundation.accounts.selectors import actor_for
from foundation.single_sign_on import selectors, services


@receiver(user_logged_in)
def mark_break_glass(request: HttpRequest, user: User, **_: Any) -> None:
    """Open the session for the organisations that named this person, mark it and tell on it."""
    if opened_of(request.session, user.pk).through is not None:
        return
    places = selectors.glass_of(user.pk)
    if not places:
        return
    note_opened(request.session, user, glass=[place.pk for place in places])
    opened = opened_of(request.session, user.pk)
    for place in places:
        actor = actor_for(user, organisation_id=place.pk, opened=opened, source=client_address(request))
        services.note_break_glass(user=user, place=place, actor=actor)

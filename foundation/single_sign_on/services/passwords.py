"""Passwords switched off for an organisation, and the few who keep theirs."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from foundation.access import require
from foundation.accounts import mail
from foundation.accounts.enums import Role
from foundation.accounts.models import Membership, Organisation, User
from foundation.accounts.selectors import people_holding
from foundation.accounts.services.signed_in import drop_sessions
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.single_sign_on import policies
from foundation.single_sign_on.models import BreakGlass
from foundation.single_sign_on.services.settings import own_place, provider_at, set_up

TOLD = (Role.AUDITOR, Role.ADMINISTRATOR)


@transaction.atomic
def save_passwords(
    *, actor: Actor, version: int, takes_passwords: bool, named: Collection[User]
) -> Organisation:
    """Let people use passwords, or nobody but those named. Raises `Refused` or `Stale`.

    Whoever is signed in is signed out where passwords go: a session must not outlive what opened it.
    """
    place = own_place(actor)
    row = set_up(provider_at(place, version))
    for user in named:
        require(policies.may_break_glass(user, place.pk))
    require(None if takes_passwords else policies.may_end_passwords(row, named))
    gone = _name(place, named)
    end_for_all = place.takes_passwords and not takes_passwords
    place.takes_passwords = takes_passwords
    place.save(update_fields=["takes_passwords"])
    row.version += 1
    row.save(update_fields=["version", "changed_at"])
    held = Membership.objects.filter(organisation=place, ended_at=None)
    ended = held.values_list("user_id", flat=True).distinct() if end_for_all else gone
    for user_id in ended:
        drop_sessions(user_id)
    fields = ["takes_passwords", "break_glass"]
    audit.record(
        actor=actor,
        action="single_sign_on.passwords_changed",
        target=place,
        fields=fields,
        to_state="password" if takes_passwords else "no_password",
    )
    return place


def _name(place: Organisation, named: Collection[User]) -> list[int]:
    """Keep who is named; return who no longer is."""
    there = BreakGlass.objects.filter(organisation=place)
    gone = list(there.exclude(user__in=named).values_list("user_id", flat=True))
    there.exclude(user__in=named).delete()
    for user in named:
        BreakGlass.objects.get_or_create(organisation=place, user=user)
    return gone


@transaction.atomic
def note_break_glass(*, user: User, place: Organisation, actor: Actor) -> None:
    """Mark in the trail that somebody came in by their password where nobody should, and tell on them."""
    audit.record(actor=actor, action="sign_in.break_glass", target=user)
    page = {
        "product": settings.PRODUCT_NAME,
        "person": user,
        "organisation": place,
        "at": timezone.now(),
    }
    for one in people_holding(place.pk, TOLD):
        mail.send_to_person(
            actor=actor,
            user_id=one.pk,
            to=one.email,
            subject=f"{settings.PRODUCT_NAME}: a break-glass account was used",
            body=render_to_string("single_sign_on/mail/break_glass.txt", page),
        )

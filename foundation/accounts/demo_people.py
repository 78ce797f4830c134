"""Making the demonstration's people, as often as one likes."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from foundation.accounts import demo
from foundation.accounts.models import Membership, Organisation, User


class NotTheDemonstration(RuntimeError):
    """Demonstration people were asked for on a real server."""


@transaction.atomic
def build() -> str:
    """Make who is missing; says how many there are.

    Raises `NotTheDemonstration` on a real server.
    """
    if settings.IS_PRODUCTION:
        raise NotTheDemonstration
    kind, code, name = demo.PARTNER
    Organisation.objects.get_or_create(code=code, defaults={"kind": kind, "name": name})
    places = {place.code: place for place in Organisation.objects.all()}
    there = set(User.objects.filter(email__endswith=f"@{demo.DOMAIN}").values_list("email", flat=True))
    missing = [person for person in demo.PEOPLE if person.email not in there]
    # Hashing is slow on purpose; the password is the same for all of them.
    password = make_password(demo.PASSWORD) if missing else ""
    for person in missing:
        _add(person, places[person.organisation], password)
    return f"{len(demo.PEOPLE)} people to sign in as"


def _add(person: demo.DemoPerson, place: Organisation, password: str) -> None:
    user = User.objects.create(email=person.email, full_name=person.full_name, password=password)
    EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
    TOTP.activate(user, demo.SECRET)
    for role in person.roles:
        Membership.objects.create(user=user, organisation=place, role=role)

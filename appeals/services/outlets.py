"""Adding and changing outlets.

What proves us there is written and never shown; what proves them here is shown once.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from appeals import policies
from appeals.enums import Channel, Language
from appeals.models import Outlet, OutletArea
from appeals.selectors import outlet_for
from appeals.services.common import need
from appeals.services.kick import kick_switching_off
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.places.models import Area
from missingcases.services.common import apply

# By what a channel is reached: an e-mail address, an https address, or nothing (it reads our rows).
BY_EMAIL = frozenset({Channel.MEDIA_EMAIL})
BY_ADDRESS = frozenset({Channel.MASTODON, Channel.BLUESKY, Channel.WEBHOOK})
# Their copies travel: they are told, and nobody can confirm every copy.
NEVER_CONFIRMED = frozenset({Channel.MASTODON})
FORMATS = ("1920x1080", "1080x1920", "1200x1800")


@dataclass(frozen=True, slots=True)
class OutletDetails:
    """One outlet as somebody keeps it."""

    name: str
    channel: str
    address: str = ""
    account: str = ""
    language: str = Language.ENGLISH
    formats: Sequence[str] = field(default_factory=tuple)
    verifiable: bool = True
    is_active: bool = True
    area_ids: Sequence[int] = field(default_factory=tuple)


@transaction.atomic
def add_outlet(*, actor: Actor, details: OutletDetails) -> Outlet:
    """Add an outlet. Raises `Refused`, `Invalid`."""
    require(policies.may_manage_outlets(actor))
    need(_problems(details))
    try:
        with transaction.atomic():
            outlet = Outlet.objects.create(**_values(details))
    except IntegrityError:
        raise Invalid({"name": "An outlet of this channel has this name already."}) from None
    _reach(outlet, details.area_ids)
    audit.record(actor=actor, action="appeals.outlet_added", target=outlet, fields=sorted(_values(details)))
    return outlet


@transaction.atomic
def change_outlet(
    *, actor: Actor, reference: str, details: OutletDetails, version: int | None = None
) -> Outlet:
    """Change an outlet, or switch it off, which takes down what it shows. Its channel stays.

    Raises `Refused`, `NotVisible`, `Invalid`, and `Conflict` with both sides.
    """
    require(policies.may_manage_outlets(actor))
    found = outlet_for(actor, reference)
    outlet = Outlet.objects.select_for_update(no_key=True).get(pk=found.pk)
    need(_problems(details))
    changes = {name: value for name, value in _values(details).items() if name != "channel"}
    try:
        with transaction.atomic():
            changed = apply(outlet, version=version, changes=changes)
    except IntegrityError:
        raise Invalid({"name": "An outlet of this channel has this name already."}) from None
    _reach(outlet, details.area_ids)
    _forget_silence(outlet)
    if "is_active" in changed and not outlet.is_active:
        kick_switching_off()
    audit.record(actor=actor, action="appeals.outlet_changed", target=outlet, fields=changed)
    return outlet


@transaction.atomic
def set_secret(*, actor: Actor, reference: str, secret: str) -> Outlet:
    """Write what we prove ourselves with there; nothing shows it afterwards."""
    require(policies.may_manage_outlets(actor))
    outlet = outlet_for(actor, reference)
    if not secret.strip():
        raise Invalid({"secret": "Enter the secret."})
    outlet.secret = secret.strip()
    outlet.version += 1
    outlet.save(update_fields=["secret", "version"])
    audit.record(actor=actor, action="appeals.outlet_secret_set", target=outlet, fields=["secret"])
    return outlet


@transaction.atomic
def new_token(*, actor: Actor, reference: str) -> str:
    """A new token by which the outlet's machines prove themselves here; the old one ends. Shown once."""
    require(policies.may_manage_outlets(actor))
    outlet = outlet_for(actor, reference)
    token = secrets.token_urlsafe(32)
    outlet.token_hash = hashlib.sha256(token.encode()).hexdigest()
    outlet.version += 1
    outlet.save(update_fields=["token_hash", "version"])
    audit.record(actor=actor, action="appeals.outlet_token_made", target=outlet, fields=["token_hash"])
    return token


def _values(details: OutletDetails) -> dict[str, object]:
    return {
        "name": details.name.strip(),
        "channel": details.channel,
        "address": details.address.strip(),
        "account": details.account.strip(),
        "language": details.language,
        "formats": list(details.formats) if details.channel == Channel.BILLBOARD else [],
        "verifiable": details.verifiable and details.channel not in NEVER_CONFIRMED,
        "is_active": details.is_active,
    }


def _forget_silence(outlet: Outlet) -> None:
    """Switched off it is not missed; in use again, it is missed anew."""
    if not outlet.is_active:
        Outlet.objects.filter(pk=outlet.pk).update(silence_told_at=None)


def _reach(outlet: Outlet, area_ids: Sequence[int]) -> None:
    outlet.reaches.exclude(area_id__in=area_ids).delete()
    OutletArea.objects.bulk_create(
        [OutletArea(outlet=outlet, area_id=area_id) for area_id in area_ids], ignore_conflicts=True
    )


def _problems(details: OutletDetails) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not details.name.strip():
        problems["name"] = "Enter its name."
    elif len(details.name.strip()) > 120:
        problems["name"] = "Use 120 characters or fewer."
    if len(details.account.strip()) > 120:
        problems["account"] = "Use 120 characters or fewer."
    if details.channel not in Channel.values:
        problems["channel"] = "Choose one of the channels."
    if details.language not in Language.values:
        problems["language"] = "Choose one of the languages."
    if not set(details.formats) <= set(FORMATS):
        problems["formats"] = "Choose formats of the list."
    if Area.objects.filter(pk__in=details.area_ids).count() != len(set(details.area_ids)):
        problems["area_1"] = "Choose areas of the list."
    return problems | _address_problem(details.channel, details.address.strip())


def _address_problem(channel: str, address: str) -> dict[str, str]:
    if channel in BY_EMAIL:
        try:
            validate_email(address)
        except ValidationError:
            return {"address": "Enter the e-mail address of the news desk."}
    elif channel in BY_ADDRESS and not address.startswith("https://"):
        return {"address": "Enter its address, beginning with https://."}
    return {}

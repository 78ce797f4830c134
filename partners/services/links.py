"""Links and codes: how somebody without an account is let in to one referral.

Of link, code and session a digest alone is kept. A link shows nothing by itself. Wrong codes count on the
link as a whole: past `LINK_TRIES` it ends, and only the sender can send another.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256
from hmac import compare_digest

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from foundation.audit import services as audit
from foundation.fields import blind_index
from partners.actors import LinkActor, by_link
from partners.deadlines import (
    CODE_LASTS,
    CODE_TRIES,
    CODES,
    CODES_WITHIN,
    LINK_LASTS,
    LINK_TRIES,
    SESSION_IDLE,
    SESSION_LASTS,
)
from partners.enums import SHOWN
from partners.models import Link, LinkCode, LinkSession, Referral
from partners.system import LINKING

DIGITS = 6


class Given(Enum):
    """What became of a code that was typed in."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"  # no code runs: none asked for, too old, used, or tried too often
    ENDED = "ended"  # the link itself is over


@dataclass(frozen=True, slots=True)
class LetIn:
    """The answer to a code; `key` opens the session where it was right."""

    given: Given
    key: str = ""


def digest(token: str) -> str:
    """What is kept of a link's or a session's secret."""
    return sha256(token.encode()).hexdigest()


def new_link(referral: Referral, *, now: datetime, ends_sessions: bool = False) -> tuple[Link, str]:
    """A link to a referral that the caller has locked, instead of any earlier one; and its secret.

    Whoever is at work by the earlier one works on, unless it is replaced because it may be in wrong hands.
    """
    if ends_sessions:
        LinkSession.objects.filter(link__referral=referral, ended_at__isnull=True).update(ended_at=now)
    Link.objects.filter(referral=referral, ended_at__isnull=True).update(ended_at=now)
    token = secrets.token_urlsafe(24)
    link = Link.objects.create(
        referral=referral, token_hash=digest(token), made_at=now, expires_at=now + LINK_LASTS
    )
    LinkSession.objects.filter(link__referral=referral, ended_at__isnull=True).update(link=link)
    return link, token


def running_link(token_hash: str) -> Link | None:
    """The link whose secret has this digest, while it opens anything."""
    rows = Link.objects.select_related("referral__partner").filter(
        token_hash=token_hash, ended_at__isnull=True, expires_at__gt=timezone.now()
    )
    return rows.filter(referral__status__in=sorted(SHOWN)).first()


@transaction.atomic
def make_code(token_hash: str) -> tuple[LinkCode, str] | None:
    """A new code for this link, instead of any earlier one; None where it is over or had enough of them."""
    link = _held(token_hash)
    now = timezone.now()
    if link is None:
        return None
    asked = link.codes.filter(made_at__gt=now - CODES_WITHIN).count()
    if asked >= CODES:
        return None
    link.codes.filter(used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    row = LinkCode.objects.create(
        link=link, code_hash=_of_code(link, code), made_at=now, expires_at=now + CODE_LASTS
    )
    _record(link, "partners.code_sent")
    return row, code


@transaction.atomic
def give_code(token_hash: str, code: str) -> LetIn:
    """Let somebody in who types the code that was sent. A wrong one is counted, also where this refuses."""
    link = _held(token_hash)
    if link is None:
        return LetIn(Given.ENDED)
    now = timezone.now()
    rows = link.codes.filter(used_at__isnull=True, expires_at__gt=now, tries__lt=CODE_TRIES)
    row = rows.order_by("-pk").first()
    if row is None:
        return LetIn(Given.OVER)
    if not compare_digest(row.code_hash, _of_code(link, code.strip().replace(" ", ""))):
        return _count_wrong(link, row, now)
    row.used_at = now
    row.save(update_fields=["used_at"])
    key = secrets.token_urlsafe(24)
    LinkSession.objects.create(
        link=link, key_hash=digest(key), begun_at=now, seen_at=now, expires_at=now + SESSION_LASTS
    )
    _record(link, "partners.link_opened")
    return LetIn(Given.RIGHT, key)


def _count_wrong(link: Link, row: LinkCode, now: datetime) -> LetIn:
    row.tries += 1
    row.save(update_fields=["tries"])
    _record(link, "partners.code_wrong")
    tried = link.codes.aggregate(all=Sum("tries"))["all"] or 0
    if tried >= LINK_TRIES:
        link.ended_at = now
        link.save(update_fields=["ended_at"])
        _record(link, "partners.link_locked")
        return LetIn(Given.ENDED)
    return LetIn(Given.WRONG if row.tries < CODE_TRIES else Given.OVER)


@transaction.atomic
def actor_of(key: str, *, request_id: str = "") -> LinkActor | None:
    """Whoever has this session's key, while session and link run; a look restarts the idle clock."""
    now = timezone.now()
    rows = LinkSession.objects.select_related("link__referral").filter(
        key_hash=digest(key), ended_at__isnull=True, expires_at__gt=now, seen_at__gt=now - SESSION_IDLE
    )
    row = rows.first()
    if row is None or row.link.ended_at is not None or row.link.expires_at <= now:
        return None
    LinkSession.objects.filter(pk=row.pk, ended_at__isnull=True).update(seen_at=now)
    referral = row.link.referral
    return by_link(
        organisation_id=referral.partner_id,
        referral_id=referral.pk,
        session_id=row.pk,
        request_id=request_id,
    )


def leave(key: str) -> None:
    """End this session: somebody pressed "finish"."""
    rows = LinkSession.objects.filter(key_hash=digest(key), ended_at__isnull=True)
    rows.update(ended_at=timezone.now())


def _held(token_hash: str) -> Link | None:
    """The running link, locked, so that tries and codes are counted one after the other."""
    found = running_link(token_hash)
    if found is None:
        return None
    rows = Link.objects.select_for_update(of=("self",), no_key=True).select_related("referral")
    return rows.filter(pk=found.pk, ended_at__isnull=True).first()


def _of_code(link: Link, code: str) -> str:
    return blind_index(code, purpose=f"partners.code:{link.pk}")


def _record(link: Link, action: str) -> None:
    audit.record(
        actor=LINKING,
        action=action,
        target=link.referral,
        incident_id=link.referral.incident_id,
        on_behalf_of_id=link.referral.partner_id,
    )

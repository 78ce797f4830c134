"""A source's code: the same for every report of one source, and a name to nobody."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction

from foundation.actors import Actor
from foundation.exceptions import Invalid
from foundation.fields import blind_index
from foundation.references import ALPHABET
from missingcases.intelligence.models import Source

_LENGTH = 4
_TRIES = 20


def source_of(actor: Actor, *, code: str, key: str) -> Source:
    """The source of this code, or of the record `key` names; a new one where there is none yet.

    Raises `Invalid` for a code that the actor's organisation never gave.
    """
    own = Source.objects.filter(organisation_id=actor.organisation_id or 0)
    if code.strip():
        found = own.filter(code=code.strip().upper()).first()
        if found is None:
            raise Invalid({"source_code": "There is no source of this code. Leave it empty for a new one."})
        return found
    digest = blind_index(f"{actor.organisation_id or 0} {key}", purpose="intelligence.source") if key else ""
    known = own.filter(digest=digest).first() if digest else None
    return known or _new(actor, digest)


def _new(actor: Actor, digest: str) -> Source:
    """A code that is free; another writer may take it, or make this very source, at the same moment."""
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                return Source.objects.create(
                    organisation_id=actor.organisation_id or 0, code=_code(), digest=digest
                )
        except IntegrityError:
            known = Source.objects.filter(organisation_id=actor.organisation_id or 0, digest=digest).first()
            if digest and known is not None:
                return known
    raise RuntimeError("no code of a source is free")


def _code() -> str:
    return "S-" + "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))

"""Bodies that take part: another authority, a national unit, a partner."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from foundation.access import Refusal, require
from foundation.accounts import policies
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit

THERE = Refusal("there_already", "There is an organisation of this name already.")
# As the reference data names them: an authority's code says what it is.
PREFIX = {OrganisationKind.LOCAL_AUTHORITY: "la-"}


@transaction.atomic
def add_organisation(*, actor: Actor, kind: str, name: str, area_id: int | None = None) -> Organisation:
    """Let another body take part; nobody works there until its first administrator is invited.

    Raises `Refused`.
    """
    require(policies.may_add_organisation(actor, kind))
    words = " ".join(name.split())
    code = PREFIX.get(OrganisationKind(kind), "") + slugify(words.removesuffix(" Council"))[:50]
    there = Organisation.objects.filter(name__iexact=words) | Organisation.objects.filter(code=code)
    require(THERE if there.exists() else None)
    row = Organisation.objects.create(kind=kind, code=code, name=words, area_id=area_id)
    audit.record(actor=actor, action="organisation.added", target=row, fields=["kind", "name", "area"])
    return row

"""Writing sections of the record, and revealing what is hidden by default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Conflict, Invalid, NotVisible
from missingcases.models import Incident, RecordSection
from missingcases.policies import may_edit, may_reveal
from missingcases.record import RecordInvalid, Section, clean, section
from missingcases.services.audience import touch
from missingcases.services.common import for_writing


@transaction.atomic
def write_section(
    *, actor: Actor, incident_id: int, code: str, values: Mapping[str, Any], version: int
) -> RecordSection:
    """Save the fields of one section that are given; the others stay. `version` 0 means nothing was there.

    An emptied field is given as "". Raises `Conflict` with both sides, `Invalid`, `Refused`,
    `NotVisible`.
    """
    incident = for_writing(actor, incident_id)
    require(may_edit(actor, incident))
    return store_section(actor, incident, code, values, version=version)


def store_section(
    actor: Actor, incident: Incident, code: str, values: Mapping[str, Any], *, version: int | None
) -> RecordSection:
    """Check and store; the caller holds the incident's lock and has required the right."""
    declared = _declared(code)
    try:
        given = clean(declared, values)
    except RecordInvalid as wrong:
        raise Invalid(wrong.problems) from None
    row = RecordSection.objects.select_for_update(no_key=True).filter(incident=incident, section=code).first()
    if row is None:
        row = RecordSection(incident=incident, section=code, data={}, version=0)
    before = dict(row.data)
    after = {name: value for name, value in before.items() if name not in values} | given
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    if version is not None and version != row.version:
        raise Conflict(
            version=row.version,
            theirs={name: before.get(name, "") for name in values},
            yours=dict(values),
        )
    if not changed:
        return row
    row.data = after
    row.version += 1
    row.updated_by_id = actor.user_id
    row.save()
    touch(incident_id=incident.pk)
    audit.record(
        actor=actor,
        action="record.section_written",
        target=row,
        incident_id=incident.pk,
        fields=[f"{code}.{name}" for name in changed],
    )
    return row


@transaction.atomic
def reveal_section(*, actor: Actor, incident_id: int, code: str, reason: str = "") -> dict[str, Any]:
    """The hidden fields of a section, for somebody who may see them. The reading is audited."""
    incident = for_writing(actor, incident_id)
    require(may_reveal(actor, incident))
    declared = _declared(code)
    stored = RecordSection.objects.filter(incident=incident, section=code).first()
    names = [one.name for one in declared.fields if one.hidden]
    audit.record(
        actor=actor,
        action="record.revealed",
        target=incident,
        incident_id=incident.pk,
        fields=[f"{code}.{name}" for name in names],
        reason=reason,
    )
    data: dict[str, Any] = stored.data if stored else {}
    return {name: data[name] for name in names if name in data}


def _declared(code: str) -> Section:
    try:
        return section(code)
    except KeyError:
        raise NotVisible(f"section {code}") from None

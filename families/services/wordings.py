"""The words workers explain things with, such as what the police do: a list the duty manager keeps."""

from __future__ import annotations

from django.db import transaction

from families import policies
from families.models import Guidance
from families.selectors.log import guidance_of
from families.services.common import edit, filled
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible


@transaction.atomic
def add_guidance(*, actor: Actor, title: str, text: str) -> Guidance:
    """Add words to the list."""
    require(policies.may_edit_guidance(actor))
    row = Guidance.objects.create(
        charity_id=actor.organisation_id,
        title=filled("title", title, "Give it a title."),
        text=filled("text", text, "Write the words."),
        place=guidance_of(actor, with_retired=True).count(),
        changed_by_id=actor.user_id,
    )
    audit.record(actor=actor, action="families.guidance_added", target=row)
    return row


@transaction.atomic
def change_guidance(
    *, actor: Actor, guidance_id: int, version: int, title: str, text: str, is_active: bool
) -> Guidance:
    """Change words, or take them out of use. Raises `Conflict`."""
    require(policies.may_edit_guidance(actor))
    rows = guidance_of(actor, with_retired=True).select_for_update(no_key=True)
    row = rows.filter(pk=guidance_id).first()
    if row is None:
        raise NotVisible(f"guidance {guidance_id}")
    changes = {
        "title": filled("title", title, "Give it a title."),
        "text": filled("text", text, "Write the words."),
        "is_active": is_active,
    }
    changed = edit(row, version=version, changes=changes)
    if changed:
        row.changed_by_id = actor.user_id
        row.save(update_fields=["changed_by", "changed_at"])
        audit.record(actor=actor, action="families.guidance_changed", target=row, fields=changed)
    return row

"""The list of themes: added and retired by date, never renamed or deleted, so that old figures stay true."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from rhi.interviews.form import section_named
from rhi.interviews.models import Theme
from rhi.interviews.policies import may_keep_themes

RETIRED = Refusal("retired", "This theme is retired already.")


@transaction.atomic
def add_theme(*, actor: Actor, section: str, label: str) -> Theme:
    """Add a theme to a section's list, from today. Raises `Refused`, `Invalid`."""
    require(may_keep_themes(actor))
    found, label = section_named(section), " ".join(label.split())
    problems: dict[str, str] = {}
    if found is None or not found.coded:
        problems["section"] = "Choose a section that has themes."
    if not label or len(label) > 80:
        problems["label"] = "Name the theme in at most 80 characters."
    elif Theme.objects.filter(section=section, label__iexact=label).exists():
        problems["label"] = "This section has a theme of that name, perhaps a retired one."
    if problems:
        raise Invalid(problems)
    theme = Theme.objects.create(
        code=_code_for(section, label),
        section=section,
        label=label,
        since=timezone.localdate(),
        changed_by_id=actor.user_id,
    )
    audit.record(actor=actor, action="theme.added", target=theme)
    return theme


@transaction.atomic
def retire_theme(*, actor: Actor, code: str) -> Theme:
    """Offer it no more from today. What was coded with it keeps it. Raises `Refused`, `NotVisible`."""
    require(may_keep_themes(actor))
    theme = Theme.objects.select_for_update().filter(code=code).first()
    if theme is None:
        raise NotVisible(code)
    require(RETIRED if theme.retired_on is not None else None)
    theme.retired_on, theme.changed_by_id = timezone.localdate(), actor.user_id
    theme.version += 1
    theme.save(update_fields=["retired_on", "changed_by", "version"])
    audit.record(actor=actor, action="theme.retired", target=theme)
    return theme


def _code_for(section: str, label: str) -> str:
    stem = f"{section}-{slugify(label)}"[:36]
    taken = set(Theme.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for n in range(1, 1000) if (code := stem if n == 1 else f"{stem}-{n}") not in taken)

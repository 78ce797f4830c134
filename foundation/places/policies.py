"""Who may change the areas: they are everybody's, so the platform's administrators."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.policies import is_platform_administrator
from foundation.actors import Actor


def may_load_areas(actor: Actor) -> Refusal | None:
    """Whether the actor may load an official list (our own machinery may: `manage.py load_areas`)."""
    if actor.is_system or is_platform_administrator(actor):
        return None
    return Refusal("role", "The areas are shared by everybody. The charity's administrator loads them.")

"""Whose figures: a force or all of them, and an area where somebody was last seen, or everywhere. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """`force_id` is the organisation that owns the incidents; without one, all forces.

    `area_id` is a borough or any other area of the tree; what lies within it counts with it.
    """

    force_id: int | None = None
    area_id: int | None = None

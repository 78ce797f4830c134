"""The demonstration's appeals: one at each step, with outlets, sightings and a take-down to look at."""

from appeals.demo.planning import plan

__all__ = ["plan"]

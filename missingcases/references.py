"""The references of incidents and of what hangs on them."""

from __future__ import annotations

from foundation.references import new_reference


def incident_reference() -> str:
    """A new incident's reference."""
    return new_reference("MI")


def person_reference() -> str:
    """A new person's reference."""
    return new_reference("MP")


def release_reference() -> str:
    """A new release's reference."""
    return new_reference("RL")


def action_reference() -> str:
    """A new action's reference."""
    return new_reference("AC")


def transfer_reference() -> str:
    """A new transfer's reference."""
    return new_reference("TR")


def file_reference() -> str:
    """A new attachment's or photo's reference."""
    return new_reference("FI")

"""Public references of TextSafe records. Random, so that they count nothing."""

from __future__ import annotations

from foundation.references import new_reference


def request_reference() -> str:
    """Of a request; said on the telephone between the force and the charity."""
    return new_reference("TS")


def conversation_reference() -> str:
    """Of a conversation; known on the charity's side only."""
    return new_reference("CV")


def triage_reference() -> str:
    """Of a text from an unknown number."""
    return new_reference("TI")


def escalation_reference() -> str:
    """Of a safeguarding concern."""
    return new_reference("SG")


def wording_reference() -> str:
    """Of one version of a wording."""
    return new_reference("WD")

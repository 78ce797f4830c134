"""The references of analyses."""

from foundation.references import new_reference


def analysis_reference() -> str:
    """A new analysis's reference."""
    return new_reference("DH")

"""The references of family support."""

from foundation.references import new_reference


def case_reference() -> str:
    """A new support case's."""
    return new_reference("FS")


def member_reference() -> str:
    """A new family member's."""
    return new_reference("FM")


def point_reference() -> str:
    """A new way to be reached."""
    return new_reference("FP")


def contact_reference() -> str:
    """A new entry of the contact log."""
    return new_reference("FC")


def task_reference() -> str:
    """A new action or promised call."""
    return new_reference("FA")


def visit_reference() -> str:
    """Of a visit; what a call for it names."""
    return new_reference("FV")

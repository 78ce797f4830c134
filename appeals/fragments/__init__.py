"""Looking at pages of forces: do they still carry the helpline's fragment?"""

from appeals.fragments.checking import check_due

__all__ = ["check_due"]

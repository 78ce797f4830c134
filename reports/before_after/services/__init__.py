"""Asking whether interviews help, and working the answer out."""

from reports.before_after.services.asking import ask, ask_again
from reports.before_after.services.working import resume_stalled, work_out

__all__ = ["ask", "ask_again", "resume_stalled", "work_out"]

"""Calling outlets: publishing, taking down, looking whether it is gone.

Each placement is claimed in a transaction that is committed before its outlet is called; none is open while
we wait; what came of it is written in one transaction for all that ended together. A worker that dies leaves
its claims to the sweep: taking down is safe to repeat, and what may have been published is looked for first.
"""

from appeals.delivery.reports import read_reports
from appeals.delivery.sending import send_appeal, send_due
from appeals.delivery.telling import tell_due, tell_outlets

__all__ = ["read_reports", "send_appeal", "send_due", "tell_due", "tell_outlets"]

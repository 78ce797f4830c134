"""Kicking the alert lane's worker once the transaction has committed. A sweep finds what was lost."""

from __future__ import annotations

from django.db import transaction

from foundation.tasks import send_or_leave


def kick_ends(*, after: float) -> None:
    """Look, so many seconds after the commit, whether those who were reached can be told that it is over."""
    transaction.on_commit(lambda: _look(after))


def _look(after: float) -> None:
    from alerts.tasks import let_ends_go

    send_or_leave(let_ends_go, lane="alert", after=after)

"""Kicking the calls to outlets once the transaction has committed; a lost Redis is found by the sweep."""

from __future__ import annotations

from django.db import transaction

from foundation.tasks import send_or_leave


def kick_sending(appeal_id: int) -> None:
    """Publish what is planned for one appeal."""
    transaction.on_commit(lambda: _send("send_appeal", appeal_id))


def kick_telling(appeal_id: int) -> None:
    """Tell the outlets of one appeal that it is to be taken down."""
    transaction.on_commit(lambda: _send("tell_outlets", appeal_id))


def kick_public_files(appeal_id: int) -> None:
    """Make the pictures and the finished page of one appeal, as soon as it is published."""
    transaction.on_commit(lambda: _send("make_public_files", appeal_id))


def kick_clearing(appeal_id: int) -> None:
    """Delete the pictures of one appeal that is off its channels."""
    transaction.on_commit(lambda: _send("clear_public_files", appeal_id))


def kick_reading() -> None:
    """Read what somebody sent from the public site."""
    transaction.on_commit(lambda: _send("read_submissions"))


def kick_reports() -> None:
    """Read what an outlet told us."""
    transaction.on_commit(lambda: _send("read_outlet_reports"))


def kick_switching_off() -> None:
    """Take appeals off outlets that were just switched off."""
    transaction.on_commit(lambda: _send("take_off_switched_off"))


def _send(name: str, *ids: int) -> None:
    from appeals import tasks

    send_or_leave(getattr(tasks, name), *ids, lane="urgent")

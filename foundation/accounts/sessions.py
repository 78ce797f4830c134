"""The session engine (`settings.SESSION_ENGINE`): rows in Postgres that know whose they are.

So ending somebody's sessions is one DELETE in the transaction that suspends them, and a lost Redis
signs nobody out.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from foundation.accounts.models import Session
from foundation.prepared import fetch_row

# Asked at every request.
_DATA = """
    SELECT session_data FROM accounts_session
    WHERE session_key = %(key)s AND expire_date > %(now)s::timestamptz
"""


class SessionStore(DatabaseStore):
    """Django's database store over our own table."""

    def load(self) -> dict[str, Any]:
        """What is kept of the session; none that ended or never was goes on."""
        found = fetch_row(_DATA, {"key": self.session_key or "", "now": timezone.now()})
        if found is None:
            self._session_key = None
            return {}
        return dict(self.decode(found[0]))

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table the sessions are in."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row for `data`, with the id of the person who is signed in, if any."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)  # noqa: S101 - get_model_class says so
        user_id = data.get(SESSION_KEY)
        row.user_id = int(user_id) if user_id else None
        return row

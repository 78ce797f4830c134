"""What a client may ask a token for: its own scopes, and all of them where it names none."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from oauth2_provider.scopes import BaseScopes


class ClientScopes(BaseScopes):
    """The scopes kept with each client (`settings.API_SCOPES` lists all, with words)."""

    def get_all_scopes(self) -> dict[str, str]:
        """Every scope there is."""
        return dict(settings.API_SCOPES)

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """The client's own."""
        return list(application.scopes) if application is not None else []

    def get_default_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """The client's own, all of them."""
        return self.get_available_scopes(application, request)

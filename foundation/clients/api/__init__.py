"""What every room `api` builds on: the token, scopes, limits, problems, and answers kept for a repeat."""

from foundation.clients.api.base import ApiView, json_response
from foundation.clients.api.fields import Moment, StrictSerializer
from foundation.clients.api.repeats import answered_once

__all__ = ["ApiView", "Moment", "StrictSerializer", "answered_once", "json_response"]

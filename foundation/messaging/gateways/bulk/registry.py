"""Which bulk gateway serves a line: `settings.BULK_GATEWAYS` names a factory for each provider."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from foundation.messaging.gateways.bulk.base import BulkGateway
from foundation.messaging.gateways.bulk.singly import SinglyGateway
from foundation.messaging.gateways.registry import provider_of


def bulk_gateway_for(channel: str, provider: str = "") -> BulkGateway:
    """A new one, for one thread. A provider that is not named sends one by one, in threads.

    Raises KeyError for a provider of a line that is named nowhere.
    """
    name = provider or provider_of(channel)
    if name not in settings.BULK_GATEWAYS:
        if provider not in {"", provider_of(channel)}:
            raise KeyError(provider)
        return SinglyGateway(channel)
    gateway: BulkGateway = import_string(settings.BULK_GATEWAYS[name])()
    return gateway

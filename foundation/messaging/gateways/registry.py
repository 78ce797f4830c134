"""Which gateway serves a channel: `settings.GATEWAYS` names a factory for each."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.utils.module_loading import import_string

from foundation.messaging.gateways.base import Gateway


@cache
def gateway_for(channel: str) -> Gateway:
    """The one gateway of `channel`, made once a process so that its connections stay open.

    Raises KeyError for a channel that `settings.GATEWAYS` does not name.
    """
    factory = import_string(settings.GATEWAYS[channel])
    gateway: Gateway = factory()
    return gateway


def provider_of(channel: str) -> str:
    """The short name of the channel's provider, such as ``twilio``: its module's."""
    path: str = settings.GATEWAYS[channel]
    return path.split(".")[-2]


@receiver(setting_changed)
def _forget(**_: Any) -> None:
    """Settings change only in tests; a gateway may have read any of them."""
    gateway_for.cache_clear()

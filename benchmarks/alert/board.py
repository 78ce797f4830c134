"""The switchboard of these measurements: the product's own, and a service and an audience to measure with."""

from benchmarks.alert.audience import AUDIENCE
from config.switchboard import *  # noqa: F403
from config.switchboard import AUDIENCES as _AUDIENCES
from config.switchboard import POLICIES as _POLICIES
from config.switchboard import ROUTES
from foundation.messaging.types import ServicePolicy

__all__ = ["AUDIENCES", "POLICIES", "ROUTES"]

AUDIENCES = {**_AUDIENCES, AUDIENCE.name: AUDIENCE}
POLICIES = {**_POLICIES, "bench": ServicePolicy(name="bench")}

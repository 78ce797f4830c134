"""Every verb of webhooks. `from missingcases.hooks import services as hooks`."""

from missingcases.hooks.services.deliveries import (
    REPLAYED_AT_ONCE,
    forget_old,
    replay,
    replay_not_taken,
    send_test,
    tell,
)
from missingcases.hooks.services.endpoints import (
    add_endpoint,
    change_types,
    new_secret,
    remove,
    turn_off,
    turn_on,
)
from missingcases.hooks.services.sending import heard, may_go, signing

__all__ = [
    "REPLAYED_AT_ONCE",
    "add_endpoint",
    "change_types",
    "forget_old",
    "heard",
    "may_go",
    "new_secret",
    "remove",
    "replay",
    "replay_not_taken",
    "send_test",
    "signing",
    "tell",
    "turn_off",
    "turn_on",
]

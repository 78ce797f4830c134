"""Settings of Child Rescue Alerts."""

from config.environment import IS_PRODUCTION, IS_PUBLIC_SITE, IS_TEST, env, host_of

_PUBLIC: str = env.str("PUBLIC_BASE_URL", default="")

# --- Child Rescue Alert (alerts, docs/child-rescue-alert.md) ---
# From which rank on somebody may say yes for a force that has set none of its own (alerts.ranks).
ALERT_AUTHORISING_RANK: str = env.str("ALERT_AUTHORISING_RANK", default="police_superintendent")
# On which numbers the national unit may be called back, from a printed directory. Given here and not on a
# page: nobody can slip one in at night.
_DEMO_NUMBERS = [] if IS_PRODUCTION else ["020 7946 0100"]
ALERT_DIRECTORY_NUMBERS: list[str] = env.list("ALERT_DIRECTORY_NUMBERS", default=_DEMO_NUMBERS)

# Public pages ask so often whether a Child Rescue Alert is to be announced on them; its own page always asks.
ALERT_ANNOUNCED_EVERY: float = 0.0 if IS_TEST else 1.0

# --- CAP 1.2 (alerts.cap, docs/cap.md). As whom we send, and the key and certificate (PEM) that sign it.
CAP_SENDER: str = env.str("CAP_SENDER", default="") or f"alerts@{host_of(_PUBLIC) or 'localhost'}"
CAP_SIGNING_KEY: str = "" if IS_PUBLIC_SITE else env.str("CAP_SIGNING_KEY", default="")
CAP_SIGNING_CERTIFICATE: str = env.str("CAP_SIGNING_CERTIFICATE", default="")
# Whom we take messages from, as JSON: each sender with its certificates (PEM).
CAP_SENDERS: str = env.str("CAP_SENDERS", default="{}")
# From where they call, as networks such as 192.0.2.0/24: a flood of strangers takes nothing of their share.
CAP_SENDER_NETWORKS: list[str] = env.list("CAP_SENDER_NETWORKS", default=[])

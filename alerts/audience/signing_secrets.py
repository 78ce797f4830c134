"""The secrets that sign what goes to partners' systems: shown once, to whoever holds a link that we sent.

The public site shows one in the answer to a press of a button, and can neither keep nor read any. So that a
press that is sent twice shows the same, a secret is made of the link's own 128 random bits with our key.
"""

from __future__ import annotations

import base64

from django.utils.crypto import salted_hmac

FIRST, NEW = "first", "new"
_SALT = "alerts.audience.signing_secrets"


def secret_of(token: str, purpose: str) -> str:
    """The secret that this link gives, as Standard Webhooks writes secrets (``whsec_`` and base64)."""
    made = salted_hmac(f"{_SALT}.{purpose}", token, algorithm="sha256").digest()
    return f"whsec_{base64.b64encode(made).decode()}"

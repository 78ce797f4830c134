"""E-mails that somebody sends us, as they are kept when the provider has handed them over."""

from __future__ import annotations

import itertools
import json
from typing import Any

from foundation.messaging import services as messaging
from foundation.messaging.mail_parsing import kept_form
from foundation.messaging.models import RawCallback

HELPLINE = "helpline@harbour.example"
_tokens = itertools.count(1)


def mail_in(sender: str, words: str, /, *, files: int = 0, **given: Any) -> RawCallback:
    """Store one e-mail. `headers` are its own; the same `message_id` is the same e-mail."""
    headers = {"Message-Id": given.pop("message_id", f"<{next(_tokens)}@example.org>")}
    headers |= given.pop("headers", {})
    fields = {
        "token": f"token-{next(_tokens)}",
        "sender": sender,
        "from": sender,
        "recipient": HELPLINE,
        "subject": "Hello",
        "body-plain": words,
        "message-headers": json.dumps(list(headers.items())),
        **given,
    }
    return messaging.store_raw(
        provider="mailgun",
        kind="mail",
        query=fields["token"],
        body=kept_form(fields, attachments=files),
        signature_ok=True,
    )


def reply_to(message: Any) -> str:
    """Where an answer to a message of ours goes."""
    from foundation.messaging.reply_addresses import reply_address

    return reply_address(message.pk)

"""Reading what Twilio posts to us: forms, URL-encoded. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qs

from foundation.messaging.enums import Standing
from foundation.messaging.gateways.statuses import standing_of


@dataclass(frozen=True, slots=True)
class StatusReport:
    """One receipt. `reference` is our own, from the address we gave; empty where there was none."""

    provider_id: str
    reference: str
    standing: Standing
    provider_status: str
    code: str


@dataclass(frozen=True, slots=True)
class InboundReport:
    """One text to us, as posted."""

    provider_id: str
    sender: str = field(repr=False)
    to: str
    body: str = field(repr=False)


def _first(form: dict[str, list[str]], *names: str) -> str:
    return next((form[name][0] for name in names if form.get(name)), "")


def _form(text: str) -> dict[str, list[str]]:
    return parse_qs(text, keep_blank_values=True)


def read_status(query: str, body: str) -> StatusReport | None:
    """The receipt in a posted form; None where it is none, or its status means nothing to us."""
    form = _form(body)
    status = _first(form, "MessageStatus", "SmsStatus")
    code = _first(form, "ErrorCode")
    provider_id = _first(form, "MessageSid", "SmsSid")
    standing = standing_of(status, code)
    if standing is None or not provider_id:
        return None
    return StatusReport(
        provider_id=provider_id[:80],
        reference=_first(_form(query), "m")[:40],
        standing=standing,
        provider_status=status[:30],
        code=code[:20],
    )


def read_inbound(body: str) -> InboundReport | None:
    """The text in a posted form; None where the form lacks who sent it or its id."""
    form = _form(body)
    provider_id, sender = _first(form, "MessageSid", "SmsSid"), _first(form, "From")
    if not provider_id or not sender:
        return None
    return InboundReport(
        provider_id=provider_id[:80],
        sender=sender,
        to=_first(form, "To")[:40],
        body=_first(form, "Body"),
    )

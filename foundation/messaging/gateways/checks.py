"""What must be right about texts and e-mail before anything starts (`manage.py check`, launcher)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from foundation.messaging.gateways.dialling import can_receive
from foundation.messaging.web_push import identity

SANDBOX_APP = "foundation.sandbox"


@register(Tags.security)
def check_senders(**_: Any) -> list[CheckMessage]:
    """A sender must be able to receive: without it nobody could say STOP (domain.md section 4)."""
    return [
        Error(
            f"{name} is not a sender that can receive replies.",
            hint="Set a phone number (+44...), a short code or a messaging service (MG...), not a name.",
            id="messaging.E001",
        )
        for name, sender in _senders().items()
        if not can_receive(sender)
    ]


def _senders() -> dict[str, str]:
    """Every sender of texts by the setting it comes from."""
    by_service = {
        f"MESSAGE_SENDERS[{key!r}]": sender
        for key, sender in settings.MESSAGE_SENDERS.items()
        if key.startswith("sms:")
    }
    return {
        "TWILIO_SENDER": settings.TWILIO_SENDER,
        "TEXTSAFE_SENDER": settings.TEXTSAFE_SENDER,
        **by_service,
    }


@register(Tags.security)
def check_sandbox_is_off(**_: Any) -> list[CheckMessage]:
    """In production texts go to Twilio itself and the stand-in is not even loaded."""
    if not settings.IS_PRODUCTION:
        return []
    found: list[CheckMessage] = []
    if settings.TWILIO_BASE_URL:
        found.append(
            Error(
                "TWILIO_BASE_URL is set: production texts would go to a stand-in.",
                hint="Unset TWILIO_BASE_URL.",
                id="messaging.E002",
            )
        )
    if SANDBOX_APP in settings.INSTALLED_APPS:
        found.append(
            Error(
                "The sandbox provider is installed in production.",
                hint=f"Take {SANDBOX_APP} out of INSTALLED_APPS.",
                id="messaging.E003",
            )
        )
    return found


@register(Tags.security)
def check_inbound_mail(**_: Any) -> list[CheckMessage]:
    """E-mail is taken in with both its address and its key, or not at all."""
    address, key = bool(settings.INBOUND_MAIL_ADDRESS), bool(settings.MAILGUN_SIGNING_KEY)
    if address == key:
        return []
    missing, other = ("MAILGUN_SIGNING_KEY", "INBOUND_MAIL_ADDRESS")
    if key:
        missing, other = other, missing
    return [
        Error(
            f"{missing} is missing, while {other} is set: e-mail to us would be lost.",
            hint=f"Set {missing} too, or neither.",
            id="messaging.E006",
        )
    ]


@register(Tags.security)
def check_twilio_account(**_: Any) -> list[CheckMessage]:
    """Production needs the account, and webhooks need an address that Twilio can reach over TLS."""
    if not settings.IS_PRODUCTION:
        return []
    missing = [name for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN") if not getattr(settings, name)]
    found: list[CheckMessage] = [
        Error(f"{name} is missing.", hint=f"Set {name} or {name}_FILE.", id="messaging.E004")
        for name in missing
    ]
    if not settings.PUBLIC_BASE_URL.startswith("https://"):
        found.append(
            Error(
                "PUBLIC_BASE_URL must be an https address: receipts and replies come there.",
                hint="Set PUBLIC_BASE_URL, such as https://help.example.org",
                id="messaging.E005",
            )
        )
    return found


@register(Tags.security)
def check_push(**_: Any) -> list[CheckMessage]:
    """Pushes need a key that is one, whose public half is what browsers signed up with, and a contact."""
    private, public = settings.PUSH_PRIVATE_KEY, settings.PUSH_PUBLIC_KEY
    if not private and (not public or settings.IS_PUBLIC_SITE):
        return []
    if not private:
        hint = "Set PUSH_PRIVATE_KEY too, or neither: browsers would sign up and get nothing."
        return [_push_error("PUSH_PRIVATE_KEY is missing.", hint, "E010")]
    try:
        half = identity.public_half(private)
    except ValueError:
        return [_push_error("PUSH_PRIVATE_KEY is no key.", "Make one by `manage.py new_push_key`.", "E007")]
    if public and public != half:
        hint = "Set both halves that `manage.py new_push_key` gave together."
        return [_push_error("PUSH_PUBLIC_KEY belongs to another key.", hint, "E008")]
    if not settings.PUSH_CONTACT.startswith(("mailto:", "https://")):
        hint = "Set an address at which a push service can reach you, such as mailto:alerts@example.org"
        return [_push_error("PUSH_CONTACT is missing.", hint, "E009")]
    return []


def _push_error(words: str, hint: str, number: str) -> CheckMessage:
    return Error(words, hint=hint, id=f"messaging.{number}")

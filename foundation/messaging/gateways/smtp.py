"""E-mail over SMTP. The server's answer codes say whether trying again can help (RFC 5321, 4.2.1)."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from datetime import datetime
from email.mime.image import MIMEImage
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone

from foundation.messaging.gateways.base import (
    Accepted,
    EnclosedPicture,
    Found,
    NotAccepted,
    OutcomeUnknown,
    Outgoing,
)

# What `open` raises while nothing has been sent: no name, no connection, no TLS, no sign-in.
_BEFORE = (OSError, smtplib.SMTPException)


class SmtpGateway:
    """`base.Gateway` for e-mail, by the EMAIL_* settings. One connection a message, held to a timeout."""

    channel = "email"

    def send(self, outgoing: Outgoing) -> Accepted:
        """Send text, and what goes with it, to one person. The provider id is our Message-ID."""
        message = written(outgoing)
        backend = EmailBackend()  # by name, as tests swap EMAIL_BACKEND
        try:
            backend.open()
        except _BEFORE:
            raise NotAccepted("The mail server could not be reached.", permanent=False) from None
        connection: Any = backend.connection
        try:
            _hand_over(connection, message, to=outgoing.to)
        finally:
            # The message's fate is settled; how the parting goes changes nothing.
            with suppress(*_BEFORE):
                connection.quit()
        return Accepted(provider_id=str(message.extra_headers["Message-ID"]), at=timezone.now())

    def find(self, *, to: str, body: str, since: datetime) -> list[Found]:
        """A mail server keeps no list: always `OutcomeUnknown`, so that a person settles it."""
        raise OutcomeUnknown("A mail server cannot be asked what it took.")

    def fetch(self, provider_id: str) -> Found:
        """As `find`."""
        raise OutcomeUnknown("A mail server cannot be asked what it took.")


def written(outgoing: Outgoing) -> EmailMultiAlternatives:
    """The e-mail as it leaves the house. Its Message-ID is made from our reference."""
    sender = outgoing.sender or settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message = EmailMultiAlternatives(
        subject=" ".join(outgoing.subject.split()),
        body=outgoing.body,
        from_email=sender,
        to=[outgoing.to],
        reply_to=[outgoing.reply_to] if outgoing.reply_to else None,
        headers={
            "Message-ID": f"<{outgoing.reference}@{domain}>",
            # No machine should answer us, and none of ours should answer that.
            "Auto-Submitted": "auto-generated",
            **_leaving(outgoing.leave),
        },
    )
    if outgoing.enclosed is not None:
        message.attach_alternative(outgoing.enclosed.html, "text/html")
        for picture in outgoing.enclosed.pictures:
            message.attach(_part(picture))
    return message


def _leaving(address: str) -> dict[str, str]:
    """What mail programs make a button of that ends such e-mails at once (RFC 8058)."""
    if not address:
        return {}
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _part(picture: EnclosedPicture) -> MIMEImage:
    part = MIMEImage(picture.data, _subtype=picture.content_type.removeprefix("image/"))
    part.add_header("Content-ID", f"<{picture.cid}>")
    part.add_header("Content-Disposition", "inline", filename=picture.name)
    return part


def _hand_over(connection: Any, message: EmailMultiAlternatives, *, to: str) -> None:
    """The envelope, which commits to nothing, then the message, after which silence is unknown."""
    sender = parseaddr(message.from_email)[1]
    parts: Any = message.message()
    raw = parts.as_bytes(linesep="\r\n")
    try:
        connection.ehlo_or_helo_if_needed()
        _expect(connection.mail(sender))
        _expect(connection.rcpt(to))
    except _BEFORE:
        raise NotAccepted("The mail server broke off before the message.", permanent=False) from None
    try:
        answer = connection.data(raw)
    except smtplib.SMTPDataError as refused:  # it would not even begin
        answer = (refused.smtp_code, b"")
    except _BEFORE:
        raise OutcomeUnknown("The connection was lost; the e-mail may or may not have been taken.") from None
    _expect(answer)


def _expect(answer: tuple[int, bytes]) -> None:
    code = answer[0]
    if 200 <= code < 300:
        return
    if 500 <= code < 600:
        raise NotAccepted("The mail server refused it for good.", permanent=True, code=str(code))
    raise NotAccepted("The mail server refused it for now.", permanent=False, code=str(code))

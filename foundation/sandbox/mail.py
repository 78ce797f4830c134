"""An SMTP server that keeps what it gets, for the mail viewer."""

from __future__ import annotations

import asyncio
import logging
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connections

from foundation.sandbox.enums import FaultKind
from foundation.sandbox.faults import Faults
from foundation.sandbox.models import Mail, MailPicture

_LARGEST_BYTES = 10_000_000
# It writes every command at INFO, addresses and all.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class _Keeper:
    """aiosmtpd's handler: asks the faults, keeps the mail."""

    async def handle_DATA(  # noqa: N802  aiosmtpd looks for this name
        self, server: SMTP, _: Session, envelope: Envelope
    ) -> str:
        """The whole mail has arrived."""
        kept = await asyncio.to_thread(_receive, envelope)
        if kept is None:
            transport: Any = server.transport
            transport.abort()
            return "421 gone"
        return kept


def _receive(envelope: Envelope) -> str | None:
    """The answer, or None where the connection is to be cut."""
    try:
        faults = Faults([str(one) for one in envelope.rcpt_tos])
        if faults.take(FaultKind.MAIL_LATER) is not None:
            return "451 Try again later"
        if faults.take(FaultKind.MAIL_REFUSED) is not None:
            return "550 No such mailbox"
        _keep(envelope)
        return None if faults.take(FaultKind.MAIL_CUT) is not None else "250 Kept"
    finally:
        connections.close_all()


def _keep(envelope: Envelope) -> None:
    raw = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
    message = message_from_bytes(raw, policy=policy.default)
    mail = Mail.objects.create(
        message_id=str(message.get("Message-ID", ""))[:255],
        sender=str(envelope.mail_from or "")[:254],
        to=", ".join(str(one) for one in envelope.rcpt_tos)[:1000],
        reply_to=str(message.get("Reply-To", ""))[:254],
        subject=str(message.get("Subject", ""))[:998],
        plain=_part(message, "plain"),
        html=_part(message, "html"),
    )
    MailPicture.objects.bulk_create(
        MailPicture(
            mail=mail,
            cid=str(part.get("Content-ID", "")).strip("<> ")[:200],
            name=str(part.get_filename() or "")[:200],
            content_type=part.get_content_type(),
            data=part.get_payload(decode=True),
        )
        for part in message.walk()
        if part.get_content_maintype() == "image"
    )


def _part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    return str(found.get_content()).replace("\x00", "") if found else ""


class MailSink(threading.Thread):
    """Runs the SMTP server in a thread with an event loop of its own."""

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__(name="sandbox-mail", daemon=True)
        self._address = (host, port)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._failed: OSError | None = None
        self.port = 0

    def start(self) -> None:
        """Start and wait until the port is ours. Raises OSError when it is taken."""
        super().start()
        self._ready.wait(10)
        if self._failed is not None:
            raise self._failed

    def run(self) -> None:
        """Serve until `stop`."""
        asyncio.set_event_loop(self._loop)
        try:
            server: Any = self._loop.run_until_complete(self._loop.create_server(self._make, *self._address))
        except OSError as error:
            self._failed = error
            self._ready.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def _make(self) -> SMTP:
        return SMTP(_Keeper(), data_size_limit=_LARGEST_BYTES, hostname="sandbox", loop=self._loop)

    def stop(self) -> None:
        """End the loop and let go of the port."""
        if self.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self.join(10)

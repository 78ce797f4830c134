"""`manage.py sandbox_provider`: the stand-in text and mail provider, with its phones in the browser."""

from __future__ import annotations

import signal
import threading
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.sandbox.server import Provider


class Command(BaseCommand):
    help = "Run the stand-in provider: texts at TWILIO_BASE_URL, e-mail at EMAIL_PORT. Never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=urlsplit(settings.TWILIO_BASE_URL).port or 8002)
        parser.add_argument("--mail-port", type=int, default=settings.EMAIL_PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            provider = Provider(host=options["host"], port=options["port"], mail_port=options["mail_port"])
            provider.start()
        except OSError as error:
            raise CommandError(f"The provider cannot listen: {error.strerror or error}") from None
        ending = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ending.set())
        self.stdout.write(f"Sandbox phones at {provider.url}/ and mail on port {provider.mail_port}")
        ending.wait()
        provider.stop()

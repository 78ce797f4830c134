"""The stand-in provider's HTTP server: Twilio's API, the phones' pages and the controls.

A small threaded server of the standard library, because it has to cut connections in the middle,
run inside a test and never serve anybody but the demonstration.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer

from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.http import HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string

from foundation.sandbox.cutting import SOCKET, Cut
from foundation.sandbox.mail import MailSink
from foundation.sandbox.postman import Postman
from foundation.sandbox.screens import Screens

URLCONF = "config.sandbox_urls"
# A short chain of its own: no sessions and no staff sign-in in a provider.
MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
)


class ProviderHandler(WSGIHandler):
    """Django's WSGI application with this site's own addresses and middleware."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Build the chain from `MIDDLEWARE` above instead of the settings'."""
        self._view_middleware: list[Callable[..., Any]] = []
        self._template_response_middleware: list[Callable[..., Any]] = []
        self._exception_middleware: list[Callable[..., Any]] = []
        handler: Any = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]
        for path in reversed(MIDDLEWARE):
            layer = import_string(path)(handler)
            if hasattr(layer, "process_view"):
                self._view_middleware.insert(0, layer.process_view)
            handler = convert_exception_to_response(layer)
        self._middleware_chain = handler

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        """As Django's, at our own addresses."""
        request.urlconf = URLCONF  # type: ignore[attr-defined]
        return super().get_response(request)


class _Answering(ServerHandler):
    def handle_error(self) -> None:
        """A connection we cut ourselves gets no apology."""
        if not isinstance(sys.exc_info()[1], Cut):
            super().handle_error()


class _RequestHandler(WSGIRequestHandler):
    timeout = 30

    def address_string(self) -> str:
        return str(self.client_address[0])  # no name look-ups

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: addresses here carry numbers."""

    def get_environ(self) -> dict[str, Any]:
        return {**super().get_environ(), SOCKET: self.connection}

    def handle(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if len(self.raw_requestline) > 65536 or not self.parse_request():
            return
        reading: Any = self.rfile
        writing: Any = self.wfile
        answering = _Answering(reading, writing, self.get_stderr(), self.get_environ(), multithread=True)
        answering.request_handler = self  # type: ignore[attr-defined]
        try:
            answering.run(self.server.get_app())  # type: ignore[attr-defined]
        except Cut:
            self.close_connection = True
        finally:
            connections.close_all()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128

    def server_bind(self) -> None:
        """As the library's, without asking the resolver for our own name."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])
        self.setup_environ()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who went away is no error of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Provider:
    """The whole provider in this process: HTTP, callbacks and mail. Port 0 takes a free one."""

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0, mail_port: int = 0) -> None:
        self._server = _Server((host, port), _RequestHandler)
        self._server.set_app(ProviderHandler())
        self._postman = Postman()
        self._screens = Screens()
        self._mail = MailSink(host=host, port=mail_port)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self.port = int(self._server.server_address[1])
        self.url = f"http://{host}:{self.port}"

    def start(self) -> None:
        """Answer requests, take mail and send callbacks, in threads, from now on. Raises OSError."""
        self._mail.start()
        self._postman.start()
        self._screens.start()
        self._thread.start()

    @property
    def mail_port(self) -> int:
        """Where SMTP is spoken, once started."""
        return self._mail.port

    def stop(self) -> None:
        """Stop everything and let go of the ports."""
        self._server.shutdown()
        self._server.server_close()
        self._screens.stop()
        self._postman.stop()
        self._mail.stop()

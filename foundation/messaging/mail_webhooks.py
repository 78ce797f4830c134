"""Where the mail provider hands us e-mail: Mailgun's routes, checked, stored without any file, answered.

The signature is over a time and a token, not over the e-mail (documentation.mailgun.com, "Securing
webhooks"): so each token counts once, and none that is older than the provider's own retries.
What is refused leaves a log line without any of its content.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from foundation.access import signed_machine
from foundation.messaging.enums import RawKind
from foundation.messaging.mail_parsing import kept_form
from foundation.messaging.services.receipts import store_raw

log = structlog.get_logger(__name__)

# The provider takes e-mails of 25 MB; files in it are read past and never held.
LARGEST_BYTES = 32_000_000
# It tries for eight hours with the same time and token: a narrower window would lose mail. (P)
OLDEST_SECONDS = 9 * 60 * 60
# Its clock and ours may differ.
AHEAD_SECONDS = 5 * 60
# "Not acceptable" is what it does not try again; after anything else it does.
NEVER_AGAIN = 406


@csrf_exempt
@signed_machine
@require_POST
def mail_inbound(request: HttpRequest) -> HttpResponse:
    """An e-mail somebody sent to the address of `INBOUND_MAIL_ADDRESS`."""
    if _length(request) > LARGEST_BYTES:
        return _refused("mail_call_too_large", status=NEVER_AGAIN)
    files = _Uncollected(request)
    request.upload_handlers = [files]
    try:
        given = {name: str(value) for name, value in request.POST.items()}
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError):
        return _refused("mail_call_unreadable", status=NEVER_AGAIN)
    except UnreadablePostError:
        return _refused("mail_call_broken_off", status=400)
    if not _is_genuine(given):
        # Tried again by the provider: where our key is the wrong one, nothing is lost until it is mended.
        return _refused("mail_call_forged", status=403)
    return _keep(given, attachments=max(files.count, _named(given)))


def _keep(given: dict[str, str], *, attachments: int) -> HttpResponse:
    """Store it under its token, which the database takes once; a second call with it changes nothing."""
    token = hashlib.sha256(given["token"].encode()).hexdigest()
    try:
        with transaction.atomic():
            store_raw(
                provider="mailgun",
                kind=RawKind.MAIL.value,
                query=token,
                body=kept_form(given, attachments=attachments),
                signature_ok=True,
            )
    except IntegrityError:
        log.info("mail_call_repeated")
    return HttpResponse(status=200)


class _Uncollected(FileUploadHandler):
    """Counts the files and keeps none of them, not even for as long as the call lasts."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.count = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins: it is read past."""
        self.count += 1
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called, as no file is begun."""

    def file_complete(self, file_size: int) -> None:
        """As above."""


def _named(given: dict[str, str]) -> int:
    count = given.get("attachment-count", "")
    return int(count) if count.isdecimal() and len(count) < 4 else 0


def _is_genuine(given: dict[str, str]) -> bool:
    at, token, signature = (given.get(name, "") for name in ("timestamp", "token", "signature"))
    if not at.isdecimal() or len(at) > 12 or not token or not signature.isascii():
        return False
    age = timezone.now().timestamp() - int(at)
    if not -AHEAD_SECONDS <= age <= OLDEST_SECONDS:
        return False
    return any(
        constant_time_compare(signature_of(key, at=at, token=token), signature)
        for key in (settings.MAILGUN_SIGNING_KEY, settings.MAILGUN_SIGNING_KEY_OLD)
        if key
    )


def signature_of(key: str, *, at: str, token: str) -> str:
    """HMAC-SHA256 of time and token as one string, in hexadecimal."""
    return hmac.new(key.encode(), f"{at}{token}".encode(), hashlib.sha256).hexdigest()


def _length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() else LARGEST_BYTES + 1


def _refused(event: str, *, status: int) -> HttpResponse:
    log.warning(event)
    return HttpResponse(status=status)

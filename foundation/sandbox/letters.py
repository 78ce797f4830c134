"""Writing an e-mail to the charity, as its mail provider would hand it over: Mailgun's routes, signed."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time

import requests
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from foundation.access import public
from foundation.sandbox.forms import LetterForm
from foundation.sandbox.models import Mail
from foundation.sandbox.pages import shown_page, then

_TIMEOUT = 15


def hand_over(
    *, sender: str, to: str, subject: str, words: str, in_reply_to: str = "", pictures: int = 0
) -> bool:
    """Post one e-mail to the public site; whether it was taken. Each call is an e-mail of its own."""
    message_id = f"<{secrets.token_hex(12)}@{sender.rpartition('@')[2]}>"
    headers = [["Message-Id", message_id], ["From", sender], ["To", to], ["Subject", subject]]
    if in_reply_to:
        headers += [["In-Reply-To", in_reply_to], ["References", in_reply_to]]
    at, token = str(int(time.time())), secrets.token_hex(25)
    given = {
        "timestamp": at,
        "token": token,
        "signature": _signature(at, token),
        "sender": sender,
        "from": sender,
        "recipient": to,
        "subject": subject,
        "body-plain": words,
        "message-headers": json.dumps(headers),
    }
    enclosed = {
        f"attachment-{number}": (f"picture-{number}.jpg", b"\xff\xd8 a picture", "image/jpeg")
        for number in range(1, pictures + 1)
    }
    if pictures:
        given["attachment-count"] = str(pictures)
    address = f"{settings.PUBLIC_BASE_URL}/webhooks/mail/inbound"
    try:
        with requests.Session() as session:
            session.trust_env = False  # a machine's proxy does not lead to its neighbour
            answer = session.post(address, data=given, files=enclosed or None, timeout=_TIMEOUT)
    except requests.RequestException:
        return False
    return answer.status_code == requests.codes.ok


def _signature(at: str, token: str) -> str:
    key = settings.MAILGUN_SIGNING_KEY.encode()
    return hmac.new(key, f"{at}{token}".encode(), hashlib.sha256).hexdigest()


@public
def write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write to the charity, or answer one of its e-mails, from any address."""
    answered = get_object_or_404(Mail, pk=pk) if pk else None
    if answered is not None and not answered.reply_to:
        raise Http404
    first = {
        "sender": answered.to if answered else "",
        "to": answered.reply_to if answered else settings.INBOUND_MAIL_ADDRESS,
        "subject": f"Re: {answered.subject}" if answered else "",
    }
    form = LetterForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        in_reply_to = answered.message_id if answered else ""
        if hand_over(in_reply_to=in_reply_to, **given):
            return then("mails", said="mailed")
        form.add_error(None, "Harbour did not take it. Is its public site running?")
    return shown_page(
        request, "sandbox/letter.html", status=422 if form.errors else 200, form=form, answered=answered
    )

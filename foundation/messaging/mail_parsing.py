"""Reading an e-mail as the mail provider posts it, and as we keep it until it is read. Pure.

The fields are those of Mailgun's routes: documentation.mailgun.com, "Receiving messages via HTTP".
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode

# A long letter; more is no letter, and a person has to read it.
LONGEST = 20_000
# What a machine writes in a header of its own mail (RFC 3834, and the older habits).
_BY_MACHINES = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
_KEPT_HEADERS = ("message-id", "in-reply-to", "references")
_OURS = re.compile(r"<(m[0-9a-f]{24})@[^<>\s]+>")
_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})


@dataclass(frozen=True, slots=True)
class MailReport:
    """One e-mail to us. `answers`: references of ours that it names; `is_automatic`: no person wrote it."""

    token: str
    message_id: str
    sender: str = field(repr=False)
    recipient: str
    subject: str = field(repr=False)
    body: str = field(repr=False)
    answers: tuple[str, ...]
    is_automatic: bool


def kept_form(given: Mapping[str, str], *, attachments: int) -> str:
    """What is kept of a posted form, URL-encoded: the words and who wrote them, never a file."""
    headers = _headers(given)
    text = given.get("body-plain", "")
    if not text.strip():
        text = text_of(given.get("body-html", ""))
    kept = {
        "token": given.get("token", ""),
        "envelope": given.get("sender", ""),
        "from": given.get("from", "") or headers.get("from", ""),
        "recipient": given.get("recipient", ""),
        "subject": given.get("subject", ""),
        "text": text[: LONGEST + 1],
        "attachments": str(attachments),
        "automatic": "1" if _is_automatic(given, headers) else "",
        **{name: headers.get(name, "") for name in _KEPT_HEADERS},
    }
    return urlencode({name: value.replace("\x00", "") for name, value in kept.items()})


def read_mail(body: str) -> MailReport | None:
    """The e-mail in a kept form; None where nobody can be said to have sent it."""
    form = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
    sender = parseaddr(form.get("from", ""))[1] or parseaddr(form.get("envelope", ""))[1]
    if "@" not in sender or not form.get("token"):
        return None
    named = f"{form.get('in-reply-to', '')} {form.get('references', '')}"
    return MailReport(
        token=form["token"],
        message_id=form.get("message-id", "").strip(),
        sender=sender.strip().lower(),
        recipient=form.get("recipient", "").strip().lower(),
        subject=" ".join(form.get("subject", "").split())[:300],
        body=_said(form.get("text", ""), form.get("attachments", "0")),
        answers=tuple(reversed(_OURS.findall(named.lower()))),
        is_automatic=bool(form.get("automatic")),
    )


def _said(text: str, attachments: str) -> str:
    """The words, and in square brackets what is missing of the e-mail."""
    words = text.replace("\r\n", "\n").strip()
    left_out = []
    if len(words) > LONGEST:
        words = words[:LONGEST]
        left_out.append("[The e-mail was longer. The rest was not kept.]")
    files = int(attachments) if attachments.isdecimal() else 0
    if files:
        came = "One file" if files == 1 else f"{files} files"
        left_out.append(f"[{came} came with this e-mail. No file is kept.]")
    return "\n\n".join(part for part in (words, *left_out) if part)


def _headers(given: Mapping[str, str]) -> dict[str, str]:
    """The e-mail's own headers by name in small letters, the first of each."""
    found: dict[str, str] = {}
    try:
        listed = json.loads(given.get("message-headers", "") or "[]")
    except ValueError:
        listed = []
    for pair in listed if isinstance(listed, list) else []:
        if isinstance(pair, list) and len(pair) == 2:
            found.setdefault(str(pair[0]).lower(), str(pair[1]))
    for name in ("Message-Id", "In-Reply-To", "References", "Auto-Submitted", "Precedence", "From"):
        if given.get(name):
            found.setdefault(name.lower(), given[name])
    return found


def _is_automatic(given: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """A bounce, or an answer that a machine gave: nobody waits for a reply to it (RFC 3834, RFC 5321)."""
    envelope = parseaddr(given.get("sender", ""))[1].lower()
    return (
        not envelope
        or envelope.partition("@")[0] in {"mailer-daemon", "postmaster"}
        or headers.get("auto-submitted", "no").partition(";")[0].strip().lower() != "no"
        or headers.get("precedence", "").strip().lower() in _BY_MACHINES
        or bool(headers.get("x-autoreply") or headers.get("x-autorespond"))
        or headers.get("content-type", "").lower().startswith("multipart/report")
    )


class _Words(HTMLParser):
    """Collects what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data)


def text_of(html: str) -> str:
    """The words of an HTML part, without any of its markup, scripts and styles."""
    words = _Words()
    words.feed(html)
    words.close()
    lines = [" ".join(line.split()) for line in "".join(words.found).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

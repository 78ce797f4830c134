"""The words that go out, channel by channel and in each language. Pure.

What is previewed and what is sent comes from here, so that they cannot differ. Nobody is told how an alert
ended (domain.md section 5). The Welsh wants a native reader (docs/welsh.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from foundation.clock import in_london
from foundation.messaging.segments import Measure, measure

ENGLISH, WELSH = "en", "cy"
ALERT, UPDATE, CANCEL = "alert", "update", "cancel"
TEXT, MAIL, PUSH = "sms", "email", "web_push"
# The public text must not need more than so many segments: it is paid for a million times.
MOST_SEGMENTS = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """What people wrote in one language: everything else is the same for every alert."""

    headline: str
    description: str
    instruction: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the fixed words speak of. `began_at`: when the alert was first sent. `about`: the same for all
    that an alert sends, so that a device shows the newest alone.
    """

    kind: str
    is_rehearsal: bool
    began_at: datetime
    page: str
    way_out: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as people read it. A text has no subject. `written` is what leaves where that is JSON."""

    body: str
    subject: str = ""
    written: str = ""

    @property
    def sent(self) -> str:
        """What is handed over."""
        return self.written or self.body

    @property
    def size(self) -> Measure:
        """What it takes as a text on the air."""
        return measure(self.body)


@dataclass(frozen=True, slots=True)
class _Phrases:
    event: str
    update: str
    rehearsal: str
    over: str
    over_subject: str
    share_no_more: str
    act: str
    leave_text: str
    leave_mail: str
    leave_push: str
    see: str
    what_to_do: str
    why: str
    at: str


_SAID = {
    ENGLISH: _Phrases(
        event="Child Rescue Alert",
        update="Child Rescue Alert, update",
        rehearsal="REHEARSAL, not a real alert.",
        over="the alert of {at} is over. Thank you for looking out.",
        over_subject="this alert is over",
        share_no_more="Please share it no more, and delete what you shared.",
        act="Do not approach. Call 999.",
        leave_text="Reply STOP to leave.",
        leave_mail="To leave:",
        leave_push="Stop these alerts",
        see="The alert, as it stands now:",
        what_to_do="What to do",
        why="You get this because you asked to be told of Child Rescue Alerts.",
        at="%H:%M on %-d {month}",
    ),
    WELSH: _Phrases(
        event="Rhybudd Achub Plentyn",
        update="Rhybudd Achub Plentyn, diweddariad",
        rehearsal="YMARFER, nid rhybudd go iawn.",
        over="mae rhybudd {at} ar ben. Diolch am gadw golwg.",
        over_subject="mae'r rhybudd hwn ar ben",
        share_no_more="Peidiwch â'i rannu mwy, a dilewch yr hyn a rannwyd.",
        act="Peidiwch â mynd at neb. Ffoniwch 999.",
        leave_text="Atebwch STOP i adael.",
        leave_mail="I adael:",
        leave_push="Stopio'r rhybuddion",
        see="Y rhybudd fel y mae nawr:",
        what_to_do="Beth i'w wneud",
        why="Cewch hwn am i chi ofyn am glywed am Rybuddion Achub Plentyn.",
        at="%H:%M ar %-d {month}",
    ),
}
# In a text one such letter more than halves what fits (3GPP TS 23.038): our own words do without.
_PLAIN = str.maketrans("âêîôûŵŷ", "aeiouwy")
_MONTHS = {
    ENGLISH: "January February March April May June July August September October November December",
    WELSH: "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
}


def letter(channel: str, language: str, facts: Facts, wording: Wording | None) -> Letter:
    """What goes out by `channel`. Only the end of an alert needs no `wording`: it says the same for each.

    Raises `KeyError` for a language, `ValueError` for a channel that has no words.
    """
    said = _SAID[language]
    if channel == TEXT:
        return Letter(_text(said, language, facts, wording))
    if channel == MAIL:
        return _mail(said, language, facts, wording)
    if channel == PUSH:
        return _push(said, language, facts, wording)
    raise ValueError(f"no words for {channel}")


def for_systems(language: str, facts: Facts, wording: Wording | None) -> tuple[str, str, str]:
    """Headline, description and instruction for another system to show; each says that it is a rehearsal."""
    said = _SAID[language]
    mark = _mark(said, facts)
    if facts.kind == CANCEL or wording is None:
        over = _capital(said.over.format(at=moment(facts.began_at, language)))
        return f"{mark}{said.event}: {said.over_subject}", f"{mark}{over}", f"{mark}{said.share_no_more}"
    name = said.update if facts.kind == UPDATE else said.event
    headline = f"{mark}{name}: {one_line(_without_name(wording.headline, said))}"
    return headline, f"{mark}{wording.description}", f"{mark}{wording.instruction}"


def _mark(said: _Phrases, facts: Facts) -> str:
    return f"{said.rehearsal} " if facts.is_rehearsal else ""


def _text(said: _Phrases, language: str, facts: Facts, wording: Wording | None) -> str:
    mark = _mark(said, facts)
    if facts.kind == CANCEL or wording is None:
        over = said.over.format(at=moment(facts.began_at, language))
        return f"{mark}{said.event}: {over} {said.leave_text}"
    name = said.update if facts.kind == UPDATE else said.event
    body = f"{mark}{name}: {_sentence(_without_name(wording.text, said))}"
    # Whoever wrote the text may have said it already, in words of their own.
    if "999" not in body:
        body = f"{body} {said.act.translate(_PLAIN)}"
    return body if "STOP" in body else f"{body} {said.leave_text}"


def _mail(said: _Phrases, language: str, facts: Facts, wording: Wording | None) -> Letter:
    mark = _mark(said, facts)
    foot = f"{said.why}\n{said.leave_mail} {facts.way_out}\n"
    if facts.kind == CANCEL or wording is None:
        over = said.over.format(at=moment(facts.began_at, language))
        body = f"{mark}{said.event}: {over}\n\n{said.share_no_more}\n\n{foot}"
        return Letter(body, f"{mark}{said.event}: {said.over_subject}")
    name = said.update if facts.kind == UPDATE else said.event
    parts = (
        f"{mark}{name}",
        _without_name(wording.headline, said),
        wording.description.strip(),
        f"{said.what_to_do}\n{_with_act(wording.instruction.strip(), said)}",
        f"{said.see}\n{facts.page}",
        foot,
    )
    return Letter("\n\n".join(parts), f"{mark}{name}: {one_line(_without_name(wording.headline, said))}")


def _push(said: _Phrases, language: str, facts: Facts, wording: Wording | None) -> Letter:
    """A title and a few lines on a locked screen; `written` is the JSON that the service worker reads."""
    mark = _mark(said, facts)
    kind = facts.kind
    if kind == CANCEL or wording is None:
        kind = CANCEL
        title = f"{mark}{said.event}"
        body = _capital(f"{said.over.format(at=moment(facts.began_at, language))} {said.share_no_more}")
    else:
        title = f"{mark}{said.update if kind == UPDATE else said.event}"
        body = _sentence(_without_name(wording.text, said))
        body = body if "999" in body else f"{body} {said.act}"
    told = {
        "tag": facts.about,
        "kind": kind,
        "lang": language,
        "title": title,
        "body": body,
        "url": urlsplit(facts.page).path,
        "leave_label": said.leave_push,
    }
    return Letter(body, title, json.dumps(told, ensure_ascii=False))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def moment(at: datetime, language: str) -> str:
    """A time on the London clock, in words of `language`."""
    here = in_london(at)
    month = _MONTHS[language].split()[here.month - 1]
    return here.strftime(_SAID[language].at.format(month=month))


def one_line(words: str) -> str:
    """Words without line breaks: a subject with one would be a second header."""
    return " ".join(words.split())


def _without_name(words: str, said: _Phrases) -> str:
    """What was written, without the name of the alert at its beginning: that is always there, once."""
    return re.sub(rf"^\s*{said.event}\s*[:.,–-]*\s*", "", words, flags=re.IGNORECASE)


def _with_act(words: str, said: _Phrases) -> str:
    return words if "999" in words else f"{words}\n{said.act}"


def _sentence(words: str) -> str:
    plain = one_line(words)
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."


# Never told to the public (domain.md section 3): health, care, why, the family, and what the police think.
_NEVER = {
    "health": r"medication|insulin|epilep\w*|autis\w*|adhd|diabet\w*|suicid\w*|self.harm\w*|mental health"
    r"|pregnan\w*",
    "care": r"foster\w*|children'?s home|care home|looked.after|in care|social worker\w*",
    "what the police think": r"county lines|exploit\w*|traffick\w*|grooming|groomed|known to police",
    "where the family lives": r"home address|(?:mother|father|family)'?s (?:number|address)",
}
_LINK = re.compile(r"https?:|www\.|\b[a-z0-9-]+\.(?:com|org|net|uk|info|ly)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\+|\b)\d[\d ]{8,}\d\b")
# A character that turns the direction of writing, or that nobody sees, makes a text say something else.
_HIDDEN = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)


def problems(words: Iterable[str]) -> list[str]:
    """Why these words may not be sent to the public, and what to do about it; empty where they may."""
    found: list[str] = []
    for text in words:
        for what, pattern in _NEVER.items():
            if match := re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
                found.append(f"Take out “{match.group()}”: {what} is never told to the public.")
        if _HIDDEN.search(text):
            found.append("Type it again: it has characters that cannot be seen.")
        if match := _LINK.search(text):
            found.append(f"Take out “{match.group()}”: people are led to our own page alone.")
        if match := _NUMBER.search(text):
            found.append(f"Take out “{match.group()}”: people call 999.")
        if match := _POSTCODE.search(text):
            found.append(f"Take out “{match.group()}”: an address is never told to the public.")
    return list(dict.fromkeys(found))


def too_long(body: str) -> str:
    """What is wrong with the length of a text; empty where nothing is."""
    size = measure(body)
    if size.segments <= MOST_SEGMENTS:
        return ""
    plain = f" Without {', '.join(size.outside_gsm)} it would take fewer." if size.outside_gsm else ""
    most = f"as a text it would take {size.segments} parts, and {MOST_SEGMENTS} is the most"
    return f"Shorten it: {most}.{plain}"

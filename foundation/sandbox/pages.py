"""The stand-in provider's pages: the phones, what goes wrong, and the mail that arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from foundation.access import public
from foundation.sandbox import services
from foundation.sandbox.enums import Status
from foundation.sandbox.forms import FaultForm, PickUpForm, ReplyForm
from foundation.sandbox.magic import MAGIC
from foundation.sandbox.models import Fault, Handset, Mail, MailPicture, Text

_PHONES_SHOWN = 200
_TEXTS_SHOWN = 100
_MAILS_A_PAGE = 50
_PICTURES = ("image/jpeg", "image/png")

# What a page says after something was done; the address only carries the key.
SAID = {
    "sent": "The phone has sent it.",
    "mailed": "Harbour has taken the e-mail.",
    "on": "The phone is on. What was waiting for it arrives now.",
    "off": "The phone is off. Texts to it wait until it is on again or they are too old.",
    "broken": "From now on this goes wrong.",
    "mended": "This goes right again.",
    "player": "The player is set up. It reads its playlist every few seconds.",
    "system": "From now on its signatures are checked with this secret.",
    "browser": "The browser is there. Copy its subscription.",
    "reset": "Everything here is forgotten.",
}


def spoken(number: str) -> str:
    """A number as people write it: UK mobiles as 07700 900123."""
    if number.startswith("+447") and len(number) == 13:
        return f"0{number[3:7]} {number[7:]}"
    return number


def shown_page(request: HttpRequest, template: str, *, status: int = 200, **context: object) -> HttpResponse:
    said = SAID.get(request.GET.get("said", ""), "")
    tabs = [
        {"label": label, "href": reverse(name), "current": request.path == reverse(name)}
        for label, name in (
            ("Phones", "phones"),
            ("Make things go wrong", "faults"),
            ("Numbers with a will of their own", "magic"),
            ("Mail", "mails"),
            ("Networks", "networks"),
            ("Billboards", "players"),
            ("Browsers", "browsers"),
            ("Partners’ systems", "systems"),
            ("Feeds of forces", "forces"),
        )
    ]
    return render(request, template, {"tabs": tabs, "said": said, **context}, status=status)


def then(name: str, *args: object, said: str = "") -> HttpResponseRedirect:
    return redirect(reverse(name, args=args) + (f"?said={said}" if said else ""))


@dataclass(frozen=True, slots=True)
class _Phone:
    """One row of the list."""

    pk: int
    number: str
    is_on: bool
    has_opted_out: bool
    last_at: datetime
    last_body: str


def _phones() -> list[_Phone]:
    last = Text.objects.filter(handset=OuterRef("pk")).order_by("-pk").values("body")[:1]
    rows = Handset.objects.annotate(last_body=Subquery(last)).order_by("-last_text_at")[:_PHONES_SHOWN]
    return [
        _Phone(
            row.pk, spoken(row.number), row.is_on, row.has_opted_out, row.last_text_at, row.last_body or ""
        )
        for row in rows
    ]


@public
def phones(request: HttpRequest) -> HttpResponse:
    """Every number that got or sent a text, the latest first; or pick up another."""
    form = PickUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        handset = services.pick_up(number=form.cleaned_data["number"])
        return then("phone", handset.pk)
    return shown_page(
        request, "sandbox/phones.html", status=422 if form.errors else 200, form=form, phones=_phones()
    )


@public
@require_GET
def phones_live(request: HttpRequest) -> HttpResponse:
    """The list alone, for refreshing."""
    return render(request, "sandbox/_phones.html", {"phones": _phones()})


_NOTES = {
    Status.QUEUED: "on its way",
    Status.SENT: "on its way",
    Status.DELIVERED: "arrived",
    Status.UNDELIVERED: "never arrived",
    Status.FAILED: "never arrived",
}


def _conversation(handset: Handset) -> list[dict[str, object]]:
    """The phone's own view: what it wrote is on the right."""
    rows: QuerySet[Text] = handset.texts.order_by("-pk")[:_TEXTS_SHOWN]
    return [
        {
            "id": row.pk,
            "sent": row.inbound,
            "sender": "This phone" if row.inbound else spoken(row.sender),
            "at": timezone.localtime(row.created_at),
            "body": row.body,
            "note": "" if row.inbound else _NOTES.get(Status(row.progress), ""),
        }
        for row in reversed(rows)
    ]


@public
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """One phone: its conversation, and a box to reply."""
    handset = get_object_or_404(Handset, pk=pk)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.reply(number=handset.number, body=form.cleaned_data["body"])
        return then("phone", pk, said="sent")
    return shown_page(
        request,
        "sandbox/phone.html",
        status=422 if form.errors else 200,
        form=form,
        handset=handset,
        number=spoken(handset.number),
        messages_list=_conversation(handset),
        stop_word={"word": "STOP"},
        start_word={"word": "START"},
        on={"on": "1"},
        off={"on": "0"},
    )


@public
@require_GET
def phone_live(request: HttpRequest, pk: int) -> HttpResponse:
    """The conversation alone, for refreshing."""
    handset = get_object_or_404(Handset, pk=pk)
    return render(request, "sandbox/_conversation.html", {"messages_list": _conversation(handset)})


@public
@require_POST
def phone_says(request: HttpRequest, pk: int) -> HttpResponse:
    """A word at the press of a button: STOP or START."""
    handset = get_object_or_404(Handset, pk=pk)
    word = "START" if request.POST.get("word") == "START" else "STOP"
    services.reply(number=handset.number, body=word)
    return then("phone", pk, said="sent")


@public
@require_POST
def phone_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch the phone on or off."""
    handset = get_object_or_404(Handset, pk=pk)
    is_on = request.POST.get("on") == "1"
    services.switch_phone(number=handset.number, is_on=is_on)
    return then("phone", pk, said="on" if is_on else "off")


@public
def faults(request: HttpRequest) -> HttpResponse:
    """What goes wrong now, and a form for more."""
    form = FaultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services.break_(
            kind=given["kind"], to=given["to"], remaining=given["remaining"], seconds=given["seconds"] or 0
        )
        return then("faults", said="broken")
    rows = Fault.objects.order_by("pk")
    shown = [{"row": row, "to": spoken(row.to) if row.to else "Everybody"} for row in rows]
    return shown_page(
        request, "sandbox/faults.html", status=422 if form.errors else 200, form=form, faults=shown
    )


@public
@require_POST
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one fault away."""
    services.mend(pk=pk)
    return then("faults", said="mended")


@public
def forget(request: HttpRequest) -> HttpResponse:
    """Ask, then forget every phone, text, fault and e-mail here."""
    if request.method == "POST":
        services.reset()
        return then("phones", said="reset")
    happens = [
        "Every phone, text, fault and e-mail kept here is deleted.",
        "What Harbour itself has recorded stays as it is.",
    ]
    return shown_page(request, "sandbox/forget.html", happens=happens)


@public
@require_GET
def magic(request: HttpRequest) -> HttpResponse:
    """The numbers with which something always goes the same way."""
    return shown_page(
        request, "sandbox/magic.html", rows=[[spoken(number), one.words] for number, one in MAGIC.items()]
    )


@public
@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    """E-mail that arrived, the latest first."""
    page = Paginator(Mail.objects.order_by("-pk"), _MAILS_A_PAGE).get_page(request.GET.get("page"))
    return shown_page(request, "sandbox/mails.html", page=page)


@public
@require_GET
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One e-mail, as text: whatever markup it holds is shown, never obeyed."""
    found = get_object_or_404(Mail, pk=pk)
    pictures = found.pictures.filter(content_type__in=_PICTURES).defer("data")
    return shown_page(request, "sandbox/mail.html", mail=found, pictures=pictures)


@public
@require_GET
def mail_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture that came with an e-mail."""
    found = get_object_or_404(MailPicture, pk=pk, content_type__in=_PICTURES)
    answer = HttpResponse(bytes(found.data), content_type=found.content_type)
    answer["Cache-Control"] = "no-store"
    return answer

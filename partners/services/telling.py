"""E-mails about referrals: a reference and where to look, never a word of the person.

A partner by links gets a link that by itself shows nothing; one by accounts or the API is told to look there.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import User
from foundation.accounts.selectors import people_holding
from foundation.messaging import services as messaging
from missingcases.services.common import works_for
from partners.deadlines import CODE_LASTS, LINK_LASTS, TELL_FOR
from partners.enums import SHOWN, ReferralStatus, WorksBy
from partners.models import Link, LinkCode, Referral
from partners.selectors import profile_of
from partners.services import links
from partners.services.common import LABEL, locked
from partners.system import TELLING

SERVICE = "partners"
GUARD_PARTNER, GUARD_LINK, GUARD_CODE = "partners.shown", "partners.link", "partners.code"
GUARD_WITHDRAWN, GUARD_SENDER = "partners.withdrawn", "partners.sender"
_S = ReferralStatus
_TOLD: dict[str, str] = {
    _S.ACCEPTED: "was accepted",
    _S.REJECTED: "was not taken: choose what to do",
    _S.RETURNED: "came back: choose what to do",
    _S.COMPLETED: "is completed: read the outcome",
    "late": "is not answered and late",
    "endangered": "was taken back: somebody in this family may be a danger. Weigh that before you refer anew",
    "silent": "is late: its partner does not say how it stands",
}
_OVER = Refusal("over", "The referral has gone on.")


def still_shown(owner_id: int) -> Refusal | None:
    """The guard of what asks a partner to look: it is theirs to look at still."""
    return None if Referral.objects.filter(pk=owner_id, status__in=sorted(SHOWN)).exists() else _OVER


def link_runs(owner_id: int) -> Refusal | None:
    """The guard of a link: no later one was sent, and the referral has not ended."""
    rows = Link.objects.filter(pk=owner_id, ended_at__isnull=True, referral__status__in=sorted(SHOWN))
    return None if rows.exists() else _OVER


def code_runs(owner_id: int) -> Refusal | None:
    """The guard of a code: it is the newest, and was not used."""
    rows = LinkCode.objects.filter(pk=owner_id, used_at__isnull=True, expires_at__gt=timezone.now())
    return None if rows.filter(link__ended_at__isnull=True).exists() else _OVER


def is_withdrawn(owner_id: int) -> Refusal | None:
    """The guard of a retraction."""
    return None if Referral.objects.filter(pk=owner_id, status=_S.WITHDRAWN).exists() else _OVER


def exists(owner_id: int) -> Refusal | None:
    """The guard of news to the sender: it names a reference, and what became of it is read here."""
    return None if Referral.objects.filter(pk=owner_id).exists() else _OVER


@transaction.atomic
def tell_partner(referral_id: int, status: str, was: str) -> None:
    """Afterwards: something was referred to a partner, or taken back from one that had been told."""
    referral = locked(referral_id)
    now = timezone.now()
    if status == _S.SENT and referral.status == _S.SENT:
        write_to_partner(referral, "sent", now=now)
    elif status == _S.WITHDRAWN and was != _S.DRAFT:
        body = render_to_string("partners/mail/withdrawn.txt", {"reference": referral.reference})
        for to in _addresses(referral):
            said = f"referral {referral.reference} is withdrawn"
            _queue(
                referral, (LABEL, referral.pk), GUARD_WITHDRAWN, to, said, body, "withdrawn", now + TELL_FOR
            )


def write_to_partner(referral: Referral, kind: str, *, now: datetime) -> None:
    """Ask the partner to look: `kind` is "sent", "reminder", "progress", "again" or "renewed".

    A new link ends the one before; one that the sender asks for puts out whoever works by that too.
    """
    profile = profile_of(referral.partner_id)
    page = {"reference": referral.reference, "kind": kind, "return_at": referral.return_at, "is_link": False}
    said = f"referral {referral.reference} waits for your answer"
    if kind in {"again", "renewed"}:
        said = f"a new link to referral {referral.reference}"
    if kind == "progress":
        said = f"how does referral {referral.reference} stand?"
    if profile is not None and profile.works_by == WorksBy.LINK:
        link, token = links.new_link(referral, now=now, ends_sessions=kind == "again")
        page |= {"is_link": True, "link": f"{settings.STAFF_BASE_URL}/partners/open/{token}/"}
        owner, guard, until = ("partners.Link", link.pk), GUARD_LINK, now + LINK_LASTS
    else:
        page["link"] = f"{settings.STAFF_BASE_URL}/partners/referrals/{referral.reference}/"
        owner, guard, until = (LABEL, referral.pk), GUARD_PARTNER, now + TELL_FOR
    body = render_to_string("partners/mail/waits.txt", page)
    for to in _addresses(referral):
        _queue(referral, owner, guard, to, said, body, f"{kind}:{now:%Y%m%d%H%M%S%f}", until)


def send_code(row: LinkCode, code: str) -> None:
    """The code goes to the partner's address in the directory, wherever it was asked for."""
    referral = row.link.referral
    body = render_to_string(
        "partners/mail/code.txt",
        {"code": code, "reference": referral.reference, "minutes": CODE_LASTS // timedelta(minutes=1)},
    )
    for to in _addresses(referral):
        said = f"your code for referral {referral.reference}"
        _queue(referral, ("partners.LinkCode", row.pk), GUARD_CODE, to, said, body, "code", row.expires_at)


@transaction.atomic
def tell_sender(referral_id: int, status: str) -> None:
    """Afterwards: the partner answered, or nobody did; whoever sent it is written to."""
    referral = Referral.objects.select_related("sent_by", "sender").get(pk=referral_id)
    person = referral.sent_by
    if status not in _TOLD or person is None or not works_for(person.pk, referral.sender_id):
        return
    _write_to_staff(referral, status, person)


def tell_managers(referral: Referral, kind: str) -> None:
    """Whoever answers for the sender is written to: nobody has answered for long ("late"), or said how it
    goes on ("silent"), or it was taken back for a danger in the family ("endangered").
    """
    people = {row.pk: row for row in _managers(referral)}
    if referral.sent_by is not None and works_for(referral.sent_by.pk, referral.sender_id):
        people[referral.sent_by.pk] = referral.sent_by
    if referral.incident.is_restricted:
        people = {pk: row for pk, row in people.items() if pk == referral.sent_by_id}
    for row in people.values():
        _write_to_staff(referral, kind, row)


def _managers(referral: Referral) -> QuerySet[User]:
    """The charity's duty managers; of a force the inspectors of the incident's unit, else all of them."""
    if referral.sender.kind != OrganisationKind.POLICE_FORCE:
        return people_holding(referral.sender_id, {Role.CHARITY_MANAGER})
    people = people_holding(referral.sender_id, {Role.POLICE_INSPECTOR})
    unit = referral.incident.owner_unit_id
    if unit is None:
        return people
    own = people.filter(memberships__team_id=unit, memberships__ended_at=None).distinct()
    return own if own.exists() else people


def _write_to_staff(referral: Referral, kind: str, person: User) -> None:
    page = {
        "reference": referral.reference,
        "said": _TOLD[kind],
        "link": f"{settings.STAFF_BASE_URL}/partners/referrals/{referral.reference}/",
    }
    body = render_to_string("partners/mail/to_sender.txt", page)
    said = f"referral {referral.reference} {_TOLD[kind].partition(':')[0]}"
    key = f"{kind}:{person.pk}"
    if kind == "silent" and referral.progress_due_at is not None:
        key += f":{referral.progress_due_at:%Y%m%d%H%M}"  # it may fall silent more than once
    until = timezone.now() + TELL_FOR
    _queue(referral, (LABEL, referral.pk), GUARD_SENDER, person.email, said, body, key, until)


def _addresses(referral: Referral) -> list[str]:
    """The address in the directory; where there is none, its people with an account."""
    profile = profile_of(referral.partner_id)
    if profile is not None and profile.email:
        return [profile.email]
    people = people_holding(referral.partner_id, {Role.PARTNER_WORKER})
    return list(people.order_by("pk").values_list("email", flat=True))


def _queue(
    referral: Referral,
    owner: tuple[str, int],
    guard: str,
    to: str,
    subject: str,
    body: str,
    key: str,
    until: datetime,
) -> None:
    messaging.queue_message(
        actor=TELLING,
        channel="email",
        lane="normal",
        to=to,
        subject=f"{settings.PRODUCT_NAME}: {subject}",
        body=body,
        service=SERVICE,
        owner=owner,
        guard=guard,
        organisation_id=referral.sender_id,
        valid_until=until,
        dedupe_key=f"partners:{owner[0]}:{owner[1]}:{key}",
    )

"""TextSafe in made data: requests with their texts and receipts, and the few conversations that follow."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.messaging.models import Attempt, Message
from foundation.messaging.numbers import key_of
from foundation.sheets import Sheet, sealed
from missingcases.made.checking import Measure
from missingcases.made.forces import staff
from missingcases.made.frame import Ask, Case, Pages, Service, Writes, hours, often, reference
from missingcases.made.person_rows import is_mobile, keyed
from missingcases.made.stated import Drawn
from textsafe.deadlines import KEEP_NUMBER, LEAST_SLOT, VALIDITY, reply_due_at, sending_slot, window_ends_at
from textsafe.models import Conversation, ConversationMessage, Request, Wording

# 373 texts at the Met's request in a year of some 40,000 incidents: of those whose mobile is known and who
# are missing for some hours, so many.
ASKED = 0.027
ANSWERED, STOPPED = 0.08, 0.02
_LEAST = timedelta(hours=1.5)
_OUTCOMES = Drawn((("delivered", 82.0), ("sent", 7.0), ("failed", 4.0), ("refused", 5.0), ("expired", 2.0)))
_REFUSALS = Drawn((("unsafe", 50.0), ("wrong_number", 30.0), ("already_in_touch", 15.0), ("other", 5.0)))
_IN = ("hi is this free", "im ok just need some time", "can u tell my mum im safe", "who is this",
       "i dont want to go back there", "thanks")  # fmt: skip
_OUT = ("You are through to Missing People. This is free and confidential. Are you safe right now?",
        "Thank you for telling us. Would you like us to pass on a message?")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Desk:
    charity: int
    worker: int
    wordings: dict[str, tuple[int, str]]
    end: datetime


def _sheets() -> Sequence[Sheet]:
    return [
        Sheet(
            Request, "id", "reference", "incident_id", "organisation_id", "charity_id", "origin",
            "requested_by_id", "requested_at", "form_token", "phone_id", "number", "number_key",
            "number_kind", "is_foreign", "number_erased_at", "answers", "age_group", "not_before",
            "closes_at", "closed_early_at", "status", "screened_by_id", "screened_at", "refusal_code",
            "wording_id", "rounds", "message_id", "sent_at", "delivered_at", "told", "stopped_at",
            "updated_at",
        ),
        Sheet(
            Message, "id", "reference", "channel", "lane", "to", "to_key", "body", "service", "owner_label",
            "owner_id", "guard", "organisation_id", "dedupe_key", "status", "created_at", "created_by_id",
            "valid_until", "next_attempt_at", "attempts", "claimed_at", "sent_at", "delivered_at",
            "settled_at", "failed_code", "failed_reason", "provider", "provider_id",
        ),
        Sheet(Attempt, "id", "message_id", "number", "at", "outcome", "provider_id"),
        Sheet(
            Conversation, "id", "reference", "charity_id", "request_id", "number", "number_key",
            "number_erased_at", "status", "claimed_by_id", "claimed_at", "opened_at", "last_in_at",
            "last_out_at", "asked_to_stop_at", "closed_at", "updated_at",
        ),
        Sheet(
            ConversationMessage, "id", "conversation_id", "direction", "text", "at", "author_id", "sent_at",
            "delivered_at", "answers_due_at",
        ),
    ]  # fmt: skip


def _prepare(ask: Ask) -> Writes:
    charity = Organisation.objects.get(kind=OrganisationKind.CHARITY)
    words = Wording.objects.filter(status="active", language="en").order_by("pk")
    desk = _Desk(
        charity.pk,
        staff(charity, "caseworker", Role.CHARITY_CASEWORKER).pk,
        {row.age_group: (row.pk, row.text) for row in words},
        ask.end,
    )

    def write(case: Case, chance: random.Random, pages: Pages) -> None:
        until = case.ended_at or ask.end
        long_enough = until - case.reported_at > _LEAST and case.graded_at is not None
        if is_mobile(case.who) and long_enough and case.age is not None and often(chance, ASKED):
            _request(desk, case, chance, pages)

    return write


def _request(desk: _Desk, case: Case, chance: random.Random, pages: Pages) -> None:
    asked = case.reported_at + hours(chance, 1.05, 1.3)
    slot = sending_slot(asked, risk_level=case.risk)
    closes = window_ends_at(asked, risk_level=case.risk)
    until = min(case.ended_at or desk.end, desk.end)
    stands = _OUTCOMES.by(chance)
    sent = max(slot.not_before, asked) + timedelta(seconds=chance.randrange(5, 280))
    if stands != "refused" and sent >= until:
        stands = "cancelled" if case.ended_at else "requested"
    went = stands in ("delivered", "sent", "failed")
    group = "child" if case.is_child else "adult"
    erased_at = _erased_at(case, desk.end)
    erased = erased_at is not None
    number, number_key, plain = keyed(case.who.phone)
    delivered = sent + timedelta(seconds=chance.randrange(2, 60)) if stands == "delivered" else None
    screened = asked + timedelta(seconds=30)
    pages["textsafe.Request"].add_sealed(
        case.key, reference("TS", case.key), case.key, case.force.pk, desk.charity, "officer",
        case.force.officer_id, asked, UUID(int=case.key), case.who.pk, "" if erased else number,
        "" if erased else number_key, "mobile", False, erased_at,
        "" if erased else sealed(_answers()), group, max(slot.not_before, asked), closes,
        until if stands == "cancelled" else None, stands,
        desk.worker if went or stands == "refused" else None,
        screened if went or stands == "refused" else None,
        _REFUSALS.by(chance) if stands == "refused" else "", desk.wordings[group][0] if went else None,
        int(went), case.key if went else None, sent if went and stands != "failed" else None, delivered,
        _TOLD.get(stands, ""), case.ended_at, delivered or (sent if went else asked),
    )  # fmt: skip
    if went:
        _message(desk, case, pages, (stands, asked, sent, delivered, group, plain, erased))
    if delivered is not None and often(chance, ANSWERED):
        _conversation(desk, case, chance, pages, delivered)


def _erased_at(case: Case, end: datetime) -> datetime | None:
    """When the number went: ninety days after closure, where that is over."""
    at = case.closed_at + KEEP_NUMBER if case.closed_at else None
    return at if at is not None and at < end else None


_TOLD = {"delivered": "delivered", "sent": "sent", "failed": "not_sent", "refused": "not_sent",
         "expired": "not_sent", "cancelled": "not_sent"}  # fmt: skip


def _answers() -> str:
    answers = {
        "held_by": "person", "place": "with_person", "read_by_others": "no", "verified": "yes",
        "wants_no_contact": "no",
    }  # fmt: skip
    return json.dumps(answers, sort_keys=True)


def _message(
    desk: _Desk, case: Case, pages: Pages,
    text: tuple[str, datetime, datetime, datetime | None, str, str, bool],
) -> None:  # fmt: skip
    stands, asked, sent, delivered, group, plain, erased = text
    key, provider_id = case.key, f"MADE{case.key:028x}"
    accepted = None if stands == "failed" else sent
    pages["messaging.Message"].add_sealed(
        key, f"made{key:024x}", "sms", "urgent", "" if erased else sealed(plain),
        "" if erased else key_of("sms", plain), "" if erased else sealed(desk.wordings[group][1]),
        "textsafe", "textsafe.Request", key, "textsafe.request", case.force.pk,
        f"textsafe.request.{key}.1", stands, asked, desk.worker, sent + VALIDITY, asked, 1, sent, accepted,
        delivered, delivered or sent, "30003" if stands == "failed" else "",
        "The phone could not be reached." if stands == "failed" else "", "made", provider_id,
    )  # fmt: skip
    steps = [(sent, "claimed"), (sent, "rejected" if stands == "failed" else "accepted")]
    steps += [(delivered, "receipt")] if delivered else []
    for place, (at, what) in enumerate(steps):
        pages["messaging.Attempt"].add(key * 4 + place, key, 1, at, what, provider_id)


def _conversation(desk: _Desk, case: Case, chance: random.Random, pages: Pages, delivered: datetime) -> None:
    first = delivered + hours(chance, 0.05, 6)
    if first + timedelta(days=1) >= desk.end:
        return
    number, erased_at = keyed(case.who.phone)[0], _erased_at(case, desk.end)
    key, at = case.key, first
    closed = first + timedelta(days=1)
    page = pages["textsafe.ConversationMessage"]
    for place in range(chance.randrange(1, 4)):
        answered = at + timedelta(minutes=chance.choice((4, 9, 15, 22, 38, 75)))
        page.add_sealed(
            key * 16 + 2 * place, key, "in", sealed(chance.choice(_IN)), at, None, None, None, None
        )
        page.add_sealed(
            key * 16 + 2 * place + 1, key, "out", sealed(_OUT[min(place, 1)]), answered, desk.worker,
            answered,
            answered + timedelta(seconds=9), reply_due_at(at),
        )  # fmt: skip
        last_in, last_out, at = at, answered, answered + hours(chance, 0.1, 1.5)
    pages["textsafe.Conversation"].add_sealed(
        # Drama has a thousand mobiles, and a number one conversation: these are told apart by their key.
        key, reference("CV", key), desk.charity, key, "" if erased_at else number, f"made/{key}",
        erased_at, "closed", desk.worker,
        first + LEAST_SLOT, first, last_in, last_out, last_in if often(chance, STOPPED) else None, closed,
        closed,
    )  # fmt: skip


SERVICE = Service(
    "textsafe",
    _sheets,
    _prepare,
    left_out={
        "textsafe.Veto": "A word against a text that an officer asked for: too rare to shape a figure.",
        "textsafe.Escalation": "It leads to a release of a caseworker's words, which only people choose.",
    },
    measures=(
        Measure(
            "texts sent, of incidents",
            373 / 40_000,
            0.0015,
            """SELECT count(*)::float / (SELECT nullif(count(*), 0) FROM missingcases_incident),
            (SELECT count(*) FROM missingcases_incident), NULL
            FROM textsafe_request WHERE sent_at IS NOT NULL""",
            "S",
        ),
    ),
)

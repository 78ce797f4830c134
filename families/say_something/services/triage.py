"""What is made of an account: graded intelligence, or nothing, and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from families.say_something import deadlines, selectors
from families.say_something.enums import AccountStatus, Kind
from families.say_something.models import Account
from families.say_something.policies import may_read
from families.say_something.states import ACCOUNT
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move
from missingcases.intelligence import services as intelligence
from missingcases.intelligence.enums import Origin, Topic, Urgency

TOPICS: dict[str, Topic] = {
    Kind.SEXUAL: Topic.CSE,
    Kind.CRIMINAL: Topic.CCE,
    Kind.WORK: Topic.TRAFFICKING,
    Kind.ONLINE: Topic.CSE,
    Kind.VIOLENCE: Topic.ABUSE,
    Kind.OTHER: Topic.OTHER,
}
LABEL = "say_something.Account"


def _locked(actor: Actor, account_id: int) -> Account:
    rows = selectors.accounts_visible_to(actor).select_for_update(no_key=True, of=("self",))
    found = rows.filter(pk=account_id).first()
    if found is None:
        raise NotVisible(f"account {account_id}")
    return found


@transaction.atomic
def raise_intelligence(
    *, actor: Actor, account_id: int, kind: str, force_id: int, is_urgent: bool, rang_999: bool
) -> Account:
    """Draft an intelligence report of it, whose author grades it and writes what the force may read.

    Nobody else is told anything until another person has approved that. Raises `Refused`, `Invalid`.
    """
    require(may_read(actor))
    account = _locked(actor, account_id)
    problems = {}
    if kind not in Kind.values:
        problems["kind"] = "Choose what it is about."
    if not selectors.forces().filter(pk=force_id).exists():
        problems["force"] = "Choose the force whose area it is."
    if is_urgent and not rang_999:
        problems["rang_999"] = "Somebody is in danger now: ring 999 first, then tick this."
    if problems:
        raise Invalid(problems)
    require(ACCOUNT.may(account, AccountStatus.RAISED, actor))
    report = intelligence.draft(
        actor=actor,
        lines=[intelligence.LineDetails(original=_original(account))],
        details=intelligence.ReportDetails(
            topic=TOPICS[kind],
            urgency=Urgency.IMMEDIATE if is_urgent else Urgency.ROUTINE,
            obtained_at=account.received_at,
            force_id=force_id,
        ),
        origin=Origin.SAY_SOMETHING,
        origin_label=LABEL,
        origin_id=account.pk,
    )
    changes = {
        "kind": kind,
        "is_urgent": is_urgent,
        "rang_999": rang_999,
        "intelligence": report.reference,
        **_decided(actor),
    }
    return move(account, ACCOUNT, AccountStatus.RAISED, actor=actor, changes=changes)


def _original(account: Account) -> str:
    return f"{account.words}\n\nPlace: {account.place}" if account.place else account.words


def _decided(actor: Actor) -> dict[str, object]:
    return {"decided_by_id": actor.user_id, "decided_at": timezone.now()}


@transaction.atomic
def set_aside(*, actor: Actor, account_id: int, reason: str) -> Account:
    """Nothing can be made of it, and why."""
    account = _locked(actor, account_id)
    return move(
        account, ACCOUNT, AccountStatus.SET_ASIDE, actor=actor, reason=reason, changes=_decided(actor)
    )


@transaction.atomic
def take_up_again(*, actor: Actor, account_id: int) -> Account:
    """It was set aside too soon."""
    account = _locked(actor, account_id)
    changes = {"decided_by_id": None, "decided_at": None}
    return move(account, ACCOUNT, AccountStatus.NEW, actor=actor, changes=changes)


@transaction.atomic
def record_read(*, actor: Actor, account: Account) -> None:
    """Note that somebody read it."""
    audit.record(actor=actor, action="say_something.read", target=account, fields=["words", "place"])


@transaction.atomic
def forget_words(*, now: datetime) -> int:
    """Empty what was decided on 90 days ago: what was used stands in the report. Returns how many were."""
    over = Account.objects.filter(decided_at__lte=now - deadlines.KEEP_WORDS).exclude(words="")
    ids = list(over.order_by("pk").values_list("pk", flat=True)[:1000])
    if ids:
        Account.objects.filter(pk__in=ids).update(words="", place="")
        audit.record(
            actor=Actor.system("say_something.forgetting"),
            action="say_something.forgotten",
            target=Account,
            target_ids=ids,
            fields=["words", "place"],
        )
    return len(ids)

"""The steps of a route, until a responder has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.clock import in_london
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move
from partners.routes import selectors
from partners.routes.deadlines import due_at
from partners.routes.enums import OPEN, RESPONDERS, ConcernStatus, Responder
from partners.routes.models import Concern, Notice
from partners.routes.services.raising import tell
from partners.routes.states import CONCERN

_S = ConcernStatus


@transaction.atomic
def tell_authority(*, actor: Actor, concern_id: int, authority_id: int, person: str) -> Concern:
    """The local authority was told of the child, and who there. Raises `NotVisible`, `Refused`, `Invalid`."""
    authority = Organisation.objects.filter(
        pk=authority_id, kind=OrganisationKind.LOCAL_AUTHORITY, is_active=True
    ).first()
    if authority is None:
        raise Invalid({"authority": "Choose the local authority."})
    if not person.strip():
        raise Invalid({"person": "Say whom you told."})
    changes = {
        "authority": authority,
        "authority_person": person.strip(),
        "authority_told_at": timezone.now(),
    }
    return _step(actor, concern_id, _S.AUTHORITY_TOLD, "The local authority was told of a concern", changes)


@transaction.atomic
def record_consent(*, actor: Actor, concern_id: int, is_given: bool) -> Concern:
    """An adult was asked. Raises `NotVisible`, `Refused`."""
    to = _S.CONSENTED if is_given else _S.NOT_CONSENTED
    words = "Consent to a referral was given" if is_given else "Consent to a referral was not given"
    return _step(actor, concern_id, to, words, {"consent_asked_at": timezone.now()})


@transaction.atomic
def refer(
    *, actor: Actor, concern_id: int, responder: str, name: str, reference: str, referred_on: date
) -> Concern:
    """A responder has it: which, their reference, and when. Raises `NotVisible`, `Refused`, `Invalid`."""
    concern = _one(actor, concern_id)
    problems = {}
    if responder not in RESPONDERS[concern.path]:
        problems["responder"] = "Choose a responder of this route."
    if responder == Responder.OTHER_FIRST and not name.strip():
        problems["name"] = "Say which first responder."
    if not reference.strip():
        problems["reference"] = "Enter their reference. Without it nobody can find the referral again."
    if referred_on > in_london(timezone.now()).date():
        problems["referred_on"] = "The day is in the future."
    if problems:
        raise Invalid(problems)
    changes = {
        "responder": responder,
        "responder_name": name.strip(),
        "responder_reference": reference.strip(),
        "referred_on": referred_on,
    }
    return _step(actor, concern_id, _S.REFERRED, "Referred to a responder", changes)


@transaction.atomic
def notify(*, actor: Actor, concern_id: int, responder: str) -> Concern:
    """The duty to notify without identity. What is written of the notice cannot be joined to anybody.

    The audit entry of the step is the concern's; the notice's own names nobody. Raises as above.
    """
    if responder not in {Responder.HOME_OFFICE, Responder.POLICE}:
        raise Invalid({"responder": "Choose whom the notice went to."})
    done = _step(actor, concern_id, _S.NOTIFIED, "The duty to notify was met without identity", {})
    today = in_london(timezone.now()).date()
    Notice.objects.create(
        organisation_id=done.incident.owner_id, responder=responder, month=today.replace(day=1)
    )
    return done


@transaction.atomic
def rule_out(*, actor: Actor, concern_id: int, reason: str) -> Concern:
    """It is not so, says a supervisor. Raises `NotVisible`, `Refused`."""
    concern = _one(actor, concern_id)
    changes = {"due_at": None, "ended_by_id": actor.user_id, "ended_at": timezone.now()}
    done = move(concern, CONCERN, _S.RULED_OUT, actor=actor, reason=reason, changes=changes)
    tell(done, actor, "route.ruled_out", "A concern was ruled out")
    return done


def _step(
    actor: Actor, concern_id: int, to: ConcernStatus, words: str, changes: Mapping[str, object]
) -> Concern:
    concern, now = _one(actor, concern_id), timezone.now()
    ended = {} if to in OPEN else {"ended_by_id": actor.user_id, "ended_at": now}
    due = {"due_at": due_at(concern.path, to, now)}
    done = move(concern, CONCERN, to, actor=actor, changes={**changes, **due, **ended})
    tell(done, actor, f"route.{to.value}", words)
    return done


def _one(actor: Actor, concern_id: int) -> Concern:
    found = selectors.visible_to(actor).filter(pk=concern_id).first()
    if found is None:
        raise NotVisible(f"concern {concern_id}")
    return found

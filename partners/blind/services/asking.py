"""A partner asks: its patterns are compared with those of the force's people, and not kept.

The partner learns that it was compared and nothing else; what was found waits for a person of the force.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.audit.selectors import acts_on
from foundation.clock import in_london
from foundation.exceptions import Invalid
from partners.blind import policies, selectors
from partners.blind.deadlines import (
    A_DAY,
    A_MONTH,
    FEWEST_NEW,
    FEWEST_ROWS,
    MOST_A_DAY,
    MOST_A_MONTH,
    MOST_REFUSED_A_DAY,
)
from partners.blind.encoding import FORMAT, key_bytes, key_mark, pattern_of
from partners.blind.files import Patterns
from partners.blind.likeness import STRONG, THRESHOLD, Pair
from partners.blind.models import Candidate, Pairing, Run
from partners.blind.putting import Put, put_by
from partners.blind.services.pairing import locked

# (P) The strongest are kept, so that one list cannot bury a force in work.
MOST_CANDIDATES = 200
_DIGEST = 8
_REFUSED = "blind.refused_"
_TOO_OFTEN = "too_often"


def ask(*, actor: Actor, pairing_id: int, held: Patterns) -> Run:
    """Compare `held` with the force's long-term people. Every attempt is in the trail, a refused one too.

    Raises `NotVisible`, `Refused`, and `Invalid` for what is wrong with the file.
    """
    with refusals_noted(actor, pairing_id):
        return compare(actor=actor, pairing_id=pairing_id, held=held)


@contextmanager
def refusals_noted(actor: Actor, pairing_id: int) -> Iterator[None]:
    """Around the whole transaction of a comparison: what it refuses is noted after it was rolled back."""
    try:
        yield
    except (Refused, Invalid) as problem:
        code = problem.refusal.code if isinstance(problem, Refused) else "file"
        audit.record(actor=actor, action=f"{_REFUSED}{code}", target=Pairing, target_id=pairing_id)
        raise


@transaction.atomic
def compare(*, actor: Actor, pairing_id: int, held: Patterns) -> Run:
    """As `ask`, for a caller whose own transaction it runs in: `refusals_noted` stands around that."""
    pairing = locked(actor, pairing_id)
    require(policies.may_ask(actor, pairing))
    now = timezone.now()
    agreement = selectors.agreement_for(pairing.holder_id, pairing.partner_id, in_london(now).date())
    if agreement is None:
        raise Refused(Refusal("no_agreement", "No sharing agreement in force covers this any more."))
    key = key_bytes(pairing.key)
    _check_key(held, key)
    digests = _digests(held)
    require(too_often(pairing, now) or too_few(pairing, digests, now))
    put = put_by(pairing.holder_id)
    # Loads numpy, which a process that serves pages needs for this alone.
    from partners.blind.comparing import likely_pairs

    pairs = likely_pairs(held.patterns(), [pattern_of(one, key) for one in put.known])
    run = Run.objects.create(
        pairing=pairing,
        asked_by_id=actor.user_id,
        by_client=actor.client_id,
        asked_at=now,
        rows=len(held.rows),
        compared=len(put.known),
        left_out=put.left_out,
        found=0,
        threshold=THRESHOLD,
        form=FORMAT,
        row_digests=b"".join(digests),
    )
    run.found = _propose(run, pairs, put, held)
    run.save(update_fields=["found"])
    audit.record(actor=actor, action="blind.compared", target=run)
    return run


def _check_key(held: Patterns, key: bytes) -> None:
    if not hmac.compare_digest(held.mark, key_mark(key)):
        raise Invalid(
            {"file": "These patterns were made with another key, so nothing was compared. Encode them anew."}
        )
    if not held.is_whole(key):
        raise Invalid(
            {"file": "The file was changed or cut off once made, so nothing was compared. Make it anew."}
        )


def too_often(pairing: Pairing, now: datetime) -> Refusal | None:
    """Why this pair may not compare again yet, or None."""
    asked = list(
        Run.objects.filter(pairing=pairing, asked_at__gt=now - A_MONTH).values_list("asked_at", flat=True)
    )
    if sum(at > now - A_DAY for at in asked) >= MOST_A_DAY:
        return Refusal(_TOO_OFTEN, f"You may compare {MOST_A_DAY} times in 24 hours. Ask again tomorrow.")
    if len(asked) >= MOST_A_MONTH:
        return Refusal(_TOO_OFTEN, f"You may compare {MOST_A_MONTH} times in {A_MONTH.days} days.")
    if _refused_since(pairing, now - A_DAY) >= MOST_REFUSED_A_DAY:
        return Refusal(
            _TOO_OFTEN, f"{MOST_REFUSED_A_DAY} lists were refused in 24 hours. Ask again tomorrow."
        )
    return None


def _refused_since(pairing: Pairing, since: datetime) -> int:
    """Lists of the partner that were refused; one that came too often counts for no limit itself."""
    noted = acts_on(pairing, beginning=_REFUSED, organisation_id=pairing.partner_id, since=since)
    return sum(action != f"{_REFUSED}{_TOO_OFTEN}" for action in noted)


def too_few(pairing: Pairing, digests: Sequence[bytes], now: datetime) -> Refusal | None:
    """Why this list would be a question about single people, or None."""
    different = set(digests)
    if len(different) < FEWEST_ROWS:
        return Refusal(
            "too_few",
            f"The list has fewer than {FEWEST_ROWS} different records. A short list would be a question "
            "about single people; ask the force about one person by a referral.",
        )
    before: set[bytes] = set()
    for row in Run.objects.filter(pairing=pairing, asked_at__gt=now - A_MONTH):
        before |= _split(bytes(row.row_digests))
    if before and len(different - before) < FEWEST_NEW:
        return Refusal(
            "too_few_new",
            f"Fewer than {FEWEST_NEW} records are new since you last asked. Ask again with more, or once "
            f"{A_MONTH.days} days have passed.",
        )
    return None


def _digests(held: Patterns) -> list[bytes]:
    """Eight bytes a row that only this installation can make, so that what is kept tells nobody anything."""
    key = f"blind rows\x00{settings.INDEX_KEY}".encode()
    return [hmac.digest(key, pattern.encode(), sha256)[:_DIGEST] for _, pattern in held.rows]


def _split(kept: bytes) -> set[bytes]:
    return {kept[at : at + _DIGEST] for at in range(0, len(kept), _DIGEST)}


def _propose(run: Run, pairs: Sequence[Pair], put: Put, held: Patterns) -> int:
    """Candidates of the strongest pairs that were never found before. Returns how many."""
    known = set(Candidate.objects.filter(pairing=run.pairing).values_list("incident_id", "label"))
    rows = [
        Candidate(
            pairing=run.pairing,
            run=run,
            incident_id=put.incident_ids[pair.ours],
            label=held.rows[pair.theirs][0],
            score=pair.score,
            is_strong=pair.score >= STRONG,
            found_at=run.asked_at,
        )
        for pair in pairs
        if (put.incident_ids[pair.ours], held.rows[pair.theirs][0]) not in known
    ][:MOST_CANDIDATES]
    Candidate.objects.bulk_create(rows)
    return len(rows)

"""Referrals for a partner's own system: list, read, accept, reject, progress, complete, give back.

The same services as behind accounts and links; nothing here decides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from foundation.access import Refused
from foundation.accounts.enums import OrganisationKind
from foundation.clients.api import StrictSerializer, answered_once, json_response
from foundation.clients.api.describing import IDEMPOTENCY_KEY, IF_NONE_MATCH, endpoint, example, reference
from foundation.exceptions import Invalid
from foundation.problems import Problem
from missingcases.api.base import CaseApiView
from missingcases.api.incidents import asked
from partners import selectors, services
from partners.api.serializers import (
    AcceptReferralSerializer,
    CompleteReferralSerializer,
    ListedReferral,
    PartnerReferralAnswer,
    PartnerReferralsAnswer,
    PartnerReferralsQuery,
    ReferralWordsSerializer,
    RejectReferralSerializer,
)
from partners.models import Referral
from partners.services import reading

READ, ANSWER = "partners:read", "partners:answer"
SHOWN = 100
_REFERRAL = reference("referral", "PR")
_FRESH = {"Cache-Control": "private, no-cache"}
_LISTED = {
    "reference": "PR-7KQ2M9XD",
    "takes": "tracing",
    "sender": "metropolitan",
    "status": "sent",
    "sent_at": "2026-11-23T14:05:00Z",
    "answer_by": "2026-11-30T14:05:00Z",
    "progress_due_at": None,
    "ended_at": None,
    "version": 2,
}
_TOLD = _LISTED | {
    "told": {"name": "Ada Example", "date_of_birth": "1 May 1980", "missing_since": "3 June 2025"},
    "wishes": "Her sister asks for it.",
    "worker": "",
    "outcome": "",
    "progress": [],
}


class _ReferralsView(CaseApiView):
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """For partners' systems alone."""
        super().initial(request, *args, **kwargs)
        if self.actor.organisation_kind != OrganisationKind.PARTNER:
            raise Problem(403, "role", "Referrals are read here by the systems of partner organisations.")

    def problem_of(self, error: Exception) -> Problem | None:
        """A move that cannot be made any more is of the referral."""
        if isinstance(error, Refused) and error.refusal.code in {"illegal_move", "not_held"}:
            return Problem(409, "illegal_move", "The referral has moved on. Read it again.")
        return super().problem_of(error)

    def whole(self, row: Referral) -> dict[str, Any]:
        """One referral; the reading is on the trail."""
        told = reading.read(actor=self.actor, referral=row)
        return _listed(row) | {
            "told": told,
            "wishes": row.wishes if told else "",
            "worker": row.worker,
            "outcome": row.outcome,
            "progress": [{"at": one.at, "words": one.words} for one in row.progress.all()],
        }


def _listed(row: Referral) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "takes": row.takes,
        "sender": row.sender.code,
        "status": row.status,
        "sent_at": row.sent_at,
        "answer_by": row.return_at,
        "progress_due_at": row.progress_due_at,
        "ended_at": row.ended_at,
        "version": row.version,
    }


class Referrals(_ReferralsView):
    """`/api/v1/referrals`."""

    scopes = {"GET": READ}

    @endpoint(
        "listReferrals",
        "The referrals sent to your organisation, newest first",
        answers=PartnerReferralsAnswer,
        parameters=[PartnerReferralsQuery],
        fails=(422,),
        examples=[example("One that waits", {"referrals": [_LISTED], "has_more": False}, status=200)],
    )
    def get(self, request: Request) -> HttpResponse:
        """How each stands. One that was withdrawn says so: stop work on it."""
        query = PartnerReferralsQuery(data=asked(request))
        query.is_valid(raise_exception=True)
        rows = selectors.visible_to(self.actor).order_by("-pk")
        if status := query.validated_data.get("status"):
            rows = rows.filter(status=status)
        if before := query.validated_data.get("before"):
            last = selectors.visible_to(self.actor).filter(reference=before).first()
            if last is None:
                raise Invalid({"before": "You have no referral of this reference. Begin anew without it."})
            rows = rows.filter(pk__lt=last.pk)
        found = list(rows[: SHOWN + 1])
        shown = found[:SHOWN]
        reading.read_list(actor=self.actor, ids=[row.pk for row in shown])
        return json_response({"referrals": [_listed(row) for row in shown], "has_more": len(found) > SHOWN})


class OneReferral(_ReferralsView):
    """`/api/v1/referrals/{reference}`."""

    scopes = {"GET": READ}

    @endpoint(
        "readReferral",
        "One referral, with what was sent",
        answers=PartnerReferralAnswer,
        parameters=[_REFERRAL, IF_NONE_MATCH],
        fails=(304, 404),
        examples=[example("One that waits", _TOLD, status=200)],
    )
    def get(self, request: Request, reference: str) -> HttpResponse:
        """What you need and no more; once it has ended it is shown no more."""
        row = selectors.referral_named(self.actor, reference)
        tag = f'"{row.version}"'
        if request.headers.get("If-None-Match") == tag:
            return HttpResponse(status=304, headers={"ETag": tag, **_FRESH})
        return json_response(self.whole(row), headers={"ETag": tag, **_FRESH})


class _Verb(_ReferralsView):
    scopes = {"POST": ANSWER}
    sends: type[StrictSerializer]
    service: Callable[..., object]

    def _post(self, request: Request, reference: str) -> HttpResponse:
        given = self.sends(data=request.data)
        given.is_valid(raise_exception=True)
        row = selectors.referral_named(self.actor, reference)
        return answered_once(request, lambda: (200, self._run(row, given.validated_data)))

    def _run(self, row: Referral, data: dict[str, Any]) -> dict[str, Any]:
        type(self).service(actor=self.actor, referral_id=row.pk, **data)
        return _listed(selectors.referral_named(self.actor, row.reference))


def _described(name: str, summary: str, sends: type[StrictSerializer], sent: dict[str, str], to: str) -> Any:
    return endpoint(
        name,
        summary,
        sends=sends,
        answers=ListedReferral,
        parameters=[_REFERRAL, IDEMPOTENCY_KEY],
        fails=(400, 404, 409, 413, 415, 422),
        examples=[
            example("Sent", sent),
            example("Done", _LISTED | {"status": to, "version": 3}, status=200),
        ],
    )


class Acceptance(_Verb):
    """`/api/v1/referrals/{reference}/accept`."""

    sends = AcceptReferralSerializer
    service = staticmethod(services.accept)

    @_described(
        "acceptReferral", "Take a referral", AcceptReferralSerializer, {"worker": "Tracing desk"}, "accepted"
    )
    def post(self, request: Request, reference: str) -> HttpResponse:
        """From then on it is yours."""
        return self._post(request, reference)


class Rejection(_Verb):
    """`/api/v1/referrals/{reference}/reject`."""

    sends = RejectReferralSerializer
    service = staticmethod(services.reject)

    @_described(
        "rejectReferral",
        "Do not take a referral",
        RejectReferralSerializer,
        {"reason": "no_capacity"},
        "rejected",
    )
    def post(self, request: Request, reference: str) -> HttpResponse:
        """It is back with its sender at once."""
        return self._post(request, reference)


class ProgressReport(_Verb):
    """`/api/v1/referrals/{reference}/progress`."""

    sends = ReferralWordsSerializer
    service = staticmethod(services.report_progress)

    @_described(
        "reportProgress",
        "Say how a referral stands",
        ReferralWordsSerializer,
        {"words": "Registers asked; two answers are still to come."},
        "in_progress",
    )
    def post(self, request: Request, reference: str) -> HttpResponse:
        """Its sender reads it at once."""
        return self._post(request, reference)


class Completion(_Verb):
    """`/api/v1/referrals/{reference}/complete`."""

    sends = CompleteReferralSerializer
    service = staticmethod(services.complete)

    @_described(
        "completeReferral",
        "Say what a referral came to",
        CompleteReferralSerializer,
        {"outcome": "not_traced", "words": "Every register was asked."},
        "completed",
    )
    def post(self, request: Request, reference: str) -> HttpResponse:
        """What was sent with it is shown no more. Never write where somebody is: ring its sender."""
        return self._post(request, reference)


class GivingBack(_Verb):
    """`/api/v1/referrals/{reference}/return`."""

    sends = ReferralWordsSerializer
    service = staticmethod(services.give_back)

    @_described(
        "returnReferral",
        "Give back a referral that you accepted",
        ReferralWordsSerializer,
        {"words": "We close at the end of the month."},
        "returned",
    )
    def post(self, request: Request, reference: str) -> HttpResponse:
        """Its sender chooses another partner."""
        return self._post(request, reference)

"""The endpoints of appeals."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from appeals import gates, selectors, services
from appeals.api.serializers import (
    AppealAnswer,
    AppealsAnswer,
    AskAppealSerializer,
    ContentSerializer,
    PublishedListAnswer,
    PublishedQuery,
    WithdrawSerializer,
)
from appeals.enums import WithdrawCause
from appeals.models import Appeal, Placement, PublicPlacement
from foundation.accounts.enums import OrganisationKind
from foundation.audit import services as audit
from foundation.clients.api import answered_once, json_response
from foundation.clients.api.describing import IDEMPOTENCY_KEY, endpoint, example, reference
from foundation.clients.api.repeats import key_of
from foundation.exceptions import Invalid
from missingcases.api.base import CaseApiView, one
from missingcases.api.incidents import asked

ASK, READ, SHOW = "appeals:request", "appeals:read", "appeals:show"
_OURS = UUID("0d6a3b1e-6f0e-4bb0-8f39-59c1e6b1c0a4")
_CONTENT = {
    "first_name": "Robin",
    "age": 15,
    "missing_since": "2026-11-21",
    "area": "E09000007",
    "wordings": [
        {
            "language": "en",
            "audience": "public",
            "headline": "Have you seen Robin?",
            "description": "Robin has short brown hair and is 5 feet 4.",
            "clothing": "A red coat and white trainers.",
        }
    ],
}
_TOLD = {
    "reference": "AP-7KQ2M9XD",
    "incident": "MI-7KQ2M9XD",
    "external_reference": "APPEAL/2026/118",
    "kind": "standard",
    "status": "requested",
    "requested_at": "2026-11-23T14:05:00Z",
    "published_at": None,
    "expires_at": None,
    "withdrawn_at": None,
    "cause": "",
    "version": 1,
    "to_do": ["risk_checked", "authorised", "consent"],
    "placements": [],
}
_INCIDENT, _APPEAL = reference("incident", "MI"), reference("appeal", "AP")


class _AppealsView(CaseApiView):
    def told(self, appeal: Appeal, placements: QuerySet[Placement]) -> dict[str, Any]:
        """One appeal as its force may know it."""
        shut = [one.gate.code for one in gates.judge(selectors.facts_of(appeal)) if not one.met]
        return {
            "reference": appeal.reference,
            "incident": appeal.incident.reference,
            "external_reference": appeal.external_reference,
            "kind": appeal.kind,
            "status": appeal.status,
            "requested_at": appeal.requested_at,
            "published_at": appeal.first_live_at,
            "expires_at": appeal.expires_at,
            "withdrawn_at": appeal.withdrawn_at,
            "cause": appeal.withdrawn_cause,
            "version": appeal.version,
            "to_do": shut if appeal.is_running and appeal.first_live_at is None else [],
            "placements": [self.placed(row) for row in placements],
        }

    @staticmethod
    def placed(row: Placement) -> dict[str, Any]:
        """One placement, without anything an outlet said."""
        return {
            "reference": row.reference,
            "outlet": row.outlet.name,
            "channel": row.outlet.channel,
            "status": row.status,
            "live_at": row.live_at,
            "withdrawal_sent_at": row.withdrawal_sent_at,
            "confirmed_gone_at": row.confirmed_gone_at,
        }

    def whole(self, appeal: Appeal) -> dict[str, Any]:
        """With its placements; the reading is on the trail."""
        audit.record(actor=self.actor, action="appeals.opened", target=appeal, incident_id=appeal.incident_id)
        return self.told(appeal, selectors.placements_of(appeal))


class Appeals(_AppealsView):
    """`/api/v1/incidents/{reference}/appeals`."""

    scopes = {"GET": READ, "POST": ASK}

    @endpoint(
        "listAppeals",
        "The appeals of one incident, newest first",
        answers=AppealsAnswer,
        parameters=[_INCIDENT],
        fails=(404,),
        examples=[example("One appeal", {"appeals": [_TOLD]}, status=200)],
    )
    def get(self, request: Request, reference: str) -> HttpResponse:
        """Each with what keeps it from being published, and where it is shown."""
        incident = one(self.actor, reference)
        rows = selectors.appeals_of(self.actor, incident.pk).select_related("incident")
        return json_response({"appeals": [self.whole(row) for row in rows]})

    @endpoint(
        "requestAppeal",
        "Ask for publicity for one incident",
        sends=AskAppealSerializer,
        answers=AppealAnswer,
        status=201,
        parameters=[_INCIDENT, IDEMPOTENCY_KEY],
        fails=(400, 404, 409, 413, 415, 422),
        examples=[
            example(
                "A child",
                {
                    "reason": "No lead so far; somebody may have seen them.",
                    "external_reference": "APPEAL/2026/118",
                    "content": _CONTENT,
                },
            ),
            example("Taken", _TOLD, status=201),
        ],
    )
    def post(self, request: Request, reference: str) -> HttpResponse:
        """It arrives at the charity as a draft: police authorise and family consent as for any other.

        Sent again with other content under the same `external_reference` it is the next version of the same
        appeal, and is authorised anew; while it is on a channel it has to be withdrawn first.
        """
        asked = AskAppealSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        incident = one(self.actor, reference)
        token = uuid5(_OURS, f"{request.auth.client_id} {incident.pk} {key_of(request)}")
        return answered_once(request, lambda: (201, self._ask(incident.pk, token, asked.validated_data)))

    def _ask(self, incident_id: int, token: UUID, data: dict[str, Any]) -> dict[str, Any]:
        content = ContentSerializer().details(data["content"])
        appeal = services.share_appeal(
            actor=self.actor,
            incident_id=incident_id,
            form_token=token,
            kind=data["kind"],
            reason=data["reason"],
            police_view=data.get("police_view", ""),
            content=content,
            area_ids=data.get("areas") or [content.area_id],
            external_reference=data.get("external_reference", ""),
        )
        return self.whole(appeal)


class OneAppeal(_AppealsView):
    """`/api/v1/appeals/{reference}`."""

    scopes = {"GET": READ}

    @endpoint(
        "readAppeal",
        "How one appeal stands, and each of its placements",
        answers=AppealAnswer,
        parameters=[_APPEAL],
        fails=(404,),
        examples=[example("Requested", _TOLD, status=200)],
    )
    def get(self, request: Request, reference: str) -> HttpResponse:
        """Told and confirmed by outlet, once it is withdrawn."""
        return json_response(self.whole(selectors.appeal_for(self.actor, reference)))


class Withdrawal(_AppealsView):
    """`/api/v1/appeals/{reference}/withdraw`."""

    scopes = {"POST": ASK}

    @endpoint(
        "withdrawAppeal",
        "Take an appeal down everywhere",
        sends=WithdrawSerializer,
        answers=AppealAnswer,
        parameters=[_APPEAL, IDEMPOTENCY_KEY],
        fails=(400, 404, 409, 413, 415, 422),
        examples=[
            example("A lead", {"reason": "There is a lead that publicity would harm."}),
            example("Withdrawn", _TOLD | {"status": "withdrawn", "cause": "police_veto"}, status=200),
        ],
    )
    def post(self, request: Request, reference: str) -> HttpResponse:
        """Our own pages are gone when this answers; every outlet is being told."""
        asked = WithdrawSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        appeal = selectors.appeal_for(self.actor, reference)
        return answered_once(request, lambda: (200, self._withdraw(appeal, asked.validated_data)))

    def _withdraw(self, appeal: Appeal, data: dict[str, Any]) -> dict[str, Any]:
        of_charity = self.actor.organisation_kind is OrganisationKind.CHARITY
        gone = services.withdraw_appeal(
            actor=self.actor,
            appeal_id=appeal.pk,
            cause=WithdrawCause.STAFF if of_charity else WithdrawCause.POLICE_VETO,
            reason=data["reason"],
            version=data.get("version"),
        )
        return self.whole(gone)


class Published(CaseApiView):
    """`/api/v1/placements`."""

    scopes = {"GET": SHOW}

    @endpoint(
        "listPlacements",
        "What your outlets may show, and what is gone, since a cursor",
        answers=PublishedListAnswer,
        parameters=[PublishedQuery],
        fails=(422,),
        examples=[
            example(
                "One that is gone",
                {
                    "placements": [
                        {
                            "reference": "PL-7KQ2M9XD",
                            "appeal": "AP-7KQ2M9XD",
                            "live": False,
                            "gone_at": "2026-11-23T14:05:00Z",
                            "embargo_until": None,
                            "expires_at": None,
                        }
                    ],
                    "cursor": "0.118.7",
                    "has_more": False,
                },
                status=200,
            )
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        """Everything placed on your own outlets. Show nothing that is not live here, and drop it at once."""
        query = PublishedQuery(data=asked(request))
        query.is_valid(raise_exception=True)
        try:
            changes = selectors.changes_since(self.actor, query.validated_data["since"])
        except ValueError:
            raise Invalid({"since": "This is no cursor of ours. Leave it out to begin anew."}) from None
        audit.record(
            actor=self.actor,
            action="appeals.placements_read",
            target=Placement,
            target_ids=[row.placement_id for row in changes.placements],
        )
        return json_response(
            {
                "placements": [_published(row) for row in changes.placements],
                "cursor": changes.cursor,
                "has_more": changes.has_more,
            }
        )


def _published(row: PublicPlacement) -> dict[str, Any]:
    told = {
        "reference": row.reference,
        "appeal": row.appeal_reference,
        "live": row.is_live,
        "gone_at": row.gone_at,
        "embargo_until": row.embargo_until,
        "expires_at": row.expires_at,
    }
    return told | {"shown": row.shown} if row.is_live else told

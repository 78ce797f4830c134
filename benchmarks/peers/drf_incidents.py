"""The list of incidents as the guides of Django REST framework and Django OAuth Toolkit write one.

ModelSerializer with nested serializers, `select_related`, PageNumberPagination, `OAuth2Authentication`
with `TokenHasScope`. The same fields and the same visibility as ours. It neither counts requests nor
writes the audit trail, which ours does at each request: that is in its favour.
"""

from __future__ import annotations

from django.db.models import QuerySet
from oauth2_provider.contrib.rest_framework import OAuth2Authentication, TokenHasScope
from rest_framework import generics, pagination, serializers

from foundation.access import Access, Kind
from missingcases.enums import RECORD_KINDS
from missingcases.models import Incident, MissingPerson
from missingcases.policies import organisation_principal


class PersonSerializer(serializers.ModelSerializer):
    class Meta:
        model = MissingPerson
        fields = (
            "reference", "given_names", "family_name", "date_of_birth", "estimated_age", "sex", "version",
        )  # fmt: skip


class IncidentSerializer(serializers.ModelSerializer):
    owner = serializers.SlugRelatedField(slug_field="code", read_only=True)
    person = PersonSerializer(read_only=True)

    class Meta:
        model = Incident
        fields = (
            "reference", "owner", "force_reference", "status", "risk_level", "reported_at", "last_seen_at",
            "last_seen_place", "age_at_report", "looked_after", "located_at", "returned_at", "closed_at",
            "outcome", "version", "updated_at", "person",
        )  # fmt: skip


class FiftyAPage(pagination.PageNumberPagination):
    page_size = 50


def visible(organisation_id: int) -> QuerySet[Incident]:
    """What an organisation sees the record of, by the audience rows; a force has one row an incident."""
    return Incident.objects.filter(
        audience__principal=organisation_principal(organisation_id),
        audience__revoked_at__isnull=True,
        audience__kind__in=sorted(RECORD_KINDS),
    ).select_related("person", "owner")


class ForClients(generics.ListAPIView):
    access = Access(Kind.API_CLIENT)
    authentication_classes = [OAuth2Authentication]
    permission_classes = [TokenHasScope]
    required_scopes = ["incidents:read"]
    serializer_class = IncidentSerializer
    pagination_class = FiftyAPage


class IncidentList(ForClients):
    def get_queryset(self) -> QuerySet[Incident]:
        rows = visible(self.request.auth.application.organisation_id)
        return rows.order_by("-audience__reported_at", "-audience__incident_id")


class FiveHundredAPage(pagination.PageNumberPagination):
    page_size = 500


class ChangeList(ForClients):
    """What was updated since a moment, in the order of the updates: there is an index for it."""

    pagination_class = FiveHundredAPage

    def get_queryset(self) -> QuerySet[Incident]:
        rows = visible(self.request.auth.application.organisation_id)
        since = self.request.query_params.get("since")
        rows = rows.filter(updated_at__gte=since) if since else rows
        return rows.order_by("updated_at", "pk")

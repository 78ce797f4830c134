"""What a force's system sends and is told of intelligence reports."""

from __future__ import annotations

from rest_framework import serializers

from foundation.clients.api import StrictSerializer
from missingcases.api.serializers import text, version
from missingcases.intelligence.enums import (
    WITH_FORCE,
    Handling,
    IntelligenceGrade,
    ReportOutcome,
    ReportStatus,
    SourceGrade,
    Topic,
    Urgency,
)

_STATES = [(one.value, ReportStatus(one).label) for one in WITH_FORCE]


class ReportsQuery(StrictSerializer):
    """Which reports, and where to go on."""

    status = serializers.ChoiceField(choices=_STATES, required=False)
    before = serializers.CharField(
        max_length=16, required=False, help_text="The `reference` of the last report read: older ones follow."
    )


class OutcomeSerializer(StrictSerializer):
    """What came of a report."""

    outcome = serializers.ChoiceField(choices=ReportOutcome.choices)
    words = text(2_000, help_text="In a few words; whoever wrote the report reads this.")
    version = version(required=False)


class ReportLineAnswer(serializers.Serializer):
    """One graded line: nothing of it names the source."""

    text = serializers.CharField()
    source_grade = serializers.ChoiceField(choices=SourceGrade.choices)
    intelligence_grade = serializers.ChoiceField(choices=IntelligenceGrade.choices)
    handling = serializers.ChoiceField(choices=Handling.choices)
    conditions = serializers.CharField(allow_blank=True)


class ListedReportAnswer(serializers.Serializer):
    """How one report stands, without its text."""

    reference = serializers.CharField()
    sender = serializers.CharField(help_text="Whose report it is, by the organisation's code.")
    topic = serializers.ChoiceField(choices=Topic.choices)
    urgency = serializers.ChoiceField(choices=Urgency.choices)
    status = serializers.ChoiceField(choices=_STATES)
    sent_at = serializers.DateTimeField()
    acknowledge_by = serializers.DateTimeField()
    acknowledged_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.ChoiceField(choices=ReportOutcome.choices, allow_blank=True)
    version = serializers.IntegerField()


class ReportAnswer(ListedReportAnswer):
    """One report, as it was released to the force."""

    obtained = serializers.CharField(help_text="When it was told to the sender, in words.")
    source = serializers.CharField(help_text="The source's code: equal for reports of one source.")
    incidents = serializers.ListField(child=serializers.CharField())
    instructions = serializers.CharField(allow_blank=True)
    lines = ReportLineAnswer(many=True)


class ReportsAnswer(serializers.Serializer):
    reports = ListedReportAnswer(many=True)
    has_more = serializers.BooleanField()

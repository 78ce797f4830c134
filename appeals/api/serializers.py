"""What systems may send and what they are told. Checks of meaning stay with the services."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from appeals.enums import (
    KINDS_ASKED_FOR,
    AppealKind,
    AppealStatus,
    Audience,
    Channel,
    Language,
    PlacementStatus,
    WithdrawCause,
)
from appeals.selectors import START
from appeals.services import ContentDetails, Words
from foundation.clients.api import StrictSerializer
from missingcases.api.serializers import AreaField, text, version


class WordsSerializer(StrictSerializer):
    """The words for one audience in one language."""

    language = serializers.ChoiceField(choices=Language.choices, default=Language.ENGLISH)
    audience = serializers.ChoiceField(choices=Audience.choices, default=Audience.PUBLIC)
    headline = text(120)
    description = text(2_000)
    clothing = text(300)


class ContentSerializer(StrictSerializer):
    """What the appeal is to show: these fields and no others."""

    first_name = serializers.CharField(max_length=60)
    surname = text(80)
    show_surname = serializers.BooleanField(default=False)
    age = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=125)
    missing_since = serializers.DateField()
    area = AreaField(help_text="The area that is shown, by its code.")
    wordings = WordsSerializer(many=True, min_length=1, max_length=20)

    def details(self, data: dict[str, Any]) -> ContentDetails:
        """The same for the service."""
        plain = {name: value for name, value in data.items() if name not in {"area", "wordings"}}
        words = tuple(Words(**one) for one in data["wordings"])
        return ContentDetails(area_id=data["area"], wordings=words, **plain)


class AskAppealSerializer(StrictSerializer):
    """A request for publicity."""

    kind = serializers.ChoiceField(choices=KINDS_ASKED_FOR, default=AppealKind.STANDARD)
    reason = serializers.CharField(max_length=5_000, help_text="Why publicity would help.")
    police_view = text(5_000)
    external_reference = text(80, help_text="What your system calls it: sent again, it is the same appeal.")
    areas = serializers.ListField(child=AreaField(), max_length=50, required=False)
    content = ContentSerializer()


class WithdrawSerializer(StrictSerializer):
    """Taking an appeal down everywhere."""

    reason = serializers.CharField(max_length=5_000)
    version = version(required=False)


class PlacementAnswer(serializers.Serializer):
    """One appeal on one outlet."""

    reference = serializers.CharField()
    outlet = serializers.CharField()
    channel = serializers.ChoiceField(choices=Channel.choices)
    status = serializers.ChoiceField(choices=PlacementStatus.choices)
    live_at = serializers.DateTimeField(allow_null=True)
    withdrawal_sent_at = serializers.DateTimeField(allow_null=True)
    confirmed_gone_at = serializers.DateTimeField(allow_null=True)


class AppealAnswer(serializers.Serializer):
    """One appeal, as its force may know it."""

    reference = serializers.CharField()
    incident = serializers.CharField()
    external_reference = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(choices=AppealKind.choices)
    status = serializers.ChoiceField(choices=AppealStatus.choices)
    requested_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    cause = serializers.ChoiceField(choices=WithdrawCause.choices, allow_blank=True)
    version = serializers.IntegerField()
    to_do = serializers.ListField(
        child=serializers.CharField(), help_text="The gates that are shut, by their codes."
    )
    placements = PlacementAnswer(many=True)


class AppealsAnswer(serializers.Serializer):
    appeals = AppealAnswer(many=True)


class PublishedQuery(StrictSerializer):
    """Where to go on."""

    since = serializers.CharField(
        max_length=60,
        default=START,
        help_text="The `cursor` of the answer before; none: from the beginning.",
    )


class PublishedAnswer(serializers.Serializer):
    """One placement as its outlet may show it: with `shown` while it is live, and without once it is gone."""

    reference = serializers.CharField()
    appeal = serializers.CharField()
    live = serializers.BooleanField()
    gone_at = serializers.DateTimeField(allow_null=True)
    embargo_until = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    shown = serializers.DictField(
        required=False, help_text="Language to the fields that may be shown: nothing else is ever given."
    )


class PublishedListAnswer(serializers.Serializer):
    placements = PublishedAnswer(many=True)
    cursor = serializers.CharField()
    has_more = serializers.BooleanField()

"""What a partner's system sends and is told of referrals."""

from __future__ import annotations

from rest_framework import serializers

from foundation.clients.api import StrictSerializer
from partners.enums import ReferralOutcome, ReferralStatus, RejectReason, Takes


class PartnerReferralsQuery(StrictSerializer):
    """Which to list; `before` is the last reference of the page before."""

    status = serializers.ChoiceField(choices=ReferralStatus.choices, required=False)
    before = serializers.CharField(max_length=16, required=False)


class ListedReferral(serializers.Serializer):
    """How one stands, without what was sent with it."""

    reference = serializers.CharField()
    takes = serializers.ChoiceField(choices=Takes.choices)
    sender = serializers.CharField()
    status = serializers.ChoiceField(choices=ReferralStatus.choices)
    sent_at = serializers.DateTimeField()
    answer_by = serializers.DateTimeField(help_text="Then it goes back to its sender.")
    progress_due_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class PartnerReferralsAnswer(serializers.Serializer):
    referrals = ListedReferral(many=True)
    has_more = serializers.BooleanField()


class ReferralProgressAnswer(serializers.Serializer):
    at = serializers.DateTimeField()
    words = serializers.CharField()


class PartnerReferralAnswer(ListedReferral):
    """With what was sent; once it has ended `told` is empty."""

    told = serializers.DictField(child=serializers.CharField())
    wishes = serializers.CharField()
    worker = serializers.CharField()
    outcome = serializers.CharField()
    progress = ReferralProgressAnswer(many=True)


class AcceptReferralSerializer(StrictSerializer):
    worker = serializers.CharField(max_length=150, help_text="Who of you answers for it.")


class RejectReferralSerializer(StrictSerializer):
    reason = serializers.ChoiceField(choices=RejectReason.choices)
    words = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class ReferralWordsSerializer(StrictSerializer):
    words = serializers.CharField(max_length=4000)


class CompleteReferralSerializer(StrictSerializer):
    outcome = serializers.ChoiceField(choices=ReferralOutcome.choices)
    words = serializers.CharField(max_length=4000)

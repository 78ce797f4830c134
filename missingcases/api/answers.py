"""What systems are answered, for the description. The answers themselves are written by Postgres."""

from __future__ import annotations

from rest_framework import serializers

from missingcases.enums import (
    IncidentStatus,
    Known,
    LawfulBasis,
    Outcome,
    PhoneHolder,
    PhoneKind,
    PhoneState,
    ReleaseKind,
    ReleaseStatus,
    RiskLevel,
    Sex,
)


def _one_of(choices: object, *, blank: bool = False) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=choices.choices, allow_blank=blank)  # type: ignore[attr-defined]


class PersonAnswer(serializers.Serializer):
    reference = serializers.CharField()
    given_names = serializers.CharField(allow_blank=True)
    family_name = serializers.CharField(allow_blank=True)
    date_of_birth = serializers.DateField(allow_null=True)
    estimated_age = serializers.IntegerField(allow_null=True)
    sex = _one_of(Sex)
    version = serializers.IntegerField()


class IncidentAnswer(serializers.Serializer):
    reference = serializers.CharField()
    owner = serializers.CharField(help_text="The code of the force that owns it.")
    force_reference = serializers.CharField(allow_blank=True)
    status = _one_of(IncidentStatus)
    risk_level = _one_of(RiskLevel, blank=True)
    reported_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField(allow_null=True)
    last_seen_place = serializers.CharField(allow_blank=True)
    age_at_report = serializers.IntegerField(allow_null=True)
    looked_after = _one_of(Known)
    located_at = serializers.DateTimeField(allow_null=True)
    returned_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    outcome = _one_of(Outcome, blank=True)
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()
    person = PersonAnswer()


class TelephoneAnswer(serializers.Serializer):
    number = serializers.CharField()
    kind = _one_of(PhoneKind)
    verified = serializers.BooleanField()
    state = _one_of(PhoneState)
    held_by = _one_of(PhoneHolder)
    is_current = serializers.BooleanField()


class WholeIncidentAnswer(serializers.Serializer):
    """With the standing `release` there is the reference and nothing else: read its releases."""

    reference = serializers.CharField()
    standing = serializers.ChoiceField(choices=["record", "release"])
    owner = serializers.CharField(required=False)
    force_reference = serializers.CharField(allow_blank=True, required=False)
    status = serializers.ChoiceField(choices=IncidentStatus.choices, required=False)
    risk_level = serializers.ChoiceField(choices=RiskLevel.choices, allow_blank=True, required=False)
    reported_at = serializers.DateTimeField(required=False)
    last_seen_at = serializers.DateTimeField(allow_null=True, required=False)
    last_seen_place = serializers.CharField(allow_blank=True, required=False)
    age_at_report = serializers.IntegerField(allow_null=True, required=False)
    looked_after = serializers.ChoiceField(choices=Known.choices, required=False)
    located_at = serializers.DateTimeField(allow_null=True, required=False)
    returned_at = serializers.DateTimeField(allow_null=True, required=False)
    closed_at = serializers.DateTimeField(allow_null=True, required=False)
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_blank=True, required=False)
    version = serializers.IntegerField(required=False)
    updated_at = serializers.DateTimeField(required=False)
    person = PersonAnswer(required=False)
    last_seen_area = serializers.CharField(
        allow_null=True, required=False, help_text="The area's GSS code, or ours where it has none."
    )
    placing_authority = serializers.CharField(allow_null=True, required=False)
    host_authority = serializers.CharField(allow_null=True, required=False)
    aliases = serializers.ListField(child=serializers.CharField(), required=False)
    telephones = TelephoneAnswer(many=True, required=False)
    record = serializers.DictField(
        required=False, help_text="Answers by section. Fields that are hidden on the pages are not here."
    )
    cad_reference = serializers.CharField(allow_blank=True, required=False, help_text="Owner force only.")
    pnc_reference = serializers.CharField(allow_blank=True, required=False, help_text="Owner force only.")
    ukmpu_reference = serializers.CharField(allow_blank=True, required=False, help_text="Owner force only.")
    is_restricted = serializers.BooleanField(required=False, help_text="Owner force only.")


class IncidentPageAnswer(serializers.Serializer):
    incidents = IncidentAnswer(many=True)
    next = serializers.CharField(allow_null=True, help_text="Send it as `after`; null at the end.")


class ChangeAnswer(serializers.Serializer):
    """One incident, once. `revoked`: your organisation sees it no more; forget what you hold of it."""

    reference = serializers.CharField()
    changed_at = serializers.DateTimeField()
    standing = serializers.ChoiceField(choices=["record", "release", "revoked"])
    incident = IncidentAnswer(allow_null=True)


class ChangesAnswer(serializers.Serializer):
    changes = ChangeAnswer(many=True)
    cursor = serializers.CharField(help_text="Keep it, and send it the next time.")
    has_more = serializers.BooleanField()


class ReleaseAnswer(serializers.Serializer):
    # `from` is a word of Python's, so the fields are named below.
    reference = serializers.CharField()
    kind = _one_of(ReleaseKind)
    status = _one_of(ReleaseStatus)
    to = serializers.CharField()
    purpose = serializers.CharField()
    lawful_basis = _one_of(LawfulBasis)
    created_at = serializers.DateTimeField()
    acknowledge_by = serializers.DateTimeField(allow_null=True)
    fields_ = serializers.DictField(child=serializers.CharField())

    def get_fields(self) -> dict[str, serializers.Field]:
        """With the two names that Python keeps for itself."""
        found = super().get_fields()
        found["fields"] = found.pop("fields_")
        found["from"] = serializers.CharField()
        return found


class ReleasesAnswer(serializers.Serializer):
    releases = ReleaseAnswer(many=True)


class HeadingAnswer(serializers.Serializer):
    """A release without what it says."""

    # `from` is a word of Python's, so the field is named below.
    reference = serializers.CharField()
    kind = _one_of(ReleaseKind)
    to = serializers.CharField()
    purpose = serializers.CharField()
    released_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    acknowledge_by = serializers.DateTimeField(allow_null=True)
    acknowledged_at = serializers.DateTimeField(allow_null=True)
    first_read_at = serializers.DateTimeField(allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        """With the name that Python keeps for itself."""
        found = super().get_fields()
        found["from"] = serializers.CharField()
        return found


class ReleasedAnswer(serializers.Serializer):
    releases = HeadingAnswer(many=True)
    has_more = serializers.BooleanField()


class ReadReleaseAnswer(HeadingAnswer):
    lawful_basis = _one_of(LawfulBasis)
    said = serializers.DictField(child=serializers.CharField(), help_text="What was released, by name.")

"""What systems may send and ask. Checks of meaning stay with the services."""

from __future__ import annotations

import re
from typing import Any

from rest_framework import serializers

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.clients.api import Moment, StrictSerializer
from foundation.places.models import Area
from missingcases.api.answering import AFTER, CURSOR
from missingcases.enums import FoundBy, IncidentStatus, Known, RiskLevel, Sex

_BIGGEST = 2_147_483_647


def text(length: int, **more: Any) -> serializers.CharField:
    """One line of text, empty allowed."""
    return serializers.CharField(max_length=length, allow_blank=True, required=False, **more)


def version(**more: Any) -> serializers.IntegerField:
    """The version that was read."""
    return serializers.IntegerField(min_value=1, max_value=_BIGGEST, **more)


class PersonSerializer(StrictSerializer):
    """Who is missing, as far as it is known."""

    given_names = text(120)
    family_name = text(120)
    date_of_birth = serializers.DateField(required=False, allow_null=True)
    estimated_age = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=125)
    sex = serializers.ChoiceField(choices=Sex.choices, required=False)


class NewPersonSerializer(PersonSerializer):
    """With the other names they go by."""

    aliases = serializers.ListField(
        child=serializers.CharField(max_length=240), max_length=20, required=False
    )


class ChangedPersonSerializer(PersonSerializer):
    """A correction of who they are."""

    version = version()


class AuthorityField(serializers.CharField):
    """A local authority by its code, such as ``la-lambeth``; becomes its id."""

    def to_internal_value(self, data: Any) -> Any:
        """Raises for a code that is no active authority's."""
        code = super().to_internal_value(data)
        if not re.fullmatch(r"[\w-]{1,60}", code, re.ASCII):
            raise serializers.ValidationError("There is no local authority with this code.")
        rows = Organisation.objects.filter(code=code, kind=OrganisationKind.LOCAL_AUTHORITY, is_active=True)
        found = rows.values_list("pk", flat=True).first()
        if found is None:
            raise serializers.ValidationError("There is no local authority with this code.")
        return found


class AreaField(serializers.CharField):
    """An area by its code; becomes its id."""

    def to_internal_value(self, data: Any) -> Any:
        """Raises for a code that no area has or had."""
        code = super().to_internal_value(data)
        known = re.fullmatch(r"[\w-]{1,80}", code, re.ASCII) and Area.objects.filter(code=code)
        found = known.values_list("pk", flat=True).first() if known is not None else None
        if found is None:
            raise serializers.ValidationError("There is no area with this code.")
        return found


class IncidentFieldsSerializer(StrictSerializer):
    """Facts of an incident that are corrected in one step."""

    force_reference = text(60)
    cad_reference = text(60)
    last_seen_at = Moment(required=False, allow_null=True)
    last_seen_place = text(250)
    last_seen_area = AreaField(
        required=False,
        allow_null=True,
        help_text="The area's GSS code, such as E09000022; one without is given by ours. It must be an area "
        "of the day they were last seen.",
    )
    looked_after = serializers.ChoiceField(choices=Known.choices, required=False)
    placing_authority = AuthorityField(required=False, allow_null=True)
    host_authority = AuthorityField(required=False, allow_null=True)


class ReporterSerializer(StrictSerializer):
    """Who told the police."""

    name = text(240)
    relation = text(80)
    agency = text(120)
    role = text(80)
    telephone = text(40)
    email = text(254)


class TelephoneSerializer(StrictSerializer):
    """A number of the missing person."""

    number = serializers.CharField(max_length=40)


class ReportSerializer(IncidentFieldsSerializer):
    """A new incident: for a new person, or for one the force knows by reference."""

    reported_at = Moment(required=False)
    person = NewPersonSerializer(required=False)
    person_reference = serializers.RegexField(r"^[A-Z]{2}-[0-9A-Z]{8}\Z", required=False)
    circumstances = text(4000)
    reporter = ReporterSerializer(required=False)
    telephones = TelephoneSerializer(many=True, required=False, max_length=5)

    def validate(self, attrs: Any) -> Any:
        """Either a new person or a known one."""
        if "person" in attrs and "person_reference" in attrs:
            raise serializers.ValidationError(
                {"person_reference": "Send either a person or the reference of one you know."}
            )
        return attrs


class CorrectionSerializer(IncidentFieldsSerializer):
    """What changes, and the versions it was read at."""

    version = version()
    pnc_reference = text(60)
    ukmpu_reference = text(60)
    person = ChangedPersonSerializer(required=False)


class LocatedSerializer(StrictSerializer):
    """Somebody is found."""

    located_at = Moment()
    found_by = serializers.ChoiceField(choices=FoundBy.choices)
    source = serializers.CharField(max_length=2000, help_text="How it is known that they are found.")


class ListQuerySerializer(StrictSerializer):
    """How a list is narrowed."""

    status = serializers.ChoiceField(choices=IncidentStatus.choices, required=False)
    open = serializers.BooleanField(required=False, allow_null=True, default=None)
    risk_level = serializers.ChoiceField(choices=RiskLevel.choices, required=False)
    reported_from = Moment(required=False)
    reported_before = Moment(required=False)
    after = serializers.RegexField(AFTER, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=200, default=50)


class ChangesQuerySerializer(StrictSerializer):
    """Where to go on reading."""

    cursor = serializers.RegexField(CURSOR, default="0.0")
    limit = serializers.IntegerField(min_value=1, max_value=1000, default=500)


class ReleasesQuerySerializer(StrictSerializer):
    """Which of what was released to the client's organisation."""

    waiting = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Only what waits to be acknowledged."
    )
    before = serializers.RegexField(
        "^RL-[0-9A-Z]{8}$", required=False, help_text="The last reference of the page before."
    )
    limit = serializers.IntegerField(min_value=1, max_value=200, default=50)


class NothingSerializer(StrictSerializer):
    """An empty body: `{}`."""

"""Reading what a system sends, strictly: an unknown name is an error, not silence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from rest_framework import serializers

_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


class Moment(serializers.DateTimeField):
    """A time with its zone, such as ``2026-11-23T14:05:00Z``."""

    default_error_messages = {
        "invalid": "Give a date and time with its zone, such as 2026-11-23T14:05:00Z.",
        "range": "This time is too far from now.",
    }

    def to_internal_value(self, value: Any) -> datetime:
        """Raises for a time without a zone: nobody should have to guess."""
        if not isinstance(value, str):
            self.fail("invalid")
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail("invalid")
        if moment.tzinfo is None:
            self.fail("invalid")
        try:
            in_utc = moment.astimezone(UTC)
        except OverflowError:
            self.fail("range")
        if not _EARLIEST <= in_utc <= _LATEST:
            self.fail("range")
        return in_utc


class StrictSerializer(serializers.Serializer):
    """Refuses names it does not know, and anything but text where text belongs.

    Left to itself a text field makes "0" of the number 0: what was meant is then anybody's guess.
    """

    def to_internal_value(self, data: Any) -> Any:
        """Raises `ValidationError` naming each unknown field, or each wrong one."""
        if not isinstance(data, dict):
            return super().to_internal_value(data)
        unknown = set(data) - set(self.fields)
        if unknown:
            raise serializers.ValidationError(
                {str(name)[:60]: ["There is no such field."] for name in unknown}
            )
        wrong = {name: [_TEXT] for name, given in data.items() if _is_wrong(self.fields[name], given)}
        try:
            found = super().to_internal_value({name: data[name] for name in data if name not in wrong})
        except serializers.ValidationError as problem:
            raise serializers.ValidationError({**problem.detail, **wrong}) from None
        if wrong:
            raise serializers.ValidationError(wrong)
        return found


_TEXT = "Send this as text, in quotes."


def _is_wrong(field: serializers.Field, given: object) -> bool:
    """Whether it is anything but text for a field of text or of texts. A null has rules of its own."""
    if isinstance(field, serializers.ListField):
        return isinstance(given, list) and any(_is_wrong(field.child, one) for one in given)
    is_text = isinstance(field, serializers.CharField | serializers.ChoiceField)
    return is_text and given is not None and not isinstance(given, str)

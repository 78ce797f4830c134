"""A field key can be replaced: everything is brought under the new one, and the old one can go."""

from __future__ import annotations

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from foundation import rotation
from foundation.audit.models import AuditEvent
from foundation.messaging.models import Broadcast, Delivery
from foundation.messaging.switchboard import ALWAYS
from missingcases.models import Phone
from tests.cast import Member
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def under_the_old_key(settings, met_officer: Member) -> Phone:
    """A record and a second factor, written while the old key was the only one."""
    factor = Authenticator.objects.get(user=met_officer.user)
    secret = get_adapter().decrypt(factor.data["secret"])
    settings.FIELD_KEYS = [OLD]
    factor.data["secret"] = get_adapter().encrypt(secret)
    factor.save()
    incident = world.reported(met_officer.actor)
    return Phone.objects.get(person_id=incident.person_id)


def test_after_a_rotation_the_new_key_alone_reads_everything(
    under_the_old_key, settings, met_officer
) -> None:
    settings.FIELD_KEYS = [NEW, OLD]
    assert Phone.objects.get(pk=under_the_old_key.pk).number == world.NUMBER

    call_command("rotate_field_keys", verbosity=0)

    settings.FIELD_KEYS = [NEW]
    assert Phone.objects.get(pk=under_the_old_key.pk).number == world.NUMBER
    assert get_adapter().decrypt(Authenticator.objects.get(user=met_officer.user).data["secret"])
    for model in rotation.encrypted_models():
        assert len(list(model._default_manager.all())) == model._default_manager.count()
    assert AuditEvent.objects.filter(action="field_keys.rotated", target="missingcases.Phone").exists()
    assert sum(found.rotated for found in rotation.rotate()) == 0


def test_without_it_the_old_key_is_still_needed(under_the_old_key, settings) -> None:
    settings.FIELD_KEYS = [NEW]

    with pytest.raises(InvalidToken):
        Phone.objects.get(pk=under_the_old_key.pk)


def test_what_no_key_opens_is_counted_and_left_as_it_is(under_the_old_key, settings) -> None:
    settings.FIELD_KEYS = [NEW]
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM missingcases_phone WHERE id = %s", [under_the_old_key.pk])
        before = cursor.fetchone()

        with pytest.raises(CommandError, match="FIELD_KEYS does not name"):
            call_command("rotate_field_keys", verbosity=0)

        cursor.execute("SELECT number FROM missingcases_phone WHERE id = %s", [under_the_old_key.pk])
        assert cursor.fetchone() == before


def test_more_rows_than_a_batch_are_all_brought_over(under_the_old_key, settings) -> None:
    person_id = under_the_old_key.person_id
    Phone.objects.bulk_create(
        Phone(person_id=person_id, number=f"+44770090{index:04}", number_key=str(index))
        for index in range(rotation.BATCH + 3)
    )
    settings.FIELD_KEYS = [NEW, OLD]

    by_model = {found.label: found.rotated for found in rotation.rotate()}

    assert by_model["missingcases.Phone"] == Phone.objects.count()
    settings.FIELD_KEYS = [NEW]
    assert all(row.number.startswith("+44") for row in Phone.objects.all())


def test_a_table_with_a_key_of_two_columns_is_gone_through_past_its_first_batch(settings, db) -> None:
    settings.FIELD_KEYS = [OLD]
    now = timezone.now()
    for owner in (1, 2):
        broadcast = Broadcast.objects.create(
            channel="sms",
            lane="alert",
            service="alerts",
            body="Have you seen her?",
            owner_label="test.Owner",
            owner_id=owner,
            guard=ALWAYS,
            valid_until=now,
        )
        Delivery.objects.bulk_create(
            Delivery(
                broadcast=broadcast,
                number=number,
                part=1,
                recipient_id=number,
                to="+447700900123",
                to_key=str(number),
                next_attempt_at=now,
            )
            for number in range(rotation.BATCH // 2 + 10)
        )
    settings.FIELD_KEYS = [NEW, OLD]

    by_model = {found.label: found.rotated for found in rotation.rotate()}

    assert by_model["messaging.Delivery"] == Delivery.objects.count() == rotation.BATCH + 20
    settings.FIELD_KEYS = [NEW]
    assert {row.to for row in Delivery.objects.all()} == {"+447700900123"}

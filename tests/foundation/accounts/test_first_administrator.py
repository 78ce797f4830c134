"""The first person comes into an empty installation by the server's command line, and only they do."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from foundation.accounts.models import Invitation
from foundation.audit.models import AuditEvent
from foundation.messaging.models import Message
from tests.cast import Member

pytestmark = pytest.mark.django_db
COMMAND = "invite_first_administrator"


def test_the_charitys_first_administrator_is_invited_by_mail(capsys) -> None:
    call_command(COMMAND, "First.Person@Charity.Example")

    row = Invitation.objects.get()
    assert (row.email, row.roles, row.organisation.code) == (
        "first.person@charity.example",
        ["administrator"],
        "missing-people",
    )
    sent = Message.objects.get(owner_label="accounts.Invitation", owner_id=row.pk)
    assert sent.to == row.email
    assert AuditEvent.objects.get(action="invitation.sent").target_id == row.pk
    told = capsys.readouterr().out
    assert row.email in told
    assert sent.body.split("/invitation/")[1].split("/")[0] not in told


def test_nobody_is_let_in_that_way_beside_an_administrator(administrator: Member) -> None:
    with pytest.raises(CommandError, match="has its own administrator"):
        call_command(COMMAND, "second@charity.example")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("code", ["metropolitan", "no-such-body"])
def test_a_force_gets_its_first_administrator_from_the_charity_alone(code: str) -> None:
    with pytest.raises(CommandError, match="No charity"):
        call_command(COMMAND, "first@force.example", "--organisation", code)
    assert not Invitation.objects.exists()

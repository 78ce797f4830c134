"""Tables that are filled bare have all they had afterwards, and every row is checked."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection

from foundation.accounts.models import Membership, Organisation, User
from foundation.bare import bare
from foundation.sheets import Sheet, copy_page

pytestmark = pytest.mark.django_db
TABLE = "accounts_membership"


def made_of() -> list[tuple[str, str]]:
    """Its indexes and its keys, as the database tells them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s UNION ALL SELECT conname,"
            " pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass ORDER BY 1",
            [TABLE, TABLE],
        )
        return list(cursor.fetchall())


def rows(*people: int) -> bytes:
    sheet = Sheet(Membership, "id", "user_id", "organisation_id", "role", "started_at")
    force = Organisation.objects.get(code="metropolitan").pk
    for number, user in enumerate(people, start=1):
        sheet.add(-number, user, force, "police_officer", User.objects.latest("pk").created_at)
    copy_page(sheet.statement, page := sheet.take())
    return page


def test_what_was_taken_off_is_made_again() -> None:
    before = made_of()
    user = User.objects.create_user("bare@example.org", None, full_name="Nobody")
    with bare([TABLE]):
        assert len(made_of()) < len(before)
        rows(user.pk)
    assert made_of() == before
    assert Membership.objects.get(pk=-1).user == user


def test_a_row_that_names_nobody_is_refused_when_keys_are_made_again() -> None:
    User.objects.create_user("bare@example.org", None, full_name="Nobody")
    with pytest.raises(IntegrityError, match="violates foreign key"), bare([TABLE]):
        rows(-5)

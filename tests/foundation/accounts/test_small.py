"""Small things that hold: whom to tell, tidying up, names in lists, late arrivals."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refused
from foundation.accounts import selectors, services, tasks
from foundation.accounts.enums import SUPERVISORS, Role
from foundation.accounts.forms import AcceptForm
from foundation.accounts.models import Invitation, Membership, Organisation, Session, User
from foundation.audit.models import AuditEvent
from foundation.references import new_reference
from tests.cast import PASSWORD, TOTP_SECRET, Member, member

pytestmark = pytest.mark.django_db


def test_whom_to_tell_are_the_active_holders_of_a_role_there(
    met: Organisation,
    met_supervisor: Member,
    met_inspector: Member,
    met_officer: Member,
    kent_supervisor: Member,
) -> None:
    gone = member("gone@met.example", "Gone Away", met, Role.POLICE_SUPERVISOR)
    Membership.objects.filter(user=gone.user).update(ended_at=timezone.now() + timedelta(seconds=1))
    shut = member("shut@met.example", "Shut Out", met, Role.POLICE_SUPERVISOR)
    User.objects.filter(pk=shut.user.pk).update(is_active=False)
    told = set(selectors.people_holding(met.pk, SUPERVISORS).values_list("pk", flat=True))
    assert told == {met_supervisor.user.pk, met_inspector.user.pk}


def test_what_has_run_out_is_thrown_away(client: Client, met_officer: Member, met_supervisor: Member) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        met_supervisor.sign_in(Client())
        cache.set("old", 1, timeout=60)
    met_officer.sign_in(client)
    cache.set("new", 1, timeout=60)
    tasks.clear_expired()
    assert set(Session.objects.values_list("user_id", flat=True)) == {met_officer.user.pk}
    assert [one.user for one in UserSession.objects.all()] == [met_officer.user]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache_entry WHERE cache_key LIKE '%old'")
        assert cursor.fetchone() == (0,)
    assert cache.get("new") == 1


def test_things_say_what_they_are_without_naming_anybody(met: Organisation, met_officer: Member) -> None:
    held = Membership.objects.get(user=met_officer.user)
    team = met.teams.get(code="central-south")
    assert str(held) == f"Police officer or liaison membership {held.pk}"
    assert (str(met), str(team), str(met.area)) == ("Metropolitan Police", "Central South", "Metropolitan")
    assert str(met_officer.user) == met_officer.user.full_name
    assert User.objects.get_by_natural_key("OFFICER@met.example") == met_officer.user
    assert str(Invitation(reference="V-1")) == "V-1"
    assert str(met.area.parent_links.get()).endswith(str(met.area.parent_links.get().parent_id))


def test_references_differ_and_cannot_be_misread() -> None:
    made = {new_reference("U") for _ in range(200)}
    assert len(made) == 200
    assert not any(set("ILOU") & set(one.removeprefix("U-")) for one in made)


def test_an_empty_password_is_told_once() -> None:
    form = AcceptForm({"full_name": "Ada Quill", "password1": "", "password2": ""}, email="a@met.example")
    assert set(form.errors) == {"password1", "password2"}


def test_an_invitation_used_between_page_and_form_is_told(
    client: Client, met_administrator: Member, met: Organisation
) -> None:
    row = services.invite(
        actor=met_administrator.actor, organisation_id=met.pk, email="new@met.example", roles=["auditor"]
    )
    services.accept_as_new(invitation_id=row.pk, full_name="Ada Quill", password=PASSWORD, source="test")
    with pytest.raises(Refused):
        services.accept_with_account(
            actor=met_administrator.actor, invitation_id=row.pk, user_id=met_administrator.user.pk
        )


def test_second_factors_that_come_and_go_are_in_the_trail(
    client: Client, met_officer: Member, django_capture_on_commit_callbacks
) -> None:
    cache.clear()
    met_officer.sign_in(client)
    session = client.session
    session["account_authentication_methods"] = [
        record | {"reauthenticated": True} for record in session["account_authentication_methods"]
    ]
    session.save()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=met_officer.user, type="totp").exists()
    actions = set(AuditEvent.objects.filter(user_id=met_officer.user.pk).values_list("action", flat=True))
    assert {"second_factor.removed", "second_factor.renewed"} <= actions
    # Without one, nothing but setting up another.
    assert client.get("/your-account/")["Location"] == reverse("mine:second_factor")


def test_a_recovery_code_signs_in_once(client: Client, met_officer: Member) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    cache.clear()
    code = RecoveryCodes.activate(met_officer.user).get_unused_codes()[0]
    for expected in (200, 302):
        browser = Client()
        browser.post("/accounts/login/", {"login": met_officer.user.email, "password": PASSWORD})
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        assert browser.get("/your-account/").status_code == expected


def test_a_telephone_half_a_minute_wrong_still_signs_in(client: Client, met_officer: Member) -> None:
    cache.clear()
    client.post("/accounts/login/", {"login": met_officer.user.email, "password": PASSWORD})
    earlier = next(yield_hotp_counters_from_time())
    client.post("/accounts/2fa/authenticate/", {"code": format_hotp_value(hotp_value(TOTP_SECRET, earlier))})
    assert client.get("/your-account/").status_code == 200


@pytest.mark.parametrize(
    ("host", "hinted"),
    [("127.0.0.1:8000", True), ("[::1]:8000", True), ("localhost:8000", False), ("x.example", False)],
)
def test_a_site_opened_by_number_says_that_passkeys_need_a_name(
    client: Client, met_officer: Member, host: str, hinted: bool
) -> None:
    Authenticator.objects.filter(user=met_officer.user).delete()
    met_officer.sign_in(client)
    page = client.get(reverse("mine:second_factor"), HTTP_HOST=host).content.decode()
    assert ("open this site by its name" in page) is hinted

"""Signing in: password, second factor, lock-out, and what stays shut until then."""

from __future__ import annotations

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from foundation.accounts import lockout, services
from foundation.audit.models import AuditEvent
from tests.cast import PASSWORD, TOTP_SECRET, Member

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
CODE = "/accounts/2fa/authenticate/"
MINE = "/your-account/"


@pytest.fixture(autouse=True)
def _no_throttling_left_over() -> None:
    cache.clear()


def code(secret: str = TOTP_SECRET, step: int = 1) -> str:
    """The code of the present half minute (the first the library accepts is the one before)."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[step]))


def give_password(client: Client, email: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def test_a_password_alone_opens_nothing(client: Client, met_officer: Member) -> None:
    answer = give_password(client, met_officer.user.email)
    assert (answer.status_code, answer["Location"]) == (302, CODE)
    assert client.get(MINE)["Location"].startswith(LOGIN)


def test_password_and_code_sign_a_person_in_and_the_trail_says_so(
    client: Client, met_officer: Member
) -> None:
    give_password(client, met_officer.user.email.upper())
    answer = client.post(CODE, {"code": code()})
    assert answer.status_code == 302
    assert client.get(MINE).status_code == 200
    noted = AuditEvent.objects.get(action="user.signed_in")
    assert noted.user_id == met_officer.user.pk
    assert noted.organisation_id == met_officer.organisation.pk


def test_a_wrong_code_opens_nothing(client: Client, met_officer: Member) -> None:
    give_password(client, met_officer.user.email)
    answer = client.post(CODE, {"code": "000000"})
    assert answer.status_code == 200
    assert client.get(MINE)["Location"].startswith(LOGIN)


@pytest.mark.parametrize("later", [0, 29, 58])
def test_a_code_counts_once_for_as_long_as_any_step_would_take_it(
    client: Client, met_officer: Member, later: int
) -> None:
    with time_machine.travel("2026-11-23 03:00:00+00:00", tick=False) as clock:
        seen = code(step=2)
        give_password(client, met_officer.user.email)
        client.post(CODE, {"code": seen})
        client.post("/accounts/logout/")
        clock.shift(later)
        give_password(client, met_officer.user.email)
        answer = client.post(CODE, {"code": seen})
        assert answer.status_code == 200
        assert client.get(MINE)["Location"].startswith(LOGIN)


def test_the_secret_is_not_readable_in_the_database(met_officer: Member) -> None:
    kept = Authenticator.objects.get(user=met_officer.user, type="totp").data["secret"]
    assert TOTP_SECRET not in kept


def test_five_wrong_passwords_lock_that_address_out_even_with_the_right_one(
    client: Client, met_officer: Member
) -> None:
    for _ in range(4):
        assert give_password(client, met_officer.user.email, "wrong").status_code == 200
    assert give_password(client, met_officer.user.email, "wrong").status_code == 429
    answer = give_password(client, met_officer.user.email)
    assert answer.status_code == 429
    assert "Sign-in is locked for now" in answer.content.decode()
    assert lockout.locked_until(met_officer.user.email) is not None


def test_a_lock_out_is_of_one_person_from_one_place(
    client: Client, met_officer: Member, second_met_officer: Member
) -> None:
    for _ in range(5):
        give_password(client, met_officer.user.email, "wrong")
    assert give_password(client, second_met_officer.user.email)["Location"] == CODE
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    assert give_password(elsewhere, met_officer.user.email)["Location"] == CODE


def test_a_lock_out_ends_after_half_an_hour(client: Client, met_officer: Member) -> None:
    with time_machine.travel("2026-11-23 03:00:00+00:00", tick=False) as clock:
        for _ in range(5):
            give_password(client, met_officer.user.email, "wrong")
        clock.shift(29 * 60)
        assert give_password(client, met_officer.user.email).status_code == 429
        clock.shift(61)
        assert give_password(client, met_officer.user.email)["Location"] == CODE


def test_an_unknown_address_is_locked_out_in_the_same_words(client: Client, met_officer: Member) -> None:
    for _ in range(5):
        known = give_password(client, met_officer.user.email, "wrong")
        unknown = give_password(client, "nobody@met.example", "wrong")
    assert known.status_code == unknown.status_code == 429
    said = [answer.content.decode().partition("<main")[2] for answer in (known, unknown)]
    assert said[0] == said[1] != ""


def test_codes_are_throttled_by_person(client: Client, met_officer: Member) -> None:
    give_password(client, met_officer.user.email)
    for _ in range(10):
        client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": code()})
    assert client.get(MINE)["Location"].startswith(LOGIN)


def test_patience_does_not_guess_a_code_and_an_administrator_lifts_it(
    client: Client, met_officer: Member, met_administrator: Member
) -> None:
    with time_machine.travel("2026-11-23 03:00:00+00:00", tick=False) as clock:
        for _ in range(3):
            clock.shift(11 * 60)
            give_password(client, met_officer.user.email)
            for _ in range(10):
                client.post(CODE, {"code": "000000"})
        clock.shift(11 * 60)
        give_password(client, met_officer.user.email)
        client.post(CODE, {"code": code()})
        assert client.get(MINE)["Location"].startswith(LOGIN)
        services.unlock_user(actor=met_administrator.actor, user_id=met_officer.user.pk)
        client.post(CODE, {"code": code()})
        assert client.get(MINE).status_code == 200


def test_right_codes_do_not_count_as_tries(client: Client, met_officer: Member) -> None:
    with time_machine.travel("2026-11-23 03:00:00+00:00", tick=False) as clock:
        for _ in range(32):
            clock.shift(5 * 60)
            give_password(client, met_officer.user.email)
            client.post(CODE, {"code": code()})
            assert client.get(MINE).status_code == 200
            client.post("/accounts/logout/")


def test_a_lost_redis_neither_stops_sign_in_nor_lets_a_code_be_used_twice(
    client: Client, met_officer: Member, settings
) -> None:
    fast = settings.CACHES["fast"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = settings.CACHES | {"fast": fast}
    give_password(client, met_officer.user.email)
    used = code()
    client.post(CODE, {"code": used})
    assert client.get(MINE).status_code == 200
    client.post("/accounts/logout/")
    give_password(client, met_officer.user.email)
    client.post(CODE, {"code": used})
    assert client.get(MINE)["Location"].startswith(LOGIN)


def test_a_person_without_a_second_factor_reaches_only_the_pages_that_set_one_up(
    client: Client, met_officer: Member
) -> None:
    Authenticator.objects.filter(user=met_officer.user).delete()
    give_password(client, met_officer.user.email)
    set_up = reverse("mine:second_factor")
    for name in (
        "mine:account",
        "account_email",
        "account_change_password",
        "usersessions_list",
        "mfa_index",
    ):
        answer = client.get(reverse(name))
        assert (name, answer.status_code, answer.get("Location")) == (name, 302, set_up)
    assert client.get(reverse("mine:account"), headers={"HX-Request": "true"})["HX-Redirect"] == set_up
    for name in ("mine:second_factor", "mfa_activate_totp", "mfa_add_webauthn"):
        assert (name, client.get(reverse(name)).status_code) == (name, 200)


def test_recovery_codes_alone_are_not_a_second_factor(client: Client, met_officer: Member) -> None:
    Authenticator.objects.filter(user=met_officer.user).update(type="recovery_codes")
    give_password(client, met_officer.user.email)
    assert client.get(MINE)["Location"] == reverse("mine:second_factor")


def test_setting_up_an_app_opens_the_rest(
    client: Client, met_officer: Member, django_capture_on_commit_callbacks
) -> None:
    Authenticator.objects.filter(user=met_officer.user).delete()
    give_password(client, met_officer.user.email)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(MINE).status_code == 200
    assert client.get(reverse("mine:second_factor"))["Location"] == MINE
    assert AuditEvent.objects.filter(action="second_factor.added", user_id=met_officer.user.pk).exists()


def test_nobody_signs_themselves_up(client: Client) -> None:
    data = {"email": "me@met.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", data)
    from foundation.accounts.models import User

    assert not User.objects.filter(email="me@met.example").exists()


def test_a_suspended_person_is_told_at_sign_in(client: Client, suspended_user: Member) -> None:
    answer = give_password(client, suspended_user.user.email)
    assert answer["Location"] == "/accounts/inactive/"


def test_signing_out_is_in_the_trail(client: Client, met_officer: Member) -> None:
    met_officer.sign_in(client).post("/accounts/logout/")
    assert AuditEvent.objects.filter(action="user.signed_out", user_id=met_officer.user.pk).exists()


def test_somebody_whose_last_role_ended_sees_only_that(client: Client, met_officer: Member) -> None:
    met_officer.sign_in(client)
    from foundation.accounts.models import Membership

    Membership.objects.filter(user=met_officer.user).update(ended_at="2100-01-01T00:00Z")
    answer = client.get(MINE)
    assert answer.status_code == 403
    assert "You have no role at present" in answer.content.decode()


def test_a_visitor_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get(MINE)["Location"] == f"{LOGIN}?next={MINE}"
    assert client.get(MINE, headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/x", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(client: Client, met_officer: Member, where: str) -> None:
    client.post(LOGIN, {"login": met_officer.user.email, "password": PASSWORD, "next": where})
    assert client.post(CODE, {"code": code(), "next": where})["Location"] == "/"
    answer = client.post("/accounts/2fa/reauthenticate/", {"code": code(step=2), "next": where})
    assert "evil.example" not in answer.get("Location", "")


def test_a_session_laid_before_signing_in_is_not_the_one_signed_in(
    client: Client, met_officer: Member
) -> None:
    client.get("/invitation/laid-by-somebody-else-long-ago/")
    laid = client.session.session_key
    give_password(client, met_officer.user.email)
    client.post(CODE, {"code": code()})
    assert client.get(MINE).status_code == 200
    assert client.session.session_key != laid
    other = Client()
    other.cookies["harbour"] = laid
    assert other.get(MINE)["Location"].startswith(LOGIN)

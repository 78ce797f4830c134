"""Which pages of the sign-in library are open to whom: each by name, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth import urls as library
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils.module_loading import import_string

from foundation.access import Access, Kind, declaration_of, library_name
from tests.cast import Member

pytestmark = pytest.mark.django_db
OPEN = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
}


def views(patterns: list[Any]) -> Iterator[tuple[str, Callable[..., Any]]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from views(one.url_patterns)
        elif isinstance(one, URLPattern):
            yield str(one.name), one.callback


LIBRARY = dict(views(library.urlpatterns))


def test_exactly_these_are_open_to_visitors() -> None:
    kinds = {name: declaration_of(view) for name, view in LIBRARY.items()}
    assert {name for name, found in kinds.items() if found == Access(Kind.PUBLIC)} == OPEN
    assert {found.kind for name, found in kinds.items() if found and name not in OPEN} == {Kind.SIGNED_IN}


@pytest.mark.parametrize("name", sorted(set(LIBRARY) - OPEN - {"mfa_remove_webauthn", "mfa_edit_webauthn"}))
def test_the_others_send_a_visitor_to_sign_in(client: Client, name: str) -> None:
    url = reverse(name)
    assert client.get(url)["Location"] == f"/accounts/login/?next={url}"


def test_a_library_view_nobody_named_answers_nobody() -> None:
    def grown(request: object) -> None:
        """A page a new version of a library might bring."""

    assert declaration_of(grown) is None
    assert library_name(grown) == f"{__name__}.grown"


def test_every_name_is_of_a_view_that_exists() -> None:
    for name in [*settings.LIBRARY_ACCESS, *settings.SECOND_FACTOR_SET_UP]:
        assert import_string(name) is not None


def test_signed_in_pages_open_for_whoever_is_signed_in(client: Client, met_officer: Member) -> None:
    met_officer.sign_in(client)
    for name in ("account_email", "account_change_password", "mfa_index", "usersessions_list"):
        assert (name, client.get(reverse(name)).status_code) == (name, 200)


def test_a_signed_in_person_can_change_their_address_safely(client: Client, met_officer: Member) -> None:
    from foundation.accounts.models import User
    from foundation.messaging.models import Message

    met_officer.sign_in(client, fresh=False)
    change = reverse("account_email")
    asked = client.post(change, {"action_add": "", "email": "new@met.example"})
    assert asked["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert User.objects.get(pk=met_officer.user.pk).email == "officer@met.example"
    assert not Message.objects.filter(to="new@met.example").exists()
    client.post(asked["Location"], {"code": met_officer.code, "next": change})
    client.post(change, {"action_add": "", "email": "new@met.example"})
    assert User.objects.get(pk=met_officer.user.pk).email == "officer@met.example"
    sent = Message.objects.filter(owner_label="accounts.User", owner_id=met_officer.user.pk)
    confirm = next(one for one in sent if one.to == "new@met.example")
    path = confirm.body.partition(settings.STAFF_BASE_URL)[2].split()[0]
    client.post(path)
    assert User.objects.get(pk=met_officer.user.pk).email == "new@met.example"
    told = {one.to for one in sent.all()}
    assert "officer@met.example" in told


def test_a_forgotten_password_is_chosen_anew_by_a_link_on_our_own_address(
    client: Client, met_officer: Member
) -> None:
    from django.core.cache import cache

    from foundation.accounts.models import User
    from foundation.messaging.models import Message

    cache.clear()
    client.post("/accounts/password/reset/", {"email": met_officer.user.email}, HTTP_HOST="evil.example")
    sent = Message.objects.get(owner_label="accounts.User", owner_id=met_officer.user.pk)
    assert "evil.example" not in sent.body
    path = sent.body.partition(settings.STAFF_BASE_URL)[2].split()[0]
    form = client.get(path)["Location"]
    fresh = "lantern orbit velvet"
    client.post(form, {"password1": fresh, "password2": fresh})
    assert User.objects.get(pk=met_officer.user.pk).check_password(fresh)
    assert client.get("/your-account/").status_code == 302


def test_nobody_learns_by_a_reset_whether_an_address_has_an_account(
    client: Client, suspended_user: Member
) -> None:
    from django.core.cache import cache

    from foundation.messaging.models import Message

    cache.clear()
    answers = [
        client.post("/accounts/password/reset/", {"email": email})
        for email in ("nobody@met.example", suspended_user.user.email)
    ]
    assert {(one.status_code, one["Location"]) for one in answers} == {
        (302, "/accounts/password/reset/done/")
    }
    assert not Message.objects.exists()

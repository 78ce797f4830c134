"""Everything that must not let anybody in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives import serialization
from django.test import Client

from foundation.accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.single_sign_on.models import Identity, Provider
from tests.foundation.single_sign_on.conftest import OFFICERS, asked, go_to, uses
from tests.foundation.single_sign_on.crooked import (
    EC,
    KID,
    OTHER_RSA,
    RSA,
    SHORT_RSA,
    Crooked,
    public_key,
    running,
)

pytestmark = pytest.mark.django_db
SOMEBODY = {"name": "Mal Lory", "email": "mal@met.example", "roles": [OFFICERS], "amr": ["mfa"]}


@pytest.fixture
def crooked(settings: Any) -> Iterator[Crooked]:
    settings.SIGN_IN_ALLOWED_HOSTS = ["127.0.0.1"]
    with running() as state:
        yield state


@pytest.fixture
def provider(met, crooked: Crooked) -> Provider:
    return uses(met, crooked.issuer, "met.example", trusted_amr=["mfa"], newcomers="everybody")


@pytest.fixture
def started(client: Client, provider: Provider) -> dict[str, str]:
    """What the browser carried there."""
    return asked(go_to(client))


def bring(client: Client, started: dict[str, str], code: str = "metropolitan", **more: str) -> Any:
    answer = client.get(f"/sign-in/{code}/back/", {"code": "c", "state": started["state"], **more})
    return answer


def is_let_in(client: Client) -> bool:
    return client.get("/your-account/").status_code == 200


def is_refused(client: Client, answer: Any, code: str) -> bool:
    """Nobody came in, nobody was made or tied, and the trail names why."""
    noted = AuditEvent.objects.filter(action="sign_in.refused").order_by("pk").last()
    assert answer.status_code == 400, answer.content.decode()
    assert not is_let_in(client)
    assert not Identity.objects.exists()
    assert not User.objects.filter(full_name="Mal Lory").exists()
    return noted is not None and noted.to_state == code


def test_a_token_in_which_everything_is_right_lets_in(client, crooked, started):
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
    assert bring(client, started).status_code == 302
    assert is_let_in(client)


def test_so_does_one_signed_with_es256(client, crooked, started):
    crooked.keys = [public_key(EC, "ES256")]
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY), EC, "ES256")
    bring(client, started)
    assert is_let_in(client)


TIMES = {"exp", "iat", "nbf"}  # given below in seconds from now


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"iss": "https://elsewhere.example"}, "issuer"),
        ({"aud": "somebody-else"}, "audience"),
        ({"aud": ["harbour", "somebody-else"]}, "audience"),
        ({"aud": ["harbour", "somebody-else"], "azp": "somebody-else"}, "audience"),
        ({"azp": "somebody-else"}, "audience"),
        ({"exp": -3600}, "expired"),
        ({"iat": -3600}, "expired"),
        ({"iat": 36000}, "token"),
        ({"nbf": 36000}, "token"),
        ({"exp": None}, "token"),
        ({"iat": None}, "token"),
        ({"aud": None}, "token"),
        ({"iss": None}, "token"),
        ({"sub": None}, "token"),
        ({"sub": ""}, "subject"),
        ({"sub": "x" * 256}, "subject"),
        ({"nonce": None}, "token"),
        ({"nonce": "of another sign-in"}, "nonce"),
    ],
    ids=str,
)
def test_a_token_with_one_thing_wrong_lets_nobody_in(client, crooked, started, changed, code):
    now = int(time.time())
    changed = {name: now + value if name in TIMES and value else value for name, value in changed.items()}
    crooked.signs(crooked.claims(**{"nonce": started["nonce"], **SOMEBODY, **changed}))
    assert is_refused(client, bring(client, started), code)


def test_a_token_without_a_signature_lets_nobody_in(client, crooked, started):
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY), None, "none")
    assert is_refused(client, bring(client, started), "algorithm")


def test_the_public_key_is_no_password(client, crooked, started):
    """HS256 keyed with the published key: the old confusion of a secret with a public key."""
    pem = RSA.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    def part(thing: Any) -> bytes:
        return base64.urlsafe_b64encode(json.dumps(thing).encode()).rstrip(b"=")

    head = part({"alg": "HS256", "kid": KID, "typ": "JWT"})
    signed = head + b"." + part(crooked.claims(nonce=started["nonce"], **SOMEBODY))
    mac = base64.urlsafe_b64encode(hmac.new(pem, signed, hashlib.sha256).digest()).rstrip(b"=")
    crooked.token = (signed + b"." + mac).decode()
    assert is_refused(client, bring(client, started), "algorithm")


def test_hs256_with_the_clients_secret_lets_nobody_in(client, crooked, started, provider):
    secret = provider.client_secret.ljust(40, "x")
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY), secret, "HS256")
    assert is_refused(client, bring(client, started), "algorithm")


@pytest.mark.parametrize("key", [OTHER_RSA, SHORT_RSA])
def test_a_key_that_is_not_published_lets_nobody_in(client, crooked, started, key):
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY), key)
    assert is_refused(client, bring(client, started), "token")


def test_a_weak_key_lets_nobody_in(client, crooked, started):
    crooked.keys = [public_key(SHORT_RSA)]
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY), SHORT_RSA)
    assert is_refused(client, bring(client, started), "key")


@pytest.mark.parametrize(
    "keys",
    [
        [],
        [public_key(use="enc")],
        [public_key(kid="another")],
        [public_key(), public_key(OTHER_RSA)],
        [{"kty": "RSA", "kid": KID}],
        ["no key at all"],
    ],
    ids=["none", "for encrypting", "another id", "two of one id", "half a key", "no key"],
)
def test_where_no_one_key_fits_nobody_comes_in(client, crooked, started, keys):
    crooked.keys = keys
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
    assert is_refused(client, bring(client, started), "key")


@pytest.mark.parametrize("token", ["", "a.b.c", "not a token", "..", "é.é.é"])
def test_what_is_no_token_lets_nobody_in(client, crooked, started, token):
    crooked.token = token
    assert is_refused(client, bring(client, started), "token")


def test_a_header_that_asks_for_more_than_we_know_lets_nobody_in(client, crooked, started):
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY), crit=["b64"], b64=True)
    answer = bring(client, started)
    assert is_refused(client, answer, "algorithm") or is_refused(client, answer, "token")


def test_a_changed_key_is_asked_for_once_more(client, crooked, started):
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
    bring(client, started)
    crooked.keys = [public_key(OTHER_RSA, kid="new")]
    again = asked(go_to(client))
    crooked.signs(crooked.claims(nonce=again["nonce"], **SOMEBODY), OTHER_RSA, kid="new")
    assert bring(client, again).status_code == 302
    before = crooked.asked.count("/keys")
    for _ in range(3):  # unknown keys do not make us ask at a stranger's pace
        more = asked(go_to(client))
        crooked.signs(crooked.claims(nonce=more["nonce"], **SOMEBODY), kid="unknown")
        bring(client, more)
    assert crooked.asked.count("/keys") == before


def test_a_state_counts_once(client, crooked, started):
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
    bring(client, started)
    client.post("/accounts/logout/")
    assert bring(client, started).status_code == 400
    assert not is_let_in(client)


def test_a_token_of_before_does_not_serve_again(client, crooked, started):
    """The nonce of an earlier sign-in, with a state of now."""
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
    bring(client, started)
    client.post("/accounts/logout/")
    later = asked(go_to(client))
    answer = bring(client, later)
    assert answer.status_code == 400
    assert not is_let_in(client)


@pytest.mark.parametrize("state", ["", "made up", "\x00"])
def test_without_the_state_of_this_browser_nobody_comes_in(client, crooked, started, state):
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
    assert bring(client, {**started, "state": state}).status_code == 400
    assert not is_let_in(client)


def test_another_browsers_answer_is_worth_nothing_here(crooked, started):
    """Somebody sends a victim the end of a sign-in of their own."""
    victim = Client()
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
    assert bring(victim, started).status_code == 400
    assert not is_let_in(victim)


def test_a_sign_in_started_long_ago_is_over(client, crooked, provider):
    with time_machine.travel("2026-11-20 10:00:00+00:00") as clock:
        started = asked(go_to(client))
        clock.shift(11 * 60)
        crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
        assert bring(client, started).status_code == 400
        assert not is_let_in(client)


def test_the_answer_of_one_organisation_does_not_end_a_sign_in_at_another(
    client, crooked, provider, kent, settings
):
    """Mix-up: the browser set out for Kent, and comes back at the Met's address, or with the Met's name."""
    with running() as honest:
        uses(kent, honest.issuer, "kent.example", trusted_amr=["mfa"], newcomers="everybody")
        started = asked(go_to(client, "kent"))
        crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
        assert is_refused(client, bring(client, started), "mix_up")
        started = asked(go_to(client, "kent"))
        assert is_refused(client, bring(client, started, "kent", iss=crooked.issuer), "mix_up")
        assert "/token" not in crooked.asked
        assert "/token" not in honest.asked


def test_a_provider_that_names_itself_must_do_so(client, crooked, provider):
    crooked.told = {"authorization_response_iss_parameter_supported": True}
    started = asked(go_to(client))
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
    assert is_refused(client, bring(client, started), "mix_up")
    started = asked(go_to(client))
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
    assert bring(client, started, iss=crooked.issuer).status_code == 302


def test_the_same_subject_at_another_issuer_is_somebody_else(client, crooked, provider, met_officer, kent):
    for place, issuer in ((met_officer.organisation, "https://before.example"), (kent, crooked.issuer)):
        Identity.objects.create(
            organisation=place, issuer=issuer, subject="subject-1", user=met_officer.user, proof="password"
        )
    started = asked(go_to(client))
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
    bring(client, started)
    assert "Mal Lory" in client.get("/your-account/").content.decode()
    assert Identity.objects.filter(user=met_officer.user).count() == 2


def test_the_settings_changed_between_going_and_coming_back(client, crooked, provider, started):
    Provider.objects.update(issuer="https://new.example")
    crooked.signs(crooked.claims(nonce=started["nonce"], **SOMEBODY))
    assert is_refused(client, bring(client, started), "mix_up")


def test_a_provider_that_has_moved_in_its_own_words_is_not_followed(client, crooked, provider):
    crooked.told = {"issuer": "https://elsewhere.example"}
    answer = client.get("/sign-in/metropolitan/")
    assert answer.status_code == 502
    assert "calls itself by another name" in answer.content.decode()

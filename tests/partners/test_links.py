"""A partner without accounts: the link, the code, and what neither opens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.exceptions import NotVisible
from foundation.messaging.models import Message
from partners import selectors, services
from partners.deadlines import CODE_TRIES, CODES, LINK_TRIES, PROGRESS_WITHIN, RENEW_BEFORE
from partners.models import Link, LinkCode, Profile
from partners.services import links, renewing, telling
from partners.services.links import Given
from tests.partners import making

pytestmark = pytest.mark.django_db


def mailed(referral) -> str:
    """The secret of the newest link that was e-mailed."""
    body = Message.objects.filter(owner_label="partners.Link").latest("pk").body
    return re.search(r"/partners/open/([\w-]+)/", body)[1]


def sent_code(token_hash: str) -> str:
    row, code = links.make_code(token_hash)
    telling.send_code(row, code)
    message = Message.objects.get(owner_label="partners.LinkCode", owner_id=row.pk)
    assert code in message.body
    return code


@pytest.fixture
def token(referral) -> str:
    telling.tell_partner(referral.pk, "sent", "draft")
    return mailed(referral)


@pytest.fixture
def opened(token) -> str:
    return links.give_code(links.digest(token), sent_code(links.digest(token))).key


def test_no_e_mail_names_anybody_and_all_go_to_the_address_in_the_directory(referral, token, tracing) -> None:
    sent_code(links.digest(token))
    for message in Message.objects.filter(service="partners"):
        assert message.to == tracing.email
        assert "Ada" not in message.body + message.subject
        assert referral.incident.reference not in message.body


def test_a_session_sees_its_one_referral_and_nothing_else(
    opened, referral, met_coordinator, tracing, stranger_worker
) -> None:
    other = making.referred(
        met_coordinator, referral.incident, tracing, takes="counselling", fields=making.SUPPORT
    )
    actor = links.actor_of(opened)
    assert list(selectors.visible_to(actor)) == [referral]
    assert selectors.content_of(actor, referral) == making.TRACED
    with pytest.raises(NotVisible):
        services.accept(actor=actor, referral_id=other.pk, worker="Robin")
    with pytest.raises(NotVisible):
        services.withdraw(actor=stranger_worker.actor, referral_id=referral.pk, reason="in_error")
    with pytest.raises(Refused):
        services.withdraw(actor=actor, referral_id=referral.pk, reason="in_error")
    assert services.accept(actor=actor, referral_id=referral.pk, worker="Robin").status == "accepted"


def test_a_forged_an_expired_and_a_replaced_link_open_nothing(referral, token, met_coordinator) -> None:
    assert links.make_code(links.digest("forged")) is None
    services.resend(actor=met_coordinator.actor, referral_id=referral.pk)
    assert links.make_code(links.digest(token)) is None
    newer = links.digest(mailed(referral))
    assert links.make_code(newer) is not None
    Link.objects.update(expires_at=timezone.now())
    assert links.make_code(newer) is None


def test_a_code_works_once_for_minutes_and_only_the_newest(token) -> None:
    held = links.digest(token)
    older, code = sent_code(held), sent_code(held)
    if older != code:
        assert links.give_code(held, older).given is Given.WRONG
    assert links.give_code(held, code).given is Given.RIGHT
    assert links.give_code(held, code).given is Given.OVER
    late = sent_code(held)
    LinkCode.objects.update(expires_at=timezone.now())
    assert links.give_code(held, late).given is Given.OVER


def test_guessing_ends_the_code_and_then_the_link(token) -> None:
    held = links.digest(token)
    wrong, rounds = 0, 0
    given = Given.WRONG
    while given is not Given.ENDED:
        code, rounds = sent_code(held), rounds + 1
        for _ in range(CODE_TRIES):
            given = links.give_code(held, f"{(int(code) + 1) % 1_000_000:06d}").given
            wrong += 1
        assert links.give_code(held, code).given in {Given.OVER, Given.ENDED}
    assert (wrong, rounds) == (LINK_TRIES, LINK_TRIES // CODE_TRIES)
    assert links.make_code(held) is None


def test_only_so_many_codes_are_sent_in_an_hour(token) -> None:
    held = links.digest(token)
    made = [links.make_code(held) for _ in range(CODES + 1)]
    assert made.count(None) == 1
    LinkCode.objects.update(made_at=timezone.now() - timedelta(hours=2))
    assert links.make_code(held) is not None


def test_a_session_ends_with_the_referral_when_idle_and_when_finished(
    opened, referral, met_coordinator
) -> None:
    assert links.actor_of("forged") is None
    referral.links.get().sessions.update(seen_at=timezone.now() - timedelta(hours=1))
    assert links.actor_of(opened) is None
    referral.links.get().sessions.update(seen_at=timezone.now())
    assert links.actor_of(opened) is not None
    services.withdraw(actor=met_coordinator.actor, referral_id=referral.pk, reason="not_needed")
    assert links.actor_of(opened) is None


def test_a_reminder_and_a_renewal_put_nobody_out_and_a_link_sent_anew_does(
    opened, token, referral, met_coordinator
) -> None:
    now = timezone.now()
    for kind in ("reminder", "renewed"):
        telling.write_to_partner(referral, kind, now=now)
        assert links.actor_of(opened) is not None
        assert links.make_code(links.digest(token)) is None
    assert links.make_code(links.digest(mailed(referral))) is not None
    services.resend(actor=met_coordinator.actor, referral_id=referral.pk)
    assert links.actor_of(opened) is None


@pytest.mark.parametrize("is_held", [True, False])
def test_a_fresh_link_comes_before_the_one_that_a_partner_works_by_runs_out(
    token, referral, partner_worker, is_held
) -> None:
    if is_held:
        services.accept(actor=partner_worker.actor, referral_id=referral.pk, worker="Robin")
    assert renewing.renew_links() == 0
    Link.objects.update(expires_at=timezone.now() + RENEW_BEFORE)
    assert renewing.renew_links() == 1
    assert renewing.renew_links() == 0
    fresh = links.digest(mailed(referral))
    assert links.make_code(links.digest(token)) is None
    assert links.make_code(fresh) is not None
    said = Message.objects.filter(owner_label="partners.Link").latest("pk")
    assert "a new link to referral" in said.subject
    assert "waits for your answer" not in said.body
    assert Link.objects.get(ended_at=None).expires_at > timezone.now() + PROGRESS_WITHIN


def test_no_fresh_link_comes_where_none_is_needed(
    token, referral, met_coordinator, tracing, partner_worker
) -> None:
    """To a partner with accounts, for a link that wrong codes have ended, or once the referral has ended."""
    soon = timezone.now() + RENEW_BEFORE
    Link.objects.update(expires_at=soon)
    Profile.objects.update(works_by="account")
    assert renewing.renew_links() == 0
    Profile.objects.update(works_by="link")
    Link.objects.update(ended_at=timezone.now())
    assert renewing.renew_links() == 0
    telling.write_to_partner(referral, "again", now=timezone.now())
    services.withdraw(actor=met_coordinator.actor, referral_id=referral.pk, reason="not_needed")
    Link.objects.update(expires_at=soon)
    assert renewing.renew_links() == 0


def test_an_address_that_takes_nothing_holds_up_no_other_link(
    token, referral, tracing, met_coordinator
) -> None:
    other = making.partner("other-trust")
    sent = making.referred(met_coordinator, referral.incident, other)
    telling.tell_partner(sent.pk, "sent", "draft")
    Link.objects.update(expires_at=timezone.now() + RENEW_BEFORE)
    Profile.objects.filter(pk=tracing.pk).update(email="nobody")
    assert renewing.renew_links() == 1
    assert Link.objects.get(ended_at=None, referral=sent).expires_at > timezone.now() + RENEW_BEFORE


def test_the_sender_reads_that_a_link_has_run_out(client, token, referral, met_coordinator) -> None:
    at = f"/partners/referrals/{referral.reference}/"
    browser = met_coordinator.sign_in(client)
    assert b"No link opens this referral now" not in browser.get(at).content
    Link.objects.update(expires_at=timezone.now())
    assert b"No link opens this referral now" in browser.get(at).content


def test_through_the_pages_nothing_shows_without_the_code(client, token, referral) -> None:
    assert client.get("/partners/link/").status_code == 403
    opened = client.get(f"/partners/open/{token}/")
    assert (opened.status_code, opened["Location"]) == (302, "/partners/link/code/")
    page = client.get("/partners/link/code/").content.decode()
    assert referral.reference not in page
    assert "Metropolitan" not in page
    client.post("/partners/link/code/", {"send": "1"})
    code = re.search(r"\d{6}", Message.objects.get(owner_label="partners.LinkCode").body)[0]
    assert client.get("/partners/link/").status_code == 403
    assert b"not the code" in client.post("/partners/link/code/", {"submit": "1", "code": "x"}).content
    client.post("/partners/link/code/", {"submit": "1", "code": code})
    assert b"Ada Example" in client.get("/partners/link/").content
    client.post("/partners/link/accept/", {"worker": "Robin"})
    client.post("/partners/link/progress/", {"words": "Registers asked."})
    done = client.post("/partners/link/complete/", {"outcome": "not_traced", "words": "Looked in all."})
    assert done["Location"] == "/partners/link/done/"
    referral.refresh_from_db()
    assert (referral.status, referral.worker) == ("completed", "Robin")
    assert client.get("/partners/link/").status_code == 403
    assert client.get(f"/partners/referrals/{referral.reference}/").status_code == 302  # to sign in

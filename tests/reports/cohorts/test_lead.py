"""A review whose lead has gone finds another."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.accounts.models import Membership
from foundation.audit.models import AuditEvent
from foundation.exceptions import NotVisible
from reports.cohorts import selectors, services
from tests.cast import member

pytestmark = pytest.mark.django_db


def test_somebody_who_may_lead_takes_over_from_a_lead_who_has_gone(
    review, met_coordinator, met_inspector, met, kent
) -> None:
    heir = member("heir@met.example", "Noor Heir", met, Role.POLICE_COORDINATOR)
    stranger = member("lead@kent.example", "Kit Stranger", kent, Role.POLICE_COORDINATOR)
    assert not selectors.reviews_visible_to(heir.actor).exists()
    with pytest.raises(NotVisible):
        services.take_lead(actor=heir.actor, review_id=review.pk)
    with pytest.raises(Refused) as led:
        services.take_lead(actor=met_coordinator.actor, review_id=review.pk)
    assert led.value.refusal.code == "led"

    Membership.objects.filter(user=met_coordinator.user).update(ended_at=timezone.now())
    assert list(selectors.reviews_visible_to(heir.actor)) == [review]
    assert not selectors.reviews_visible_to(stranger.actor).exists()
    with pytest.raises(NotVisible):
        services.take_lead(actor=stranger.actor, review_id=review.pk)
    with pytest.raises(Refused):
        services.take_lead(actor=met_inspector.actor, review_id=review.pk)
    services.take_lead(actor=heir.actor, review_id=review.pk)
    changed = services.change_reader(
        actor=heir.actor,
        review_id=review.pk,
        version=review.version + 1,
        gone_id=met_coordinator.user.pk,
        user_id=heir.user.pk,
        reason="She left the force.",
    )
    assert (changed.lead_id, changed.reader_ids[0]) == (heir.user.pk, heir.user.pk)
    assert "cohort.lead_taken" in set(AuditEvent.objects.values_list("action", flat=True))
    with pytest.raises(Refused):
        services.take_lead(actor=heir.actor, review_id=review.pk)


def test_an_ended_review_is_nobodys_to_take_over(review, met_coordinator, met) -> None:
    heir = member("heir@met.example", "Noor Heir", met, Role.POLICE_COORDINATOR)
    services.give_up(actor=met_coordinator.actor, review_id=review.pk, reason="No time.")
    Membership.objects.filter(user=met_coordinator.user).update(ended_at=timezone.now())
    assert not selectors.reviews_visible_to(heir.actor).exists()
    with pytest.raises(NotVisible):
        services.take_lead(actor=heir.actor, review_id=review.pk)


def test_the_page_lets_them_take_it_over_by_one_button(review, met_coordinator, met, client) -> None:
    heir = member("heir@met.example", "Noor Heir", met, Role.POLICE_COORDINATOR)
    Membership.objects.filter(user=met_coordinator.user).update(ended_at=timezone.now())
    browser = heir.sign_in(client)
    page = reverse("cohorts:review", args=[review.reference])
    assert "Lead it from now on" in browser.get(page).content.decode()
    browser.post(reverse("cohorts:take_lead", args=[review.reference]))
    after = browser.get(page).content.decode()
    assert "Noor Heir" in after
    assert "Lead it from now on" not in after

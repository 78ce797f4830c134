"""A referral that ended after the backup was made is not open again in what is restored."""

from __future__ import annotations

import pytest
from django.db import transaction

from config.switchboard import REAPPLY
from foundation.backups.models import LedgerLine
from partners import selectors, services
from partners.models import Link, Referral

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path) -> None:
    settings.LEDGER_FOLDER = str(tmp_path)


def ended_since(referral: Referral, end) -> LedgerLine:
    """It ends, which the ledger notes; then the database is as it was before."""
    before = transaction.savepoint()
    end()
    line = LedgerLine.objects.get(kind="partners.ended")
    transaction.savepoint_rollback(before)
    return line


@pytest.mark.parametrize("begun", [True, False])
def test_it_comes_back_to_its_sender_and_the_partner_sees_it_no_more(
    referral, met_coordinator, partner_worker, begun
) -> None:
    given = {"actor": partner_worker.actor, "referral_id": referral.pk}
    if begun:
        services.accept(worker="Robin", **given)

    def end() -> None:
        if begun:
            services.give_back(words="Nobody left.", **given)
        else:
            services.reject(reason="no_capacity", **given)

    line = ended_since(referral, end)
    assert Referral.objects.get().is_open

    assert REAPPLY[line.kind](line.ids)

    row = Referral.objects.get()
    assert (row.status, row.return_reason) == ("returned", "restored")
    assert row.release.status == "revoked"
    assert selectors.content_of(partner_worker.actor, row) == {}
    assert not Link.objects.filter(referral=row, ended_at=None).exists()
    assert list(selectors.listed(met_coordinator.actor, "back")) == [row]
    # A second look changes nothing, and what the backup never knew is said to be unknown.
    assert REAPPLY[line.kind](line.ids)
    assert not REAPPLY[line.kind]({"referral_id": 0})
    assert not LedgerLine.objects.filter(kind="partners.ended").exists()

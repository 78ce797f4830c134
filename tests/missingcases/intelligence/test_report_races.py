"""Two people on one report, with real threads and real commits."""

from __future__ import annotations

import pytest

from foundation.accounts.enums import Role
from missingcases.enums import ReleaseStatus
from missingcases.intelligence import services as intelligence
from missingcases.intelligence.models import Report, Source
from missingcases.models import Release
from tests.cast import member
from tests.missingcases.intelligence import making
from tests.missingcases.test_races import at_once

pytestmark = pytest.mark.usefixtures("committing_db")


def test_two_managers_send_it_once_and_it_is_acknowledged_or_withdrawn(
    agreed, caseworker, duty_manager, charity, met, met_officer
) -> None:
    second = member("manager2@charity.example", "Ola Sand", charity, Role.CHARITY_MANAGER).actor
    report = making.approved(caseworker.actor, duty_manager.actor, force_id=met.pk)
    first, told = duty_manager.actor, {"reference": report.reference}
    done, refused = at_once(
        lambda: intelligence.send_report(actor=first, **told),
        lambda: intelligence.send_report(actor=second, **told),
    )
    assert (done, len(refused), Release.objects.count()) == (1, 1, 1)
    officer = met_officer.actor
    at_once(
        lambda: intelligence.acknowledge_report(actor=officer, **told),
        lambda: intelligence.withdraw_report(actor=first, reason="Mistaken.", **told),
    )
    report.refresh_from_db()
    assert (report.status, report.release.status) == ("withdrawn", ReleaseStatus.REVOKED)


def test_one_source_gets_one_code_from_two_writers_at_once(caseworker, second_caseworker) -> None:
    done, _ = at_once(
        *(
            lambda who=who.actor: making.drafted(who, source_key="families.Member:7")
            for who in (caseworker, second_caseworker)
        )
    )
    assert (done, Source.objects.count(), Report.objects.count()) == (2, 1, 2)

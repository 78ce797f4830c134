"""Systems pull what was released to their organisation, read it and acknowledge it."""

import pytest
from django.test import Client

from foundation.audit.models import AuditEvent
from missingcases import services
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.models import Release
from tests.missingcases import releasing

pytestmark = pytest.mark.django_db


@pytest.fixture
def extract(rhi_interviewer, met) -> Release:
    return releasing.released(rhi_interviewer.actor, met.pk)


def test_a_system_pulls_reads_and_acknowledges_what_its_organisation_was_told(
    extract, met_system, kent_system, met
) -> None:
    at = f"/releases/{extract.reference}"
    [told] = met_system.get("/releases?waiting=true").json()["releases"]
    assert (told["reference"], told["from"], told["first_read_at"]) == (
        extract.reference,
        "missing-people",
        None,
    )
    assert "said" not in told
    assert "source" not in str(told)
    assert met_system.get(at).json()["said"] == {"where_and_with_whom": "A flat near the station."}
    for answer in (kent_system.get(at), kent_system.post(f"{at}/acknowledge", {})):
        assert answer.status_code == 404
    assert kent_system.get("/releases").json() == {"releases": [], "has_more": False}
    done = met_system.post(f"{at}/acknowledge", {}, key="ack-12345678")
    assert done.status_code == 200, done.json()
    again = met_system.post(f"{at}/acknowledge", {}, key="ack-12345678")
    assert again.json() == done.json()
    refused = met_system.post(f"{at}/acknowledge", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "nothing_to_acknowledge")
    row = Release.objects.get()
    assert row.acknowledged_by_client_id == met_system.client.pk
    assert met_system.get("/releases?waiting=true").json()["releases"] == []
    assert AuditEvent.objects.filter(action="release.read", client_id=met_system.client.pk).count() == 1


def test_a_threat_to_life_is_acknowledged_by_a_person_and_what_is_gone_is_404(
    caseworker, duty_manager, met, met_system, extract
) -> None:
    threat = releasing.released(
        caseworker.actor,
        met.pk,
        ReleaseKind.THREAT_TO_LIFE,
        lawful_basis=LawfulBasis.VITAL_INTERESTS,
        terms=None,
    )
    assert met_system.get(f"/releases/{threat.reference}").status_code == 404
    services.decide_release(actor=duty_manager.actor, release_id=threat.pk, approve=True, reason="Her life.")
    refused = met_system.post(f"/releases/{threat.reference}/acknowledge", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "role")
    page = met_system.get("/releases?limit=1").json()
    assert ([one["reference"] for one in page["releases"]], page["has_more"]) == ([threat.reference], True)
    older = met_system.get(f"/releases?limit=1&before={threat.reference}").json()
    assert [one["reference"] for one in older["releases"]] == [extract.reference]
    services.revoke_release(actor=duty_manager.actor, release_id=extract.pk, reason="Her wish.")
    assert met_system.get(f"/releases/{extract.reference}").status_code == 404
    for place in (extract.reference, "RL-00000000", "x"):
        assert met_system.get(f"/releases?before={place}").status_code == 422


def test_an_intelligence_report_is_answered_where_it_is_kept(
    caseworker, met, met_system, met_officer
) -> None:
    row = releasing.released(caseworker.actor, met.pk, ReleaseKind.INTELLIGENCE)
    assert met_system.get("/releases?waiting=true").json()["releases"] == []
    refused = met_system.post(f"/releases/{row.reference}/acknowledge", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "answered_elsewhere")
    client = met_officer.sign_in(Client())
    assert "under Intelligence" in client.get(f"/releases/{row.reference}/").content.decode()
    assert client.post(f"/releases/{row.reference}/acknowledge/").status_code == 403
    row.refresh_from_db()
    assert row.acknowledged_at is None

"""One of everything that people find, keep and connect: merges, views, exports, systems."""

from __future__ import annotations

from foundation.accounts.models import Organisation
from foundation.clients import services as clients
from foundation.single_sign_on.models import Identity, Provider
from missingcases.links import services as links
from missingcases.matching.models import LikelyPair
from missingcases.merging import services as merging
from missingcases.models import Incident
from missingcases.search import services as search
from missingcases.selectors import Filters
from tests.cast import Member
from tests.missingcases_pages import world


def found_and_kept(incident: Incident, officer: Member, supervisor: Member, words: str) -> dict[str, str]:
    """The arguments of the pages `people` and `search`, by the page's name or the argument's."""
    actor = officer.actor
    gone, other = (world.reported(actor, words[:60], words[:60]) for _ in range(2))
    merge = merging.merge_people(
        actor=supervisor.actor,
        keep=incident.person.reference,
        gone=gone.person.reference,
        reason="Because",
    )
    pair = LikelyPair.objects.create(
        organisation=officer.organisation,
        first=incident.person,
        second=other.person,
        score=30,
        reasons=["same_name"],
    )
    view = search.save_view(actor=actor, listing="incidents", name=words[:60], answers={"risk": "high"})
    export = search.ask_for_export(actor=actor, filters=Filters(), kind="csv")
    return {
        "other": other.person.reference,
        "merge": merge.reference,
        "pair_id": str(pair.pk),
        **dict.fromkeys(("open_view", "default_view", "delete_view"), view.reference),
        **dict.fromkeys(("export", "progress", "download"), export.reference),
    }


def linked_with_essex(incident: Incident, supervisor: Member, words: str) -> str:
    """The reference of a question to a force that is none of the attackers'."""
    essex = Organisation.objects.get(code="essex")
    return links.ask_link(
        actor=supervisor.actor, incident_id=incident.pk, organisation_id=essex.pk, words=words[:500]
    ).reference


def system_of(administrator: Member) -> str:
    """The reference of a system of the administrator's organisation."""
    made = clients.make_client(actor=administrator.actor, name="Okapi", scopes=["incidents:read"])
    return made.client.reference


def tied_to(officer: Member) -> int:
    """The id of what ties that officer to a sign-in of their organisation, which is not switched on."""
    given = {"organisation": officer.organisation, "issuer": "https://okapi.example"}
    Provider.objects.create(**given, client_id="okapi", client_secret="okapi", scopes=["openid"])
    return Identity.objects.create(**given, subject="okapi", user=officer.user, proof="password").pk

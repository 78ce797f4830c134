"""Appeals as somebody may see them, and the facts that gates are judged by."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone

from appeals import checks
from appeals.enums import Party
from appeals.gates import ADULT_FROM, Answer, Facts
from appeals.models import Appeal, AppealArea, Consent, Content, PartyView, Picture, Wording
from foundation.accounts.enums import POLICE, PUBLICITY_DESK, OrganisationKind, Role
from foundation.actors import Actor
from foundation.clock import in_london
from foundation.contributions import told_alert
from foundation.exceptions import NotVisible
from foundation.places.models import Area
from foundation.places.selectors import ancestors
from missingcases.enums import Known, PhotoConsent
from missingcases.models import Incident
from missingcases.selectors import incidents_visible_to, kept_from_family

WALES = "W92000004"


def appeals_visible_to(actor: Actor) -> QuerySet[Appeal]:
    """The owner force's people and systems: those of incidents they see. The charity's desk: its own."""
    if actor.organisation_kind is OrganisationKind.CHARITY and actor.holds(
        PUBLICITY_DESK | {Role.CHARITY_CASEWORKER}
    ):
        return Appeal.objects.filter(charity_id=actor.organisation_id)
    if actor.organisation_kind is OrganisationKind.POLICE_FORCE and actor.holds(POLICE | {Role.API_CLIENT}):
        return Appeal.objects.filter(
            organisation=actor.organisation_id, incident__in=incidents_visible_to(actor)
        )
    return Appeal.objects.none()


def appeal_for(actor: Actor, reference: str) -> Appeal:
    """One appeal. Raises `NotVisible`; the caller audits the opening."""
    rows = appeals_visible_to(actor).select_related("incident", "organisation", "charity")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def appeals_of(actor: Actor, incident_id: int) -> QuerySet[Appeal]:
    """The appeals of one incident, the newest first."""
    return appeals_visible_to(actor).filter(incident_id=incident_id).order_by("-requested_at", "-pk")


def newest_content(appeal: Appeal) -> Content | None:
    """The version that is worked on, or was published."""
    rows = Content.objects.filter(appeal_id=appeal.pk).select_related("area", "picture__photo", "appeal")
    return rows.order_by("-number").first()


def content_at(appeal: Appeal, number: int) -> Content | None:
    """One version, also an earlier one."""
    rows = Content.objects.filter(appeal_id=appeal.pk, number=number)
    return rows.select_related("area", "picture__photo", "appeal", "made_by").first()


def wordings_of(content: Content | None) -> list[Wording]:
    """Every wording of a version, that for everybody first."""
    if content is None:
        return []
    rows = Wording.objects.filter(content=content).select_related("region")
    return sorted(rows, key=lambda one: (one.audience != "public", one.audience, one.language, one.pk))


def newest_views(appeal: Appeal) -> list[PartyView]:
    """The newest view of each party."""
    return list(
        PartyView.objects.filter(appeal_id=appeal.pk)
        .order_by("party", "-recorded_at", "-pk")
        .distinct("party")
    )


def newest_consents(appeal: Appeal) -> list[Consent]:
    """The newest answer of each who was asked for consent."""
    return list(
        Consent.objects.filter(appeal_id=appeal.pk).order_by("by", "-recorded_at", "-pk").distinct("by")
    )


def area_ids_of(appeal: Appeal) -> list[int]:
    """The areas that it is aimed at."""
    return list(AppealArea.objects.filter(appeal_id=appeal.pk).values_list("area_id", flat=True))


def with_all_above(area_ids: Sequence[int]) -> set[int]:
    """These areas and all that they lie within today."""
    today = in_london(timezone.now()).date()
    found = set(area_ids)
    for area_id in area_ids:
        found |= set(ancestors(area_id, on=today).values_list("pk", flat=True))
    return found


def welsh_needed(area_ids: Sequence[int]) -> bool:
    """Whether any of the areas lies in Wales, so that Welsh stands beside English."""
    return Area.objects.filter(pk__in=with_all_above(area_ids), gss_code=WALES).exists()


def problems_of(appeal: Appeal, content: Content | None) -> list[checks.Problem]:
    """What is wrong with a version, or that there is none."""
    if content is None:
        return [checks.Problem("content", "Write what the appeal is to say.")]
    areas = area_ids_of(appeal) or [content.area_id]
    return checks.problems_of(content, wordings_of(content), welsh_needed=welsh_needed(areas))


def facts_of(appeal: Appeal, incident: Incident | None = None) -> Facts:
    """All that gates are judged by, as it stands now. Give the `incident` where its lock is held."""
    held = incident or Incident.objects.get(pk=appeal.incident_id)
    content = newest_content(appeal)
    picture = content.picture if content else None
    problems = problems_of(appeal, content)
    age = held.age_at_report if held.age_at_report is not None else (content.age if content else None)
    return Facts(
        incident_open=held.is_open and not held.starts_held,
        # Of unknown age is treated as a child: the stricter rule holds until somebody knows better.
        is_child=age is None or age < ADULT_FROM,
        placed_by_authority=held.looked_after == Known.YES,
        authorised_at=appeal.authorised_at,
        answers=tuple(
            Answer(one.by, one.status, one.covers_photo, one.covers_surname)
            for one in newest_consents(appeal)
        ),
        overridden=appeal.override_at is not None,
        wishes_recorded=PartyView.objects.filter(appeal_id=appeal.pk, party=Party.PERSON).exists(),
        risk_checked=appeal.risk_checked_at is not None,
        no_publicity=tuple(appeal.no_publicity),
        has_picture=picture is not None,
        photo_refused=picture is not None
        and (picture.photo is None or picture.photo.consent == PhotoConsent.NO),
        shows_surname=bool(content and content.show_surname and content.surname),
        problems=tuple(one.words for one in problems if one.blocks),
        alert_is_out=None if appeal.alert_id is None else told_alert(appeal.alert_id) is not None,
        family_is_danger=bool(kept_from_family([held.pk])),
    )


def areas_of(appeal: Appeal) -> list[Area]:
    """The areas that it is aimed at, by name."""
    aimed = AppealArea.objects.filter(appeal_id=appeal.pk).values("area_id")
    return list(Area.objects.filter(pk__in=aimed).order_by("name"))


def pictures_of(appeal: Appeal) -> list[Picture]:
    """The pictures that its content may show: what the force offered, and what was cut from that."""
    return list(Picture.objects.filter(appeal_id=appeal.pk).order_by("pk"))


def versions_of(appeal: Appeal) -> list[Content]:
    """Every version of its content with all its words, the newest first."""
    rows = Content.objects.filter(appeal_id=appeal.pk).select_related("made_by", "area")
    return list(rows.prefetch_related("wordings__region").order_by("-number"))

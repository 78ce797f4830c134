"""What publicity keeps about people: how it follows a merge, answers them, and ends (domain.md section 8)."""

from __future__ import annotations

from collections.abc import Sequence

from appeals.models import Appeal, Sighting
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access


def _merge_appeals(keep_id: int, gone_id: int, actor: Actor) -> int:
    """Show them with the incident that is kept; what ran was withdrawn when the other was cancelled."""
    return _moved(Appeal, keep_id, gone_id, actor)


def _merge_sightings(keep_id: int, gone_id: int, actor: Actor) -> int:
    """A sighting goes to whoever looks for the person now."""
    return _moved(Sighting, keep_id, gone_id, actor)


def _moved(model: type[Appeal] | type[Sighting], keep_id: int, gone_id: int, actor: Actor) -> int:
    rows = model._default_manager.filter(incident_id=gone_id)
    ids = list(rows.values_list("pk", flat=True))
    rows.update(incident_id=keep_id)
    audit.record(
        actor=actor,
        action="appeals.merged",
        target=model,
        target_ids=ids,
        incident_id=keep_id,
        fields=["incident"],
    )
    return len(ids)


MERGE = (
    Merge("appeals.Appeal", "incident", "Shown with the incident that is kept.", _merge_appeals),
    Merge("appeals.Sighting", "incident", "Goes to the incident that is kept.", _merge_sightings),
    Merge("appeals.Picture", "photo", "A picture stays a copy of the photo it was cut from."),
)

_FORCE, _CHARITY = "appeal__organisation", "appeal__charity"
_THIRD = "What a relative or an authority said is theirs: it is weighed before it is given."
HOLDINGS = (
    Holding(
        "appeals.Appeal",
        "incident",
        "Publicity appeal",
        "requested_at",
        ("reference", "kind", "status", "request_reason", "risk_words", "balance"),
        "organisation",
    ),
    Holding("appeals.PartyView", "appeal", "View on publicity", "recorded_at", ("party",), _FORCE, _THIRD),
    Holding("appeals.Consent", "appeal", "Consent to publicity", "recorded_at", ("status",), _FORCE, _THIRD),
    Holding("appeals.AppealArea", "appeal", "Area of an appeal", "appeal__requested_at", ("area",), _CHARITY),
    Holding(
        "appeals.Content",
        "appeal",
        "Text of an appeal",
        "made_at",
        ("first_name", "surname", "age", "missing_since", "alt_text"),
        _CHARITY,
    ),
    Holding(
        "appeals.Wording",
        "content",
        "Wording of an appeal",
        "content__made_at",
        ("headline", "description", "clothing"),
        "content__appeal__charity",
    ),
    Holding("appeals.Picture", "photo", "Picture of an appeal", "made_at", ("width",), _CHARITY),
    Holding("appeals.Picture", "appeal", "Picture of an appeal", "made_at", ("width",), _CHARITY),
    Holding(
        "appeals.Rendition", "content", "Poster or picture", "made_at", ("kind",), "content__appeal__charity"
    ),
    Holding("appeals.Publication", "appeal", "Page of an appeal", "made_at", ("words",), _CHARITY),
    Holding(
        "appeals.Placement",
        "appeal",
        "Where an appeal was shown",
        "planned_at",
        ("outlet", "status"),
        _CHARITY,
    ),
    Holding("appeals.FeedEntry", "appeal", "In the force's feed", "taken_at", ("gone_at",), _FORCE),
    Holding(
        "appeals.TakedownEntry",
        "placement",
        "How it was taken down",
        "at",
        ("what",),
        "placement__appeal__charity",
    ),
    Holding(
        "appeals.Sighting",
        "incident",
        "Sighting",
        "received_at",
        ("place", "seen_at"),
        "appeal__charity",
        "Who saw them, and what they wrote, is a stranger's: it is weighed before it is given.",
    ),
    Holding(
        "appeals.Sighting",
        "appeal",
        "Sighting",
        "received_at",
        ("place", "seen_at"),
        "appeal__charity",
        _THIRD,
    ),
)
SUBJECT_ACCESS = subject_access(HOLDINGS)

_RECORD = (
    "Kept with the publicity record, at least six years, then reviewed by a person (domain.md section 8)."
)
_PARTS = (
    ("appeals.PartyView", "appeal"),
    ("appeals.Consent", "appeal"),
    ("appeals.AppealArea", "appeal"),
    ("appeals.Content", "appeal"),
    ("appeals.Wording", "content"),
    ("appeals.Picture", "photo"),
    ("appeals.Picture", "appeal"),
    ("appeals.Rendition", "content"),
    ("appeals.Publication", "appeal"),
    ("appeals.Placement", "appeal"),
    ("appeals.FeedEntry", "appeal"),
    ("appeals.TakedownEntry", "placement"),
    ("appeals.Sighting", "incident"),
    ("appeals.Sighting", "appeal"),
)


def _with_publicity(incident_ids: Sequence[int]) -> Sequence[int]:
    """What was published about somebody names them, and is reviewed by a person."""
    known = Appeal.objects.filter(incident_id__in=list(incident_ids))
    return list(known.values_list("incident_id", flat=True).distinct())


RETENTION = (
    Retention("appeals.Appeal", "incident", _RECORD, needs=_with_publicity),
    *(Retention(model, key, _RECORD) for model, key in _PARTS),
)

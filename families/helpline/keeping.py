"""What the helpline's contacts keep about people: how they follow a merge, answer a person, and end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from families.helpline.enums import LinkStatus
from families.helpline.models import Concern, ContactLink
from families.helpline.services import erasing
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import Merge, ReleaseSource, Retention, Schedule
from foundation.keeping import Holding, subject_access

_OWN = "By the charity's own schedule for confidential contacts."


def _merge_links(keep_id: int, gone_id: int, actor: Actor) -> int:
    """A contact goes along with the incident that is kept."""
    ids = list(ContactLink.objects.filter(incident_id=gone_id).values_list("pk", flat=True))
    ContactLink.objects.filter(pk__in=ids).update(incident_id=keep_id)
    if ids:
        audit.record(
            actor=actor,
            action="helpline.links_merged",
            target=ContactLink,
            target_ids=ids,
            incident_id=keep_id,
            fields=["incident"],
        )
    return len(ids)


MERGE = (
    Merge("helpline.ContactLink", "incident", "Comes along with the incident that is kept.", _merge_links),
)
SUBJECT_ACCESS = subject_access(
    (
        Holding(
            "helpline.ContactLink",
            "incident",
            "Contact with the helpline",
            "asked_at",
            ("status",),
            "contact__charity",
            withheld="Who called and what they said is weighed first: it may be another person's confidence.",
        ),
        Holding(
            "helpline.Concern",
            "release",
            "Concern",
            "raised_at",
            ("status",),
            "contact__charity",
            withheld="What a colleague feared is weighed first: knowing it may put somebody at risk.",
        ),
    )
)


def _concerns_about(incident_ids: Sequence[int]) -> list[int]:
    """Concerns of contacts that are linked with these incidents."""
    rows = Concern.objects.filter(
        contact__links__incident_id__in=list(incident_ids), contact__links__status=LinkStatus.LINKED
    )
    return list(rows.values_list("pk", flat=True).distinct())


RELEASES = ReleaseSource("helpline.Concern", _concerns_about)
RETENTION = (
    Retention("helpline.ContactLink", "incident", _OWN),
    Retention(
        "helpline.HelplineContact",
        "charity",
        "Linked with no incident and without a concern: two years after it was closed, or as the charity"
        " sets it; then what was said is emptied (P).",
        whose="charity",
        schedule=Schedule(
            key="helpline",
            title="Contacts with the helpline that no incident knows of",
            kinds=frozenset({OrganisationKind.CHARITY}),
            keep=timedelta(days=2 * 366),
            least=timedelta(days=90),
            longest=timedelta(days=20 * 366),
            ended=erasing.ended_contacts,
            erase=erasing.erase_contacts,
        ),
    ),
    Retention("helpline.Concern", "release", "By the charity's own schedule for safeguarding."),
)

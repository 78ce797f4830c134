"""Taking the picture of an alert away: from that commit on it is shown nowhere, and the alert stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from alerts import selectors
from alerts.enums import RUNNING, AlertStatus, PictureFault
from alerts.events import AlertPictureRemoved
from alerts.models import AlertContent, ChildRescueAlert, PictureRemoval
from alerts.policies.pictures import may_remove_picture
from alerts.services.common import LONGEST_WORDS, hold, need, noted, set_yes_aside, written
from alerts.services.content import details_of, next_version
from alerts.services.telling import on_timeline
from foundation.access import require
from foundation.actors import Actor
from foundation.backups.services.ledger import note
from foundation.events.services import publish
from missingcases.services.common import one_of

REFUSER = Actor.system("alerts.remove_refused_picture")
RESTORER = Actor.system("alerts.restore")


@transaction.atomic
def remove_picture(*, actor: Actor, alert_id: int, fault: str, reason: str = "") -> PictureRemoval:
    """Take away the picture that is shown, or would be. It carries no version: nobody's edit may hold it up.

    The next version is what was written last without it: an update of it is a person's to send. Raises
    `Refused`, `Invalid`, `NotVisible`.
    """
    alert = hold(actor, alert_id)
    shown = selectors.shown_picture(alert)
    require(may_remove_picture(actor, alert, has_picture=shown is not None))
    one_of(PictureFault, fault, "fault")
    problems = (
        {} if reason.strip() or fault != PictureFault.OTHER else {"reason": "Say what is wrong with it."}
    )
    if len(reason) > LONGEST_WORDS:
        problems["reason"] = f"Use {LONGEST_WORDS:,} characters or fewer."
    need(problems)
    assert shown is not None  # noqa: S101 - the policy has refused
    return _remove(actor, alert, shown.stored_name, fault=fault, reason=reason.strip())


def remove_refused(photo_id: int) -> list[int]:
    """Take away the copies of a photo whose record refuses publicity; returns the alerts that had one."""
    rows = ChildRescueAlert.objects.filter(status__in=sorted(RUNNING), contents__photo_id=photo_id)
    ids = list(rows.distinct().order_by("incident_id", "pk").values_list("pk", flat=True))
    return [pk for pk in ids if _remove_copies(pk, photo_id)]


def _remove_copies(alert_id: int, photo_id: int) -> bool:
    alert = hold(REFUSER, alert_id)
    gone = selectors.removed_names(alert.pk)
    copies = alert.contents.filter(photo_id=photo_id).exclude(stored_name="").order_by("number")
    names = [name for name in dict.fromkeys(copies.values_list("stored_name", flat=True)) if name not in gone]
    if not alert.is_running:
        return False
    for name in names:
        _remove(REFUSER, alert, name, fault=PictureFault.CONSENT, reason="")
    return bool(names)


@transaction.atomic
def remove_again(ids: Mapping[str, Any]) -> bool:
    """After a restore: a picture had been taken away."""
    if not ChildRescueAlert.objects.filter(pk=ids["alert_id"]).exists():
        return False
    alert = hold(RESTORER, ids["alert_id"])
    known = alert.contents.filter(stored_name=ids["stored_name"]).exists()
    if known and ids["stored_name"] not in selectors.removed_names(alert.pk):
        _remove(RESTORER, alert, ids["stored_name"], fault=PictureFault.OTHER, reason="")
    return known


def _remove(
    actor: Actor, alert: ChildRescueAlert, stored_name: str, *, fault: str, reason: str
) -> PictureRemoval:
    row = PictureRemoval.objects.create(
        alert=alert,
        stored_name=stored_name,
        fault=fault,
        reason=reason,
        by_id=actor.user_id,
        at=timezone.now(),
    )
    newest = selectors.newest_content(alert)
    if newest is not None and newest.stored_name == stored_name and alert.is_running:
        _write_without(actor, alert, newest)
    noted(actor, alert, "picture_removed", "picture")
    note("alerts.picture_removed", alert_id=alert.pk, stored_name=stored_name)
    if not alert.is_rehearsal:
        words = f"The picture of Child Rescue Alert {alert.reference} is taken away"
        on_timeline(actor, alert, "picture_removed", words)
        if alert.status == AlertStatus.ISSUED:
            publish(AlertPictureRemoved(alert_id=alert.pk))
    return row


def _write_without(actor: Actor, alert: ChildRescueAlert, newest: AlertContent) -> None:
    """The next version, its words still those of whoever wrote them. Who said yes said it to the picture."""
    details = details_of(newest, selectors.wordings_of(newest))
    bare = replace(details, alt_text="", alt_text_cy="")
    next_version(actor, alert, bare, number=newest.number + 1, made_by_id=newest.made_by_id)
    if not set_yes_aside(actor, alert, reason="The picture was taken away."):
        written(alert)

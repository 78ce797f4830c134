"""The lists of the publicity desk, and of a force that follows its own appeals."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import Exact

from appeals import deadlines
from appeals.enums import AppealStatus, PlacementStatus
from appeals.models import Appeal, Content, Placement
from appeals.models.appeals import RUNNING
from appeals.models.placements import OWED
from appeals.selectors.appeals import appeals_visible_to
from appeals.selectors.sharing import left_its_feed
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from missingcases.enums import PhotoConsent
from missingcases.selectors import family_may_be_danger

_A, _P = AppealStatus, PlacementStatus


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: its words, what an empty one says, which appeals are on it now, and in which order."""

    key: str
    label: str
    empty: str
    which: Callable[[datetime], Q]
    order: str = "requested_at"


def _status(*statuses: str) -> Callable[[datetime], Q]:
    return lambda now: Q(status__in=statuses)


def _owing(**more: object) -> Exists:
    """Outlets that can be shown to have taken it down, and are not."""
    owed = Placement.objects.filter(appeal=OuterRef("pk"), status__in=OWED)
    return Exists(owed.filter(Q(outlet__verifiable=True) | Q(status=_P.WITHDRAWING), **more))


def _to_confirm(now: datetime) -> Q:
    return Q(_owing())


def _overdue(now: datetime) -> Q:
    return Q(_owing(withdraw_from__lt=now - deadlines.CONFIRM_WITHIN)) | Q(
        Exists(
            Placement.objects.filter(
                appeal=OuterRef("pk"),
                status=_P.WITHDRAWING,
                withdraw_from__lt=now - deadlines.TELL_WITHIN,
            )
        )
    )


def _expiring(now: datetime) -> Q:
    return Q(status__in=[_A.LIVE, _A.PAUSED], expires_at__lt=now + deadlines.ASK_BEFORE_EXPIRY)


def _left_feed(now: datetime) -> Q:
    return Q(left_its_feed(), status__in=sorted(RUNNING))


def _photo_refused(now: datetime) -> Q:
    """Paused, and the record of the photo that it shows refuses publicity."""
    newest = Content.objects.filter(appeal=OuterRef("pk")).order_by("-number")
    answer = Subquery(newest.values("picture__photo__consent")[:1])
    return Q(status=_A.PAUSED) & Q(Exact(answer, Value(PhotoConsent.NO)))


def _endangered(now: datetime) -> Q:
    """Paused, and somebody in the family may be the danger."""
    return Q(family_may_be_danger("incident__person"), status=_A.PAUSED)


def _to_look_at_again(now: datetime) -> Q:
    return _endangered(now) & Q(override_at__isnull=True)


OF_CHARITY: tuple[Listing, ...] = (
    Listing("new", "To take up", "Nobody waits for an appeal to be taken up.", _status(_A.REQUESTED)),
    Listing("check", "To check and write", "No draft waits for you.", _status(_A.DRAFT)),
    Listing("consent", "To agree", "No appeal waits for consent.", _status(_A.POLICE_AUTHORISED)),
    Listing(
        "publish",
        "To publish",
        "Nothing is ready to be published.",
        _status(_A.FAMILY_CONSENTED, _A.SCHEDULED),
    ),
    Listing("feed", "Left the feed", "No appeal left its force's feed.", _left_feed),
    Listing("live", "Live", "No appeal is live.", _status(_A.LIVE, _A.PAUSED), "-first_live_at"),
    Listing("refused", "Photo refused", "No photo was refused after it was published.", _photo_refused),
    Listing("danger", "Family in question", "No appeal is paused for a danger in the family.", _endangered),
    Listing("expiring", "Expiring", "No appeal is about to lapse.", _expiring, "expires_at"),
    Listing("confirm", "To confirm gone", "Every outlet is told and confirmed.", _to_confirm, "withdrawn_at"),
    Listing("overdue", "Overdue", "No outlet is late.", _overdue, "withdrawn_at"),
    Listing("ended", "Ended", "No appeal has ended.", _status(_A.WITHDRAWN, _A.DECLINED), "-requested_at"),
)
OF_FORCE: tuple[Listing, ...] = (
    Listing("authorise", "To authorise", "No draft waits for a supervisor.", _status(_A.DRAFT)),
    Listing("again", "To look at again", "No appeal waits for an inspector.", _to_look_at_again),
    Listing(
        "waiting",
        "With the charity",
        "The charity has nothing of yours to prepare.",
        _status(_A.REQUESTED, _A.POLICE_AUTHORISED, _A.FAMILY_CONSENTED, _A.SCHEDULED),
    ),
    Listing(
        "live", "Live", "No appeal of your force is live.", _status(_A.LIVE, _A.PAUSED), "-first_live_at"
    ),
    Listing("confirm", "Coming down", "Every outlet is told and confirmed.", _to_confirm, "withdrawn_at"),
    Listing("ended", "Ended", "No appeal has ended.", _status(_A.WITHDRAWN, _A.DECLINED), "-requested_at"),
)


def listings_for(actor: Actor) -> tuple[Listing, ...]:
    """The lists of an actor's side."""
    return OF_CHARITY if actor.organisation_kind is OrganisationKind.CHARITY else OF_FORCE


def listed(actor: Actor, listing: Listing, *, now: datetime) -> QuerySet[Appeal]:
    """The appeals of one list that the actor sees, with the name and area that their newest version has."""
    newest = Content.objects.filter(appeal=OuterRef("pk")).order_by("-number")
    rows = appeals_visible_to(actor).filter(listing.which(now)).select_related("organisation", "incident")
    return rows.annotate(
        name=Subquery(newest.values("first_name")[:1]), area_name=Subquery(newest.values("area__name")[:1])
    ).order_by(listing.order, "pk")


def counts_of(actor: Actor, *, now: datetime, most: int = 1000) -> dict[str, int]:
    """How many wait on each list, counted no further than `most`."""
    rows = appeals_visible_to(actor)
    return {
        one.key: rows.filter(one.which(now))[: most + 1].count()
        for one in listings_for(actor)
        if one.key != "ended"
    }


def count_on(actor: Actor, keys: Collection[str], *, now: datetime) -> int:
    """How many appeals are on any of these lists, each once."""
    seen = appeals_visible_to(actor).order_by()
    first, *others = [
        seen.filter(one.which(now)).values("pk") for one in listings_for(actor) if one.key in keys
    ]
    return first.union(*others).count()

"""Whether an issued alert may be updated, renewed, reviewed, ended, or paid for: a `Refusal` or None."""

from __future__ import annotations

from alerts import wording
from alerts.enums import AlertStatus, NoticeKind
from alerts.models import AlertContent, ChildRescueAlert
from alerts.planning import languages_of, newest_content, wordings_of
from alerts.policies.sides import is_missing, of_charity, of_force, of_force_or_charity
from alerts.ranks import authorisers
from foundation.access import Refusal, holds_any
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.actors import Actor

_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
_RANKS_ONLY = "This is for an administrator of the force or of the charity."
_KEEP_RANKS = frozenset({OrganisationKind.POLICE_FORCE, OrganisationKind.CHARITY})
_PRICES_ONLY = "This is for an administrator of the charity."
_REVIEWERS = "This is for whoever may authorise an alert for the force, or a duty manager of the charity."


def _not_running(alert: ChildRescueAlert) -> Refusal | None:
    if alert.status == AlertStatus.ISSUED:
        return None
    return Refusal("not_issued", f"It is {alert.get_status_display().lower()}: nothing of it is going out.")


def may_update(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """New words go out by a duty manager of the charity who did not write them."""
    if (refusal := of_charity(actor) or _not_running(alert) or is_missing(alert)) is not None:
        return refusal
    content = newest_content(alert)
    if content is None or alert.notices.filter(content=content, kind__in=_SAYING).exists():
        return Refusal("nothing_new", "Nothing was written since the last notice. Change the words first.")
    if content.made_by_id is not None and content.made_by_id == actor.user_id:
        return Refusal("own_words", "You wrote these words: somebody else of the charity sends them.")
    return may_be_said(content, needed=languages_of(alert))


_SAYING = (NoticeKind.ALERT, NoticeKind.UPDATE)


def may_be_said(content: AlertContent, *, needed: list[str]) -> Refusal | None:
    """Whether these words may go to the public, and are there in every language that is needed."""
    said = wordings_of(content)
    if missing := [one for one in needed or ["en"] if one not in said]:
        names = ", ".join({"en": "English", "cy": "Welsh"}.get(one, one) for one in missing)
        return Refusal("language", f"Write it in {names} too: some of those who are told read that.")
    found = [
        problem
        for one in said.values()
        for problem in wording.problems((one.headline, one.description, one.instruction, one.text))
    ]
    return Refusal("words", " ".join(dict.fromkeys(found))) if found else None


def may_cancel(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Whoever sees the harm ends it: police of the force, or the charity. One person is enough."""
    if (refusal := _not_running(alert)) is not None:
        return refusal
    return None if actor.is_system else of_force_or_charity(actor, alert)


def may_issue_also(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Add a channel to what is going out: a duty manager of the charity."""
    return of_charity(actor) or _not_running(alert) or is_missing(alert)


def may_review(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Whether it is still needed is said by who may authorise one, or by a manager of the charity."""
    if (refusal := _not_running(alert) or is_missing(alert)) is not None:
        return refusal
    if actor.organisation_kind is OrganisationKind.CHARITY:
        return of_charity(actor)
    return of_force(actor, alert) or holds_any(actor, authorisers(alert.authorising_rank), _REVIEWERS)


def may_approve_cost(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Another duty manager of the charity, who will not issue it: before it is issued, or for an update."""
    if (refusal := of_charity(actor)) is not None:
        return refusal
    if not alert.is_running:
        return Refusal("ended", "The alert has ended.")
    if alert.issued_by_id is not None and alert.issued_by_id == actor.user_id:
        return Refusal("own", "You issued this alert: somebody else approves what it costs.")
    return None


def may_set_prices(actor: Actor) -> Refusal | None:
    """An administrator of the charity, who has the provider's contract."""
    if actor.organisation_kind is not OrganisationKind.CHARITY:
        return Refusal("organisation", _PRICES_ONLY)
    return holds_any(actor, _ADMINISTRATORS, _PRICES_ONLY)


def may_set_rank(actor: Actor) -> Refusal | None:
    """An administrator: of the force for its own, of the charity, which runs the service, for any."""
    if actor.organisation_kind not in _KEEP_RANKS:
        return Refusal("organisation", _RANKS_ONLY)
    return holds_any(actor, _ADMINISTRATORS, _RANKS_ONLY)


def is_of_another(actor: Actor, force: Organisation) -> bool:
    """Whether a force is neither the actor's own nor one of all that the charity looks after."""
    return actor.organisation_kind is not OrganisationKind.CHARITY and actor.organisation_id != force.pk


def may_enter_calls(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """The force that takes the calls says how many there were."""
    if alert.issued_at is None:
        return Refusal("not_issued", "Calls are counted once the alert is issued.")
    return of_force(actor, alert)

"""One appeal: how it stands, what is missing and who must act, the publicity record, what it shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from appeals import gates, policies, selectors, services
from appeals.enums import NoPublicity
from appeals.models import Appeal, Content, FeedEntry
from appeals.states import ON_CHANNELS
from appeals.views.common import at, framed, opened, readers
from foundation.access import Refusal
from foundation.actors import Actor
from foundation.files.serving import sent
from foundation.requests import actor_of
from missingcases.policies import FAMILY_DANGER
from missingcases.views.common import visible

# Where whoever can open a gate goes to do it, and what has to be allowed there.
_PAGE_OF_GATE = {
    "no_objection": ("risk", "risk"),
    "risk_checked": ("risk", "risk"),
    "wishes": ("view", "record"),
    "content": ("content", "edit"),
    "authorised": ("authorise", "authorise"),
    "consent": ("consent", "record"),
    "photo": ("consent", "record"),
    "surname": ("consent", "record"),
}


def _tasks(appeal: Appeal, facts: gates.Facts, may: dict[str, Refusal | None]) -> list[dict[str, Any]]:
    """The gates as a checklist: what is missing, who must act, and the way there for whoever may."""
    tasks = []
    for judged in gates.judge(facts):
        page, needs = _PAGE_OF_GATE.get(judged.gate.code, ("", ""))
        leads = page and not judged.met and may[needs] is None
        tasks.append(
            {
                "title": judged.gate.words,
                "href": at(page, appeal) if leads else "",
                "hint": "" if judged.met else f"{judged.gate.who}. {judged.todo}",
                "status": "Done" if judged.met else "To do",
                "tone": "attention",
                "done": judged.met,
            }
        )
    return tasks


def _offers(
    actor: Actor, appeal: Appeal, facts: gates.Facts, entry: FeedEntry | None
) -> dict[str, Refusal | None]:
    """What each button of the page answers: a policy's refusal, or nothing."""
    return {
        "take_up": policies.may_take_up(actor, appeal),
        "record": policies.may_record(actor, appeal),
        "risk": policies.may_check_risk(actor, appeal),
        "edit": policies.may_edit(actor, appeal),
        "offer": policies.may_offer_photo(actor, appeal),
        "authorise": policies.may_authorise(actor, appeal),
        "override": policies.may_override(actor, appeal),
        "decline": policies.may_decline(actor, appeal),
        "publish": policies.may_publish(actor, appeal, facts),
        "unschedule": policies.may_unschedule(actor, appeal),
        "pause": policies.may_pause(actor, appeal),
        "resume": policies.may_resume(actor, appeal, facts),
        "renew": policies.may_renew(actor, appeal),
        "withdraw": policies.may_withdraw(actor, appeal),
        "keep": policies.may_keep_despite_feed(actor, appeal, entry),
    }


def content_context(appeal: Appeal, content: Content | None) -> dict[str, Any]:
    """What a version says, and what is wrong with it."""
    return {
        "content": content,
        "wordings": selectors.wordings_of(content),
        "problems": selectors.problems_of(appeal, content),
    }


@readers
@never_cache
@require_GET
def show_appeal(request: HttpRequest, reference: str) -> HttpResponse:
    """The page both sides work from. Each opening is audited."""
    actor, appeal = actor_of(request), opened(request, reference)
    facts = selectors.facts_of(appeal, appeal.incident)
    content = selectors.newest_content(appeal)
    entry = selectors.entry_of(appeal)
    may = _offers(actor, appeal, facts, entry)
    context = framed(
        request,
        appeal,
        "",
        facts=facts,
        tasks=_tasks(appeal, facts, may),
        may=may,
        entry=entry,
        views=selectors.newest_views(appeal),
        consents=selectors.newest_consents(appeal),
        against=[NoPublicity(one).label for one in appeal.no_publicity],
        areas=selectors.areas_of(appeal),
        pictures=selectors.pictures_of(appeal),
        placements=list(selectors.placements_of(appeal)),
        danger=FAMILY_DANGER.message if facts.family_is_danger and appeal.is_running else "",
        on_channels=appeal.status in ON_CHANNELS,
        version_of={"version": appeal.version},
        **content_context(appeal, content),
    )
    return render(request, "appeals/appeal.html", context)


@readers
@never_cache
@require_GET
def picture(request: HttpRequest, reference: str, picture_id: int) -> HttpResponseBase:
    """One picture of an appeal, as we wrote it."""
    actor = actor_of(request)
    row, handle = visible(
        lambda: services.open_picture(actor=actor, reference=reference, picture_id=picture_id)
    )
    return sent(handle, content_type=row.content_type)

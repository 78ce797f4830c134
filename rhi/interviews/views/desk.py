"""The form at a desk: the list, beginning, the sections. It saves as it is typed, also without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from foundation import access
from foundation.access import Refused
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted
from rhi import selectors as referrals
from rhi.interviews import policies, selectors, services
from rhi.interviews.enums import AgeBand
from rhi.interviews.form import SECTIONS, Question, Section, section_named
from rhi.interviews.forms import BeginForm
from rhi.interviews.models import Answer, Interview, Theme
from rhi.interviews.services import Typed
from rhi.interviews.views.common import at, opened, read_or_write
from rhi.states import WORKERS
from rhi.views.frame import desk

# Said before the first question, whatever the age.
LIMITS = (
    "I do not work for the police, or for the people who look after you.",
    "You do not have to answer anything. You can stop, or say “rather not”, at any time.",
    "What you tell me stays with me and my manager, unless you say that it may be passed on.",
    "But I have to pass it on if you or somebody else could be seriously hurt, or if there was a crime"
    " against a child. I will tell you when I do.",
)


@access.roles(WORKERS)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """An interviewer's children; for whoever shares them out, all of the provider's interviews."""
    actor = actor_of(request)
    context = desk(
        request,
        "interviews:list",
        found=selectors.listed(actor),
        may_keep_themes=policies.may_keep_themes(actor) is None,
        most=selectors.SHOWN,
    )
    return render(request, "interviews/list.html", context)


@access.roles(WORKERS)
@read_or_write
def begin(request: HttpRequest, referral: str) -> HttpResponse:
    """Explain the limits, tick that it was done, and begin."""
    actor = actor_of(request)
    found = visible(lambda: referrals.referral_named(actor, referral))
    form = BeginForm(**posted(request))

    def run(answers: dict[str, Any]) -> Interview:
        return services.start(actor=actor, referral_id=found.pk, limits_explained=answers["limits"])

    if request.method == "POST" and not isinstance(begun := attempt(form, run), Failed):
        return go(request, at(begun), said="The interview has begun. Every word is kept as it is typed.")
    context = {
        "referral": found,
        "form": form,
        "limits": LIMITS,
        "refusal": policies.may_start(actor, found),
    }
    return show(request, "interviews/begin.html", context)


@access.roles(WORKERS)
@require_GET
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """One interview: its sections, what is to come of it, and what can be done now."""
    actor, interview = opened(request, reference)
    answers = selectors.answers_of(interview)
    context = {
        "interview": interview,
        "sections": [(one, _written_in(one, answers)) for one in SECTIONS],
        "refusal": policies.may_write(actor, interview),
        "proposals": selectors.proposals_of(interview, answers),
        "outcomes": list(interview.outcomes.all()),
        "copies": list(selectors.copies_out(interview)),
        "approve_refusal": services.may_approve(actor, interview),
        "reopen_refusal": services.may_reopen(actor, interview),
    }
    return render(request, "interviews/interview.html", context)


def _written_in(section: Section, answers: Mapping[str, Answer]) -> int:
    rows = (answers.get(question.key) for question in section.questions)
    return sum(1 for row in rows if row is not None and (row.choice or row.words))


@dataclass(slots=True)
class Box:
    """One question on the page: what stands in it, and what else was saved where the two differ."""

    question: Question
    say: str
    choice: str = ""
    words: str = ""
    version: int = 0
    theirs: Answer | None = None
    problem: str = ""


@dataclass(slots=True)
class Themes:
    """The themes of a section, and which are chosen."""

    key: str
    rows: list[Theme] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    version: int = 0
    differs: bool = False


@access.roles(WORKERS)
@read_or_write
def section(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One section to read or write."""
    found = section_named(key)
    if found is None:
        raise Http404
    actor, interview = opened(request, reference)
    refusal = policies.may_write(actor, interview)
    problems: Mapping[str, str] = {}
    theirs: Mapping[str, Answer] = {}
    if request.method == "POST":
        try:
            services.save_section(actor=actor, reference=reference, typed=_typed(request, found))
            return redirect(_next(interview, found))
        except Conflict as problem:
            theirs = problem.theirs
        except Invalid as problem:
            problems = problem.problems
        except Refused:
            pass  # the page says why
        except NotVisible:
            raise Http404 from None
    boxes, themes = _filled(request, interview, found)
    for box in boxes:
        box.theirs, box.problem = theirs.get(box.question.key), problems.get(box.question.key, "")
        box.version = box.theirs.version if box.theirs else box.version
    if themes and (newer := theirs.get(themes.key)):
        themes.version, themes.differs = newer.version, True
    place = SECTIONS.index(found)
    context = {
        "interview": interview,
        "section": found,
        "boxes": boxes,
        "themes": themes,
        "refusal": refusal,
        "differs": bool(theirs),
        "problems": problems,
        "number": place + 1,
        "count": len(SECTIONS),
        "before": SECTIONS[place - 1] if place else None,
    }
    return render(request, "interviews/section.html", context, status=422 if theirs or problems else 200)


def _typed(request: HttpRequest, found: Section) -> list[Typed]:
    def version(key: str) -> int:
        given = request.POST.get(f"{key}.version", "0")
        return int(given) if given.isdecimal() and len(given) < 9 else 0

    post = request.POST
    typed = [
        Typed(
            question.key,
            version(question.key),
            choice=post.get(f"{question.key}.choice", ""),
            words=post.get(f"{question.key}.words", "").replace("\r\n", "\n"),
        )
        for question in found.questions
    ]
    if found.coded:
        key = found.themes_key
        typed.append(Typed(key, version(key), codes=tuple(post.getlist(key))))
    return typed


def _filled(request: HttpRequest, interview: Interview, found: Section) -> tuple[list[Box], Themes | None]:
    """The page's questions as they are stored, or as they were just typed and not saved."""
    answers = selectors.answers_of(interview)
    band = AgeBand(interview.age_band)
    boxes = []
    for question in found.questions:
        row = answers.get(question.key)
        stored = (row.choice, row.words, row.version) if row else ("", "", 0)
        boxes.append(Box(question, question.asked_of(band), *stored))
    codes = selectors.codes_of(interview).get(found.key, [])
    coded = answers.get(found.themes_key)
    themes = Themes(found.themes_key, [], codes, coded.version if coded else 0) if found.coded else None
    if request.method == "POST":
        _as_typed(_typed(request, found), boxes, themes)
    if themes is not None:
        themes.rows = selectors.themes_of(found, also=themes.chosen)
    return boxes, themes


def _as_typed(typed: list[Typed], boxes: list[Box], themes: Themes | None) -> None:
    by_key = {one.question: one for one in typed}
    for box in boxes:
        one = by_key[box.question.key]
        box.choice, box.words, box.version = one.choice, one.words, one.version
    if themes is not None:
        themes.chosen, themes.version = list(by_key[themes.key].codes), by_key[themes.key].version


def _next(interview: Interview, found: Section) -> str:
    place = SECTIONS.index(found) + 1
    return at(interview, "section", SECTIONS[place].key) if place < len(SECTIONS) else at(interview)

"""What is told in made interviews: answers in the child's words, themes, and what is to come of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from foundation.sheets import Sheet, sealed
from missingcases.made.frame import Case, Pages, hours, often, reference
from rhi.interviews.form import VERSION
from rhi.interviews.models import Answer, Coding, Interview, Outcome, Theme

# Case, interviewer, manager, when it was held.
WritesInterview = Callable[[Case, int, int, datetime, random.Random, Pages], None]

_WORDS = {
    "push.home": ("We argued about the phone again.", "It is loud there and nobody listens.",
                  "I wanted to be away from the shouting."),
    "pull.to": ("My friends were out.", "Somebody said there was a party.", "I wanted to see my mum."),
    "during.where": ("At a friend's.", "In town, then on the bus.", "I would rather not say where."),
    "during.with": ("Two friends from school.", "Nobody.", "Some older boys I know."),
    "after.feels": ("All right now.", "Tired.", "Worried that I am in trouble."),
    "stop.need": ("If they would ask me before they ring the police.", "More time with my brother.",
                  "Another placement nearer to home."),
    "words.child": ("I am not a bad kid.", "I would like somebody to talk to.", "Nothing else."),
    "analysis.view": ("Pushed by conflict at home; peers pull.", "Signs of grooming; panel to look at it.",
                      "Lost track of time; low risk of harm this time."),
}  # fmt: skip
_KINDS = ("no_further_action", "early_help", "s17", "care_plan_review", "exploitation_panel", "health")


def sheets() -> Sequence[Sheet]:
    """Empty pages."""
    return [
        Sheet(
            Interview, "id", "reference", "referral_id", "form_version", "age_band", "status", "started_at",
            "started_by_id", "limits_explained_at", "held_at", "completed_at", "completed_by_id",
            "approved_at", "approved_by_id",
        ),
        Sheet(Answer, "id", "interview_id", "question", "choice", "words", "written_by_id", "written_at"),
        Sheet(Coding, "id", "interview_id", "theme_id"),
        Sheet(
            Outcome, "id", "reference", "interview_id", "kind", "ground", "words", "status", "due_at",
            "decided_by_id", "decided_at", "done_by_id", "done_at",
        ),
    ]  # fmt: skip


def writer(end: datetime) -> WritesInterview:
    """Writes interviews with the themes as they stand."""
    themes = list(Theme.objects.filter(retired_on__isnull=True).order_by("code").values_list("pk", flat=True))

    def write(
        case: Case, worker: int, manager: int, held: datetime, chance: random.Random, pages: Pages
    ) -> None:
        key, completed = case.key, held + hours(chance, 0.5, 30)
        done, approved = completed < end, completed + timedelta(hours=5) < end
        age = case.age if case.age is not None else 14
        band = "under_12" if age < 12 else "12_to_15" if age < 16 else "16_to_17"
        pages["interviews.Interview"].add(
            key, reference("IV", key), key, VERSION, band,
            "approved" if approved else "completed" if done else "draft", held, worker, held, held,
            completed if done else None, worker if done else None,
            completed + timedelta(hours=5) if approved else None, manager if approved else None,
        )  # fmt: skip
        _answers(case, worker, held, chance, pages)
        for place, theme in enumerate(
            sorted(chance.sample(themes, min(len(themes), chance.randrange(1, 5))))
        ):
            pages["interviews.Coding"].add(key * 8 + place, key, theme)
        if done:
            _outcome(case, worker, completed, chance, pages, end)

    return write


def _answers(case: Case, worker: int, held: datetime, chance: random.Random, pages: Pages) -> None:
    page, key = pages["interviews.Answer"], case.key * 16
    for place, (question, said) in enumerate(_WORDS.items()):
        page.add_sealed(key + place, case.key, question, "", sealed(chance.choice(said)), worker, held)
    hurt = "yes" if case.harm and case.harm[0] not in ("none", "not_known") else "no"
    page.add_sealed(key + 14, case.key, "harm.hurt", hurt, "", worker, held)
    sharing = chance.choice(("all", "summary", "summary", "nothing"))
    page.add_sealed(key + 15, case.key, "sharing.authority", sharing, "", worker, held)


def _outcome(
    case: Case, worker: int, decided: datetime, chance: random.Random, pages: Pages, end: datetime
) -> None:
    kind, key = chance.choice(_KINDS), case.key
    if kind == "no_further_action":
        row: tuple[object, ...] = ("", "", "done", None, decided, worker, decided)
    else:
        finished = decided + timedelta(days=chance.randrange(1, 25))
        over = finished < end and often(chance, 0.85)
        row = (
            "agreed", sealed("Arrange it with the carer."), "done" if over else "confirmed",
            decided + timedelta(days=14), decided, worker if over else None, finished if over else None,
        )  # fmt: skip
    ground, words, status, due, at, by, done_at = row
    pages["interviews.Outcome"].add_sealed(
        key, reference("IO", key), key, kind, ground, words, status, due, worker, at, by, done_at
    )

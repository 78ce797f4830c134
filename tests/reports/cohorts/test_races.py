"""Hands that meet, with real threads and real commits: one cohort for all of it, as each costs a database."""

from __future__ import annotations

from typing import Any

from foundation.access import Refused
from foundation.exceptions import Conflict, Invalid
from reports.cohorts import selectors, services
from reports.cohorts.models import Code, Reading, Review
from reports.cohorts.services import ThemeWords
from tests.foundation.messaging.test_races import together
from tests.reports.cohorts import making


def test_two_readers_windows_and_a_new_code_book_meet_and_nothing_is_lost(
    committing_db: str, met_officer: Any, met_coordinator: Any, met_inspector: Any
) -> None:
    making.child(met_officer, "A gang")
    review = making.begun(met_coordinator, met_inspector)
    readers, themes = (met_coordinator, met_inspector), selectors.themes_of(review)
    actors = [reader.actor for reader in readers]

    def code(turn: int) -> str:
        """Four windows of each reader save at once, of one version each."""
        try:
            services.save_case(
                actor=actors[turn % 2],
                review_id=review.pk,
                number=1,
                version=1,
                answers={themes[0].pk: ("present", "absent")[turn % 2]},
                memo=f"Window {turn}",
            )
        except Conflict:
            return "conflict"
        return "saved"

    assert sorted(together(code)) == ["conflict"] * 6 + ["saved"] * 2
    assert dict(Code.objects.values_list("reading__reader_id", "value")) == {
        met_coordinator.user.pk: "present",
        met_inspector.user.pk: "absent",
    }

    for reader in readers:
        making.coded(reader, review, 1, "present", "absent")
    book = services.change_book(
        actor=actors[0],
        book_id=review.book.book_id,
        number=1,
        themes=[*making.THEMES, ThemeWords("Debt", "Owes.")],
        why="Debt",
    )

    def finish_or_change(turn: int) -> str:
        """Both readers finish, again and again, while the lead takes the new code book."""
        try:
            if turn == 0:
                services.take_book(
                    actor=actors[0],
                    review_id=review.pk,
                    version=review.version,
                    book_id=book.pk,
                    reason="Why",
                )
            else:
                services.finish(actor=actors[turn % 2], review_id=review.pk)
        except (Conflict, Invalid, Refused):
            return "not done"
        return "done"

    done = together(finish_or_change)
    now = Review.objects.get()
    if now.book_id == book.pk:  # the lead came first, or between the two: whoever had finished goes on
        assert now.status == "reading"
        assert set(Reading.objects.values_list("status", flat=True)) == {"open"}
        assert (now.first_finished_at, now.second_finished_at) == (None, None)
    else:
        assert now.status == "comparing" or None in {now.first_finished_at, now.second_finished_at}
    assert done.count("done") in {1, 2}

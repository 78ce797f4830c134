"""Reading and coding: each answer is kept as it is given, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.states import move_held
from reports.cohorts import policies, selectors
from reports.cohorts.enums import ReadingStatus, ReviewStatus, Value
from reports.cohorts.models import BookVersion, Case, Code, Decision, Reading, Review
from reports.cohorts.services.common import check_version, locked, need, whose
from reports.cohorts.services.results import keep_result
from reports.cohorts.states import READING, REVIEW

MOST_MEMO = 4000
OPENER = Actor.system("cohorts.new_book")


def _for_coding(actor: Actor, review_id: int, number: int) -> tuple[Review, Case]:
    review = locked(actor, review_id)
    require(policies.may_code(actor, review))
    return review, selectors.case_numbered(actor, review, number)


def _reading(actor: Actor, case: Case) -> Reading:
    made, _ = Reading.objects.get_or_create(case=case, reader_id=whose(actor)[0])
    held = Reading.objects.select_for_update(no_key=True).select_related("case__review")
    return held.get(pk=made.pk)


@transaction.atomic
def save_case(
    *, actor: Actor, review_id: int, number: int, version: int, answers: Mapping[int, str], memo: str
) -> Reading:
    """Keep what the actor says of the themes (by id; empty where they have not said) and their own words.

    `version` is the one their page was opened at, 0 for a case they had not begun. Raises `Refused`,
    `NotVisible`, `Conflict` where another window of theirs saved meanwhile, and `Invalid` where the code book
    has a theme no more or the case is coded.
    """
    review, case = _for_coding(actor, review_id, number)
    if not set(answers) <= {theme.pk for theme in selectors.themes_of(review)}:
        raise Invalid({"answers": "The code book was changed meanwhile. Load the page again."})
    if not set(answers.values()) <= {*Value.values, ""}:
        raise Invalid({"answers": "Choose one of the listed values."})
    if len(memo) > MOST_MEMO:
        raise Invalid({"memo": f"Use at most {MOST_MEMO:,} characters."})
    reading = _reading(actor, case)
    if reading.status != ReadingStatus.OPEN:
        raise Invalid({"answers": "You have coded this case. Open it again to change it."})
    changed = _changed(reading, answers, memo.strip())
    if changed and version not in {reading.version, 0}:
        raise Conflict(version=reading.version, theirs={"memo": reading.memo}, yours={"memo": memo})
    if changed:
        _write(actor, case, reading, answers, memo.strip(), changed)
    return reading


def _changed(reading: Reading, answers: Mapping[int, str], memo: str) -> list[str]:
    coded = selectors.codes_of(reading)
    is_coded = any(coded.get(theme_id, "") != value for theme_id, value in answers.items())
    return [*(["value"] if is_coded else []), *(["memo"] if memo != reading.memo else [])]


def _write(
    actor: Actor, case: Case, reading: Reading, answers: Mapping[int, str], memo: str, fields: list[str]
) -> None:
    for theme_id, value in answers.items():
        held = Code.objects.filter(reading=reading, theme_id=theme_id)
        if not value:
            held.delete()
        elif not held.filter(value=value).exists():
            given = {"value": value, "coded_at": timezone.now()}
            Code.objects.update_or_create(reading=reading, theme_id=theme_id, defaults=given)
    reading.memo, reading.version = memo, reading.version + 1
    reading.save(update_fields=["memo", "version"])
    audit.record(
        actor=actor, action="cohort.coded", target=reading, incident_id=case.incident_id, fields=fields
    )


@transaction.atomic
def finish_case(*, actor: Actor, review_id: int, number: int) -> Reading:
    """Every theme is coded. Raises `Invalid`, naming what is missing; `Refused`, `NotVisible`."""
    review, case = _for_coding(actor, review_id, number)
    reading = _reading(actor, case)
    coded = selectors.codes_of(reading)
    missing = [theme.name for theme in selectors.themes_of(review) if theme.pk not in coded]
    if missing:
        raise Invalid({"answers": f"Not coded yet: {', '.join(missing)}."})
    if reading.status == ReadingStatus.DONE:
        return reading
    return move_held(reading, READING, ReadingStatus.DONE, actor=actor, changes={"done_at": timezone.now()})


@transaction.atomic
def save_and_finish(
    *, actor: Actor, review_id: int, number: int, version: int, answers: Mapping[int, str], memo: str
) -> Reading:
    """Both at once: where something is missing nothing is kept, and the page shows what was said."""
    save_case(actor=actor, review_id=review_id, number=number, version=version, answers=answers, memo=memo)
    return finish_case(actor=actor, review_id=review_id, number=number)


@transaction.atomic
def open_case_again(*, actor: Actor, review_id: int, number: int) -> Reading:
    """Change one's mind about a case, until one has finished. Raises `Refused`, `NotVisible`."""
    _, case = _for_coding(actor, review_id, number)
    return move_held(_reading(actor, case), READING, ReadingStatus.OPEN, actor=actor)


@transaction.atomic
def finish(*, actor: Actor, review_id: int) -> Review:
    """The actor has coded every case; when both have, the review is compared.

    Raises `Refused`, `NotVisible`, and `Invalid` where a case that both may see waits to be coded.
    """
    review = locked(actor, review_id)
    require(policies.may_code(actor, review))
    progress = selectors.progress_of(actor, review)
    if progress.total == 0:
        raise Invalid({"finish": "There is no case that both readers may see."})
    if progress.left:
        raise Invalid({"finish": f"{progress.left} of {progress.total} cases wait to be coded."})
    field = "first_finished_at" if actor.user_id == review.first_reader_id else "second_finished_at"
    setattr(review, field, timezone.now())
    review.version += 1
    review.save(update_fields=[field, "version"])
    audit.record(actor=actor, action="cohort.reader_finished", target=review, fields=[field])
    if review.first_finished_at is None or review.second_finished_at is None:
        return review
    changes = {"compared_at": timezone.now()}
    move_held(review, REVIEW, ReviewStatus.COMPARING, actor=actor, changes=changes)
    return keep_result(review, actor)


@transaction.atomic
def take_book(*, actor: Actor, review_id: int, version: int, book_id: int, reason: str) -> Review:
    """Go on with a newer version of the same code book. What was coded of themes that stay, stands.

    A case that a reader had coded is open again where the new version asks more of it, and a reader who had
    finished goes on. Raises `Refused`, `Invalid`, `Conflict`, `NotVisible`.
    """
    review = locked(actor, review_id)
    require(policies.may_change_book(actor, review))
    check_version(review, version)
    newer = BookVersion.objects.filter(pk=book_id, book_id=review.book.book_id).first()
    if newer is None or newer.number <= review.book.number:
        raise NotVisible(f"book version {book_id}")
    words = need(reason, "reason", "Say why the review goes on with it.")
    review.book = newer
    for reading in _left_unfinished(review):
        move_held(reading, READING, ReadingStatus.OPEN, actor=OPENER)
        name = "first_finished_at" if reading.reader_id == review.first_reader_id else "second_finished_at"
        setattr(review, name, None)
    review.version += 1
    review.save()
    audit.record(actor=actor, action="cohort.book_taken", target=review, fields=["book"], reason=words)
    return review


def _left_unfinished(review: Review) -> list[Reading]:
    """Readings that were done and lack a theme of the review's code book."""
    themes = [theme.pk for theme in selectors.themes_of(review)]
    rows = Reading.objects.filter(case__review_id=review.pk, status=ReadingStatus.DONE)
    rows = rows.annotate(coded=Count("codes", filter=Q(codes__theme_id__in=themes)))
    ids = list(rows.filter(coded__lt=len(themes)).values_list("pk", flat=True))
    held = Reading.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids)
    return list(held.select_related("case__review").order_by("pk"))


@transaction.atomic
def change_reader(
    *, actor: Actor, review_id: int, version: int, gone_id: int, user_id: int, reason: str
) -> Review:
    """Somebody else reads in the place of one who left: they begin anew, what the other coded is not counted.

    Of a review that was being compared the reading goes on: the one who stays has coded and may not change it
    now that they saw the other's codes; the agreement is counted anew, between those two; and what was
    decided about differences with the one who left is gone.

    Raises `Refused`, `Invalid`, `Conflict`, `NotVisible`.
    """
    review = locked(actor, review_id)
    require(policies.may_change_reader(actor, review))
    check_version(review, version)
    if gone_id not in review.reader_ids or user_id in review.reader_ids:
        raise Invalid({"reader": "Choose who is replaced, and somebody who does not read yet."})
    if not selectors.may_read(review.organisation_id).filter(pk=user_id).exists():
        raise Invalid({"reader": "Choose somebody of your organisation who may read for reviews."})
    words = need(reason, "reason", "Say why they are replaced.")
    place = "first" if gone_id == review.first_reader_id else "second"
    setattr(review, f"{place}_reader_id", user_id)
    review.version += 1
    review.save()
    audit.record(
        actor=actor,
        action="cohort.reader_changed",
        target=review,
        fields=[f"{place}_reader"],
        reason=words,
    )
    anew: dict[str, object] = {f"{place}_finished_at": None}
    if review.status == ReviewStatus.COMPARING:
        Decision.objects.filter(case__review=review).delete()
        anew |= {"compared_at": None, "result": {}}
        return move_held(review, REVIEW, ReviewStatus.READING, actor=actor, reason=words, changes=anew)
    for name, value in anew.items():
        setattr(review, name, value)
    review.save(update_fields=sorted(anew))
    return review

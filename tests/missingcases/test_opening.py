"""What each way of seeing an incident opens: its story in one statement, and whether a search finds it."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from missingcases import policies, selectors
from missingcases.enums import Audience, AudienceKind
from missingcases.models import AudienceRow, Incident, Note, TimelineEntry
from missingcases.policies import OPENS
from tests.cast import Member
from tests.missingcases import making

pytestmark = pytest.mark.django_db
KINDS = tuple(AudienceKind.values)
GRANTS = tuple(chain.from_iterable(combinations(KINDS, size) for size in (0, 1, 2)))


@pytest.fixture
def story(met_officer: Member, kent_officer: Member, charity: Organisation) -> Incident:
    """An incident with an entry and a note for each audience, of each organisation, naming each person."""
    incident = making.report(met_officer.actor)
    TimelineEntry.objects.filter(incident=incident).delete()
    for audience in Audience.values:
        for whose in (met_officer.organisation, kent_officer.organisation, charity):
            for who in (met_officer, kent_officer):
                named = [who.user.pk] if audience == Audience.NAMED else []
                common = {"incident": incident, "audience": audience, "named_user_ids": named}
                words = f"{audience} {whose.code} {who.user.pk}"
                TimelineEntry.objects.create(
                    **common, organisation=whose, at=timezone.now(), kind="note.added", summary=words
                )
                Note.objects.create(**common, organisation=whose, author=who.user, text=words)
    return incident


def grant(incident: Incident, reader: Member, kinds: tuple[str, ...], *, revoked: bool = False) -> None:
    """Replace whatever gives sight of the incident by these."""
    row = AudienceRow.objects.filter(incident=incident)[0]
    given = {
        name: getattr(row, name)
        for name in ("status", "is_open", "risk_rank", "reported_at", "updated_at", "change", "change_xid")
    }
    AudienceRow.objects.filter(incident=incident).delete()
    for kind in kinds:
        AudienceRow.objects.create(
            incident=incident, kind=kind, organisation=reader.organisation,
            principal=policies.organisation_principal(reader.organisation.pk),
            revoked_at=timezone.now() if revoked else None, **given,
        )  # fmt: skip


def expected(actor: Actor, incident: Incident) -> set[str]:
    """By the standing alone, entry by entry."""
    held = policies.standing(actor, incident)
    opened = frozenset().union(*(OPENS[one] for one in OPENS if held & one))
    return {
        row.summary
        for row in TimelineEntry.objects.filter(incident=incident)
        if row.audience in opened
        and (row.audience != Audience.NAMED or actor.user_id in row.named_user_ids)
        and (row.audience != Audience.CHARITY or row.organisation_id == actor.organisation_id)
    }


@pytest.mark.parametrize("kinds", GRANTS, ids=lambda kinds: "+".join(kinds) or "nothing")
@pytest.mark.parametrize("reader", ["met_officer", "kent_officer"], ids=["owner force", "other force"])
def test_the_story_opens_as_the_standing_says(
    story: Incident, reader: str, kinds: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    who: Member = request.getfixturevalue(reader)
    grant(story, who, kinds)
    actor = who.actor

    assert (told := expected(actor, story)) == {row.summary for row in selectors.timeline_for(actor, story)}
    assert told == {row.text for row in selectors.notes_for(actor, story)}
    assert bool(told) == bool(kinds)
    seen = selectors.records_visible_to(actor).filter(pk=story.pk).exists()
    for text in (story.reference.lower(), story.person.reference, story.person.full_name):
        asked = selectors.Filters(text=text)
        assert list(selectors.narrowed(actor, asked)) == ([story] if seen else [])
    assert told < set(TimelineEntry.objects.filter(incident=story).values_list("summary", flat=True))


def test_what_was_taken_back_opens_nothing(story: Incident, met_officer: Member) -> None:
    grant(story, met_officer, KINDS, revoked=True)

    assert not selectors.timeline_for(met_officer.actor, story).exists()
    assert not selectors.notes_for(met_officer.actor, story).exists()
    assert not selectors.attachments_for(met_officer.actor, story).exists()
    by_reference = selectors.Filters(text=story.reference)
    assert not selectors.narrowed(met_officer.actor, by_reference).exists()


def test_nobody_and_the_machinery_read_no_story(story: Incident) -> None:
    for actor in (Actor.system("test"), Actor(None, frozenset())):
        assert not selectors.timeline_for(actor, story).exists()
        assert not policies.standing(actor, story)


def test_the_story_and_the_right_to_it_are_one_statement(story: Incident, met_officer: Member) -> None:
    actor = met_officer.actor
    with CaptureQueriesContext(connection) as asked:
        assert list(selectors.timeline_for(actor, story)[:50])
    assert len(asked) == 1

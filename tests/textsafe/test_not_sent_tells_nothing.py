"""Why a text did not go out shows nowhere on the police side: compared byte by byte, cause by cause."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import ndiff
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from missingcases import selectors as cases
from missingcases.hooks.models import Endpoint
from tests.textsafe import causes
from tests.textsafe.conftest import DAYTIME, ask, report, view
from textsafe import selectors
from textsafe.enums import OfficerStatus
from textsafe.models import AutomationPolicy, Request
from textsafe.services import due, requests, telling

pytestmark = pytest.mark.django_db

WAITING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
OVER = datetime(2026, 11, 23, 18, 0, 1, tzinfo=UTC)


@dataclass
class Story:
    """What the force read of one text, at every moment that matters."""

    statuses: list[OfficerStatus] = field(default_factory=list)
    read: dict[str, Any] = field(default_factory=dict)


def differing(one: Story, other: Story) -> dict[str, list[str]]:
    """The pages that read differently, with the lines that do."""
    return {
        page: [line for line in ndiff(text.splitlines(), one.read[page].splitlines()) if line[0] in "+-"]
        for page, text in other.read.items()
        if one.read[page] != text
    }


class _Undo(Exception):
    pass


@pytest.fixture
def live(clock, met, kent, charity):
    """Lives the story of one cause and undoes it."""
    world = causes.people(met, kent, charity)

    def tell(cause: causes.Cause, *, by_rule: bool, withdrawn: bool = False) -> Story:
        story = Story()
        cache.clear()
        try:
            with transaction.atomic():
                _live(story, cause, world, clock, by_rule=by_rule, withdrawn=withdrawn)
                raise _Undo
        except _Undo:
            clock.move_to(DAYTIME)
        return story

    return tell


def _live(
    story: Story, cause: causes.Cause, world: causes.World, clock: Any, *, by_rule: bool, withdrawn: bool
) -> None:
    AutomationPolicy.objects.create(
        organisation=world.officer.organisation, rules_screen_officers=by_rule, daily_cap=3
    )
    Endpoint.objects.create(
        organisation=world.officer.organisation,
        url="https://192.0.2.1/in",
        types=["textsafe.status"],
        secret="whsec_eA==",
    )
    incident = report(world.officer.actor)
    cause.before(world)
    request = ask(incident, world.officer.actor)
    clock.shift(600)
    cause.after(world, request)
    for moment in (WAITING,) if withdrawn else (WAITING, OVER):
        clock.move_to(moment)
        due.release_due()
        if withdrawn:
            requests.withdraw_request(actor=world.officer.actor, request_id=request.pk)
        telling.tell_systems()
        story.statuses.append(view(request).status)
        name = f"{moment:%H:%M} "
        story.read[name + "systems"] = causes.all_that_systems_are_told(incident, request)
        read = causes.all_that_the_force_can_read(world, incident, request)
        story.read |= {name + page: text for page, text in read.items()}
        story.read[name + "figures"] = str(selectors.force_figures(world.inspector.actor, now=moment))
        story.read[name + "underway"] = str(selectors.underway(world.officer.actor, incident.pk))
        story.read[name + "incident"] = str(
            cases.incidents_visible_to(world.officer.actor).values("version", "updated_at").get()
        )
        with transaction.atomic():
            story.read[name + "asked again"] = causes.ask_again(world, incident, request)
            story.read[name + "rows"] = str(Request.objects.filter(incident=incident).count())
            transaction.set_rollback(True)


@pytest.mark.parametrize("by_rule", [False, True], ids=["screened by a person", "screened by rule"])
def test_no_page_differs_by_the_cause(live, by_rule) -> None:
    told = {name: live(cause, by_rule=by_rule) for name, cause in causes.CAUSES.items()}
    plain = told["refused by the charity"]
    assert plain.statuses == [OfficerStatus.WAITING, OfficerStatus.NOT_SENT]
    for name, story in told.items():
        assert story.statuses == plain.statuses, name
        assert differing(story, plain) == {}, name


def test_no_page_differs_where_the_force_took_it_back(live) -> None:
    told = {name: live(cause, by_rule=False, withdrawn=True) for name, cause in causes.CAUSES.items()}
    plain = told["refused by the charity"]
    assert plain.statuses == [OfficerStatus.NOT_SENT]
    for name, story in told.items():
        assert story.statuses == plain.statuses, name
        assert differing(story, plain) == {}, name


def test_the_comparison_sees_a_difference(live) -> None:
    """A text that went reads otherwise; else the tests above would prove nothing."""
    sent = causes.Cause(
        after=lambda world, request: Request.objects.filter(pk=request.pk).update(
            status="sent", sent_at=request.requested_at
        )
    )
    plain, other = live(causes.CAUSES["refused by the charity"], by_rule=False), live(sent, by_rule=False)
    found = differing(other, plain)
    for part in (
        "services/",
        "timeline/",
        "textsafe/requests",
        "poll",
        "textsafe/figures/",
        "figures",
        "systems",
    ):
        assert any(part in page for page in found), part

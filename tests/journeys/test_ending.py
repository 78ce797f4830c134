"""From found to closed, and open again."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys import making, steps
from tests.journeys.conftest import Opens, World
from tests.journeys.hands import Mouse


def test_found_interviewed_closed_and_reopened(window: Opens, world: World) -> None:
    incident = making.missing(world)
    officer, supervisor = Mouse(window(world.officer)), Mouse(window(world.supervisor))

    steps.open_incident(officer, world, incident.reference)
    steps.record_found(officer)
    officer.press("Prevention interview")
    officer.press("Set to now")
    officer.choose("How it was held", "In person")
    officer.choose("Were they seen in person?", "Yes")
    officer.write("Why they went missing", "Wanted to see a friend.")
    officer.page.get_by_role("group", name="Harm while missing").get_by_label("None", exact=True).check()
    officer.choose("May anybody be told where they are?", "Only that they are safe and well")
    officer.press("Save the interview")
    expect(officer.page.get_by_text("The prevention interview is saved.")).to_be_visible()

    supervisor.page.goto("/incidents/?status=any")
    supervisor.write("Reference or name", incident.reference)
    supervisor.press("Apply filters")
    supervisor.press(f"Robin {world.family_name}")
    supervisor.press("Close")
    supervisor.choose("Outcome", "Located alive")
    supervisor.pick("Who found them", "Returned of their own accord")
    supervisor.page.get_by_role("group", name="Harm while missing").get_by_label("None", exact=True).check()
    supervisor.press("Close the incident")
    expect(supervisor.page.get_by_text("The incident is closed.")).to_be_visible()

    supervisor.press("Reopen")
    supervisor.write("Why", "The interview was of somebody else.")
    supervisor.press("Reopen")
    expect(supervisor.page.get_by_text("The incident is open again. Grade it now.")).to_be_visible()
    supervisor.press(incident.reference)
    supervisor.press("Timeline")
    for told in ("Reopened", "Closed", "Prevention interview", "Located"):
        expect(supervisor.page.get_by_text(told).first).to_be_visible()

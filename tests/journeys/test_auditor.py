"""The auditor finds who has read a record."""

from __future__ import annotations

from playwright.sync_api import expect

from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from tests.cast import member
from tests.journeys import making
from tests.journeys.conftest import Opens, World
from tests.journeys.hands import Mouse


def test_the_auditor_finds_who_read_a_record_and_reads_nothing_of_it(window: Opens, world: World) -> None:
    incident = making.missing(world)
    met = Organisation.objects.get(code="metropolitan")
    reader = member(f"reader-{world.tag}@met.example", f"Zeno {world.tag}", met, Role.POLICE_OFFICER)
    auditor = member(f"auditor-{world.tag}@met.example", "Ellis Wren", met, Role.AUDITOR)
    assert window(reader).goto(f"/incidents/{incident.reference}/").status == 200

    eyes = Mouse(window(auditor))
    eyes.page.goto("/")
    eyes.press("Audit")
    eyes.press("By record")
    eyes.pick("Kind of record", "Incident")
    eyes.write("Reference", incident.reference)
    eyes.press("Show its trail")

    table = eyes.page.locator("tbody")
    expect(table.get_by_role("row").filter(has_text=f"Zeno {world.tag}").first).to_contain_text("opened")
    assert world.family_name not in eyes.page.inner_text("main")
    eyes.page.get_by_role("link", name=f"Zeno {world.tag}").first.click()
    expect(eyes.page.get_by_role("heading", name="Trail of a person")).to_be_visible()
    assert eyes.page.goto(f"/incidents/{incident.reference}/").status == 403

"""A supervisor brings a file in: checked, imported, mended, confirmed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import PATIENCE, Opens, World
from tests.journeys.hands import Mouse
from tests.missingcases.imports import files


def test_a_file_with_a_bad_row_is_imported_and_confirmed(window: Opens, world: World, tmp_path: Path) -> None:
    rows = [
        files.GOOD | {"force_reference": f"J/{world.tag}/1", "family_name": world.family_name},
        files.OPEN | {"force_reference": f"J/{world.tag}/2", "family_name": world.family_name},
        files.GOOD | {"force_reference": f"J/{world.tag}/3", "reported_at": "32/03/2014"},
    ]
    file = tmp_path / "incidents.csv"
    file.write_bytes(files.as_csv(*rows))
    supervisor = Mouse(window(world.supervisor))

    supervisor.page.goto("/")
    supervisor.press("Incidents")
    supervisor.press("Import incidents")
    supervisor.page.get_by_label("File of incidents").set_input_files(str(file))
    supervisor.press("Upload")
    main = supervisor.page.locator("main")
    expect(main).to_contain_text("(checked only)")
    expect(main).to_contain_text("What was wrong", timeout=PATIENCE)  # the page goes on by itself
    expect(main.locator("tbody")).to_contain_text("reported_at", timeout=PATIENCE)

    supervisor.press("All imports")
    supervisor.page.get_by_label("File of incidents").set_input_files(str(file))
    supervisor.page.get_by_label("Only check it").uncheck()
    supervisor.press("Upload")
    confirm = supervisor.page.get_by_role("button", name="Confirm: services may start")
    expect(confirm).to_be_visible(timeout=PATIENCE)
    landed = main.locator(".govuk-summary-list__row", has_text="Landed")
    expect(landed).to_contain_text("2")
    with supervisor.page.expect_download() as download:
        supervisor.press("Download the bad rows")
    assert f"J/{world.tag}/3" in Path(download.value.path()).read_text()
    confirm.click()
    expect(main).to_contain_text("Services were started for 1 open incidents", timeout=PATIENCE)

    supervisor.press("Incidents")
    supervisor.write("Reference or name", world.family_name)
    supervisor.press("Apply filters")
    expect(main).to_contain_text(f"Bo {world.family_name}")

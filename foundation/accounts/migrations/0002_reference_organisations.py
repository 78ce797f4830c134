"""The forces, the boroughs' authorities, the charity, the national units, the Met's teams.

Facts: domain.md section 10. Whoever is here can be given people; nobody is here yet.
"""

from typing import Any, ClassVar

from django.db import migrations

PLAIN_NAMES = {
    "force-police-scotland": "Police Scotland",
    "force-psni": "Police Service of Northern Ireland",
    "E09000001": "City of London Corporation",
}
WITHOUT_AREA = (
    ("police_force", "british-transport", "British Transport Police"),
    ("charity", "missing-people", "Missing People"),
    ("national_unit", "ukmpu", "UK Missing Persons Unit"),
    ("national_unit", "nca", "National Crime Agency"),
)


def _plant(apps: Any, _: Any) -> None:
    organisations = apps.get_model("accounts", "Organisation").objects
    areas = apps.get_model("places", "Area").objects
    for kind, code, name in WITHOUT_AREA:
        organisations.create(kind=kind, code=code, name=name)
    for area in areas.filter(kind="force"):
        name = PLAIN_NAMES.get(area.code, f"{area.name} Police")
        code = area.code.removeprefix("force-")
        organisations.create(kind="police_force", code=code, name=name, area=area)
    for area in areas.filter(kind="borough"):
        name = PLAIN_NAMES.get(area.code, f"{area.name} Council")
        code = "la-" + area.name.lower().replace(" ", "-")
        organisations.create(kind="local_authority", code=code, name=name, area=area)
    met = organisations.get(code="metropolitan")
    teams = apps.get_model("accounts", "Team").objects
    for area in areas.filter(kind="command_unit"):
        code = area.code.removeprefix("met-")
        teams.create(
            organisation=met,
            code=code,
            name=area.name,
            area=area,
            is_active=area.ends_on is None,
        )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("accounts", "0001_initial"),
        ("places", "0002_reference_areas"),
    ]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(_plant, migrations.RunPython.noop),
    ]

"""Nations, force areas, London boroughs and the Met's command units (domain.md section 10).

Facts are frozen here; later corrections come by official list (`manage.py load_areas`).
"""

from datetime import date
from typing import Any, ClassVar

from django.db import migrations
from django.utils.text import slugify

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
FORCES = {
    "England": (
        "Avon and Somerset", "Bedfordshire", "Cambridgeshire", "Cheshire", "City of London", "Cleveland",
        "Cumbria", "Derbyshire", "Devon and Cornwall", "Dorset", "Durham", "Essex", "Gloucestershire",
        "Greater Manchester", "Hampshire and Isle of Wight", "Hertfordshire", "Humberside", "Kent",
        "Lancashire", "Leicestershire", "Lincolnshire", "Merseyside", "Metropolitan", "Norfolk",
        "North Yorkshire", "Northamptonshire", "Northumbria", "Nottinghamshire", "South Yorkshire",
        "Staffordshire", "Suffolk", "Surrey", "Sussex", "Thames Valley", "Warwickshire", "West Mercia",
        "West Midlands", "West Yorkshire", "Wiltshire",
    ),
    "Wales": ("Dyfed-Powys", "Gwent", "North Wales", "South Wales"),
    "Scotland": ("Police Scotland",),
    "Northern Ireland": ("PSNI",),
}  # fmt: skip
# Alphabetical: the GSS codes E09000002 to E09000033 follow this order; the City is E09000001.
BOROUGHS = (
    "Barking and Dagenham", "Barnet", "Bexley", "Brent", "Bromley", "Camden", "Croydon", "Ealing",
    "Enfield", "Greenwich", "Hackney", "Hammersmith and Fulham", "Haringey", "Harrow", "Havering",
    "Hillingdon", "Hounslow", "Islington", "Kensington and Chelsea", "Kingston upon Thames", "Lambeth",
    "Lewisham", "Merton", "Newham", "Redbridge", "Richmond upon Thames", "Southwark", "Sutton",
    "Tower Hamlets", "Waltham Forest", "Wandsworth", "Westminster",
)  # fmt: skip
COMMAND_UNITS = {
    "Central West": ("Hammersmith and Fulham", "Kensington and Chelsea", "Westminster"),
    "South West": (
        "Kingston upon Thames",
        "Merton",
        "Richmond upon Thames",
        "Wandsworth",
    ),
    "South": ("Bromley", "Croydon", "Sutton"),
    "South East": ("Bexley", "Greenwich", "Lewisham"),
    "East": ("Barking and Dagenham", "Havering", "Redbridge"),
    "West": ("Ealing", "Hillingdon", "Hounslow"),
    "Central South": ("Lambeth", "Southwark"),
    "North": ("Enfield", "Haringey"),
    "Central East": ("Hackney", "Tower Hamlets"),
    "Central North": ("Camden", "Islington"),
    "North West": ("Barnet", "Brent", "Harrow"),
    "North East": ("Newham", "Waltham Forest"),
}
# The change ran from 2017 to 2019, unit by unit. One day in the middle stands for all of them until
# an official list with each unit's own day is loaded.
CHANGE = date(2018, 7, 1)


class _Tree:
    def __init__(self, apps: Any) -> None:
        self.areas = apps.get_model("places", "Area").objects
        self.links = apps.get_model("places", "AreaParent").objects

    def add(self, kind: str, code: str, name: str, *parents: Any, **more: Any) -> Any:
        area = self.areas.create(kind=kind, code=code, name=name, **more)
        for parent in parents:
            self.link(area, parent)
        return area

    def link(self, child: Any, parent: Any, **dates: Any) -> None:
        self.links.create(child=child, parent=parent, **dates)


def _plant(apps: Any, _: Any) -> None:
    tree = _Tree(apps)
    nations = {name: tree.add("nation", slugify(name), name) for name in NATIONS}
    london = tree.add("region", "london", "London", nations["England"])
    forces = {}
    for nation, names in FORCES.items():
        for name in names:
            above = london if name in {"Metropolitan", "City of London"} else nations[nation]
            forces[name] = tree.add("force", f"force-{slugify(name)}", name, above)
    _borough(tree, 1, "City of London", london, forces["City of London"])
    boroughs = {name: _borough(tree, place, name, london) for place, name in enumerate(BOROUGHS, start=2)}
    met = forces["Metropolitan"]
    for name, borough in boroughs.items():
        code = f"met-borough-{slugify(name)}"
        old = tree.add("command_unit", code, f"{name} borough command", met, ends_on=CHANGE)
        tree.link(borough, old, ends_on=CHANGE)
    for unit, members in COMMAND_UNITS.items():
        new = tree.add("command_unit", f"met-{slugify(unit)}", unit, met, starts_on=CHANGE)
        for name in members:
            tree.link(boroughs[name], new, starts_on=CHANGE)


def _borough(tree: _Tree, place: int, name: str, *parents: Any) -> Any:
    gss = f"E09{place:06d}"
    return tree.add("borough", gss, name, *parents, gss_code=gss)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("places", "0001_initial")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(_plant, migrations.RunPython.noop),
    ]

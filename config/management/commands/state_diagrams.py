"""Write the diagrams of every transition table to docs/states/."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand

from foundation.diagrams import page
from foundation.states import REGISTRY, StateTable


def tables() -> dict[str, StateTable]:
    """Every transition table of every app, by name."""
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.states"):
            import_module(f"{app.name}.states")
    return dict(sorted(REGISTRY.items()))


def pages() -> dict[Path, str]:
    """The pages as they should stand, by path."""
    folder = Path(settings.BASE_DIR) / "docs" / "states"
    return {folder / f"{name.lower()}.md": page(table) for name, table in tables().items()}


class Command(BaseCommand):
    """`manage.py state_diagrams`."""

    help = "Write docs/states/ from the transition tables."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write every page and remove those of tables that are gone."""
        wanted = pages()
        folder = Path(settings.BASE_DIR) / "docs" / "states"
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in wanted.items():
            path.write_text(text)
        for path in set(folder.glob("*.md")) - set(wanted):
            path.unlink()
        self.stdout.write(f"{len(wanted)} diagrams written.")

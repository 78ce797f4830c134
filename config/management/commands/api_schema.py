"""Write the OpenAPI description to docs/."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from drf_spectacular.generators import SchemaGenerator


class Command(BaseCommand):
    """`manage.py api_schema`."""

    help = "Write docs/api-v1.json from the code of the API."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        schema = SchemaGenerator(urlconf="config.urls").get_schema(request=None, public=True)
        path = Path(settings.BASE_DIR) / "docs" / "api-v1.json"
        path.write_text(json.dumps(schema, indent=2, default=str) + "\n")
        self.stdout.write(f"{path} written.")

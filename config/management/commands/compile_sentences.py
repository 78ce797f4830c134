"""`manage.py compile_sentences`: after a change of a language's sentences (docs/welsh.md)."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from config import catalogue


class Command(BaseCommand):
    help = "Make the files that the product reads from those that a translator edits (locale/)."

    def handle(self, *args: object, **options: object) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                sentences = catalogue.read(source.read_text(encoding="utf-8"))
                source.with_suffix(".mo").write_bytes(catalogue.compiled(sentences))
                self.stdout.write(f"{source}: {len(sentences) - 1} sentences")

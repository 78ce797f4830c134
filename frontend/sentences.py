"""Makes what gettext reads (.mo) of what a translator edits (.po) in locale/: run by hand after a change.

.venv/bin/python frontend/sentences.py
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).resolve().parent.parent / "locale"


def read(source: Path) -> Catalog:
    """The sentences of one language. Raises `babel.messages.pofile.PoFileError` for a line that is none."""
    with source.open("rb") as stream:
        return read_po(stream, locale=source.parent.parent.name, abort_invalid=True)


def compiled(sentences: Catalog) -> bytes:
    """As gettext reads them; those without a translation, or marked as doubtful, are left out."""
    stream = BytesIO()
    write_mo(stream, sentences)
    return stream.getvalue()


def main() -> None:
    """Build every language."""
    for source in sorted(LOCALES.glob("*/LC_MESSAGES/*.po")):
        sentences = read(source)
        source.with_suffix(".mo").write_bytes(compiled(sentences))
        print(f"{source}: {len(sentences)} sentences")


if __name__ == "__main__":
    main()

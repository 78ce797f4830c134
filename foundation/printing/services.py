"""Printing one of our own templates: to PDF, or to a PNG of an exact size.

A template is Typst and reads its words from `data.json`, where they are data: no text can become markup.
Pictures lie beside it under the names they were given. `fit.typ` is there for every template.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from foundation.printing.exceptions import Cause, NotPrinted
from foundation.printing.jpeg import tells_more_than_it_shows
from foundation.printing.signs import FONTS, printable

HERE = Path(__file__).parent
SECONDS = 20
LARGEST_PDF_PAGES = 30
LARGEST_PNG_PIXELS = 8_000_000
_PICTURE_NAME = re.compile(r"[a-z][a-z0-9-]*\.(png|jpg|webp|svg)")
# No package is ever asked for; were one named by mistake, asking for it ends here.
_NO_NETWORK = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")


@dataclass(frozen=True, slots=True)
class Printed:
    """The bytes, how many pages they are, and the names of signs that no font has: in their place stand
    Latin letters, or nothing."""

    content: bytes
    pages: int
    missing_signs: tuple[str, ...]


def print_pdf(
    template: Path,
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes] | None = None,
    *,
    most_pages: int = LARGEST_PDF_PAGES,
) -> Printed:
    """A tagged PDF/UA-1. The template sets title and language, and gives every picture its words.

    Raises NotPrinted.
    """
    made = _print(template, data, pictures or {}, {"format": "pdf", "standards": ["ua-1"]})
    if made.pages > most_pages:
        raise NotPrinted(Cause.TOO_LARGE)
    return made


def print_png(
    template: Path,
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes] | None = None,
    *,
    width: int,
    height: int,
) -> Printed:
    """A PNG of exactly that many pixels. The template takes its page from `width` and `height` of the data.

    Raises NotPrinted, also where the template made more than one page.
    """
    if width * height > LARGEST_PNG_PIXELS:
        raise NotPrinted(Cause.TOO_LARGE)
    sized = {**data, "width": width, "height": height}
    made = _print(template, sized, pictures or {}, {"format": "png", "standards": []})
    if made.pages != 1:
        raise NotPrinted(Cause.TOO_LARGE)
    return made


def _print(
    template: Path, data: Mapping[str, Any], pictures: Mapping[str, bytes], how: Mapping[str, Any]
) -> Printed:
    words, missing = printable(data)
    with TemporaryDirectory(prefix="printing-") as folder:
        root = Path(folder)
        for source in (*(HERE / "typ").glob("*.typ"), *template.parent.glob("*.typ")):
            shutil.copyfile(source, root / source.name)
        for name, content in pictures.items():
            _lay(root, name, content)
        (root / "data.json").write_text(json.dumps(words))
        job = {"template": template.name, "fonts": str(FONTS), "seconds": SECONDS, **how}
        (root / "job.json").write_text(json.dumps(job))
        pages = _press(root)
        return Printed((root / "made").read_bytes(), pages, missing)


def _lay(root: Path, name: str, content: bytes) -> None:
    if not _PICTURE_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a picture")
    # A JPEG goes into a PDF as it is: one that still says where it was taken is not to be printed.
    if tells_more_than_it_shows(content):
        raise NotPrinted(Cause.BAD_PICTURE)
    (root / name).write_bytes(content)


def _press(root: Path) -> int:
    """Run the press in that folder. How many pages it made."""
    try:
        ran = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(HERE / "press.py"), str(root)],
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**_library_path(), **_NO_NETWORK},
        )
    except subprocess.TimeoutExpired as late:
        raise NotPrinted(Cause.TOO_SLOW) from late
    if ran.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise NotPrinted(Cause.TOO_SLOW)
    if ran.returncode:
        raise NotPrinted(Cause.BROKEN, f"the press ended with {ran.returncode}")
    told = json.loads(ran.stdout)
    if "failed" in told:
        raise NotPrinted(Cause[told["failed"]], told["where"])
    pages: int = told["pages"]
    return pages


def _library_path() -> dict[str, str]:
    """Where some machines keep the library that Python itself is in."""
    return {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}

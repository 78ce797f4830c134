"""The press: a process of its own, started with a folder, that prints what the folder's `job.json` asks.

It is a program and no module of the product: a template that runs wild, a picture that breaks the library or
takes too much memory ends this process and nothing else. It sees the folder, our fonts and no network.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from pathlib import Path
from typing import Any

import typst

MEMORY = 3 << 30  # addresses, most of them never used: the library itself maps many
EPOCH = 0  # no print tells when it was made, so that the same sheet is the same bytes
PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)<")


def main(root: Path) -> dict[str, Any]:
    """What came of it, as JSON for whoever started this."""
    job = json.loads((root / "job.json").read_text())
    resource.setrlimit(resource.RLIMIT_CPU, (job["seconds"], job["seconds"]))
    if sys.platform == "linux":  # macOS refuses a limit of addresses
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(job["fonts"])]
    )
    nowhere = root / "packages"
    compiler = typst.Compiler(
        root / job["template"],
        root=root,
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )
    try:
        made = compiler.compile(
            format=job["format"], ppi=72.0, pdf_standards=job["standards"], timestamp=EPOCH
        )
    except typst.TypstError as failed:
        return _failure(failed)
    parts = made if isinstance(made, list) else [made or b""]
    (root / "made").write_bytes(parts[0])
    told = PAGES.search(parts[0])  # by a PDF; pictures are one for each page
    return {"pages": int(told[1]) if told else len(parts)}


def _failure(failed: typst.TypstError) -> dict[str, Any]:
    """Only where it broke: the message may quote what was to be printed."""
    picture = "image" in failed.message and ("decode" in failed.message or "format" in failed.message)
    where = re.search(r"[\w.-]+\.typ:\d+:\d+", failed.diagnostic)
    return {"failed": "BAD_PICTURE" if picture else "BROKEN", "where": where[0] if where else ""}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))

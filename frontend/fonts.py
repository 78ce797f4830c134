"""Makes foundation/printing/fonts from Debian's Noto packages: run by hand, when a font is wanted anew.

    apt-get download fonts-noto-core fonts-noto-cjk     then `dpkg-deb -x` both into one folder
    .venv/bin/python frontend/fonts.py FOLDER

Hints are left out (print and large pictures have no use for them), and of the Chinese, Japanese and Korean
signs those stay that the four national standards name: seven megabytes less than all of them in one weight.
`coverage.json` tells the signs that some font draws, as first and last code of each run.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

INTO = Path(__file__).resolve().parents[1] / "foundation" / "printing" / "fonts"
SCRIPTS = [
    "Arabic",
    "Armenian",
    "Bengali",
    "Devanagari",
    "Ethiopic",
    "Georgian",
    "Gujarati",
    "Gurmukhi",
    "Hebrew",
    "Kannada",
    "Khmer",
    "Lao",
    "Malayalam",
    "Myanmar",
    "Sinhala",
    "Tamil",
    "Telugu",
    "Thai",
]
WEIGHTS = ("Regular", "Bold")
SIMPLIFIED_CHINESE = 2  # of the faces in the collection; all have the same signs
LAST_COMMON_BIG5 = 0xC9  # the first byte where Big5 turns to rare signs


def main(unpacked: Path) -> None:
    fonts = unpacked / "usr" / "share" / "fonts"
    INTO.mkdir(parents=True, exist_ok=True)
    signs: set[int] = set()
    for script in ("", *SCRIPTS):
        for weight in WEIGHTS:
            name = f"NotoSans{script}-{weight}.ttf"
            font = TTFont(fonts / "truetype" / "noto" / name, recalcTimestamp=False)
            signs |= _cut(font, font.getBestCmap(), INTO / name)
    name = "NotoSansCJK-Bold"
    font = TTFont(
        fonts / "opentype" / "noto" / f"{name}.ttc", fontNumber=SIMPLIFIED_CHINESE, recalcTimestamp=False
    )
    signs |= _cut(font, _national_standards(), INTO / f"{name}.otf")
    (INTO / "coverage.json").write_text(json.dumps(_runs(signs)) + "\n")


def _cut(font: TTFont, signs: Iterable[int], into: Path) -> set[int]:
    options = subset.Options(hinting=False, notdef_outline=True, layout_features=["*"])
    if into.suffix == ".otf":
        options.layout_features = ["ccmp", "kern", "mark", "mkmk", "ljmo", "vjmo", "tjmo"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=signs)
    cutter.subset(font)
    font.save(into)
    return set(font.getBestCmap())


def _national_standards() -> set[int]:
    """China, Taiwan's common half, Japan, and Korea's syllables."""
    found = set()
    for code in range(0x2E80, 0xFFF0):
        for standard in ("gb2312", "big5", "shift_jis", "euc_kr"):
            written = chr(code).encode(standard, errors="ignore")
            rare = standard == "big5" and written[:1] >= bytes([LAST_COMMON_BIG5])
            hanja = standard == "euc_kr" and not 0xAC00 <= code <= 0xD7A3
            if len(written) == 2 and not rare and not hanja:
                found.add(code)
    return found


def _runs(signs: set[int]) -> list[list[int]]:
    ordered = sorted(signs)
    starts = [ordered[0], *(b for a, b in pairwise(ordered) if b != a + 1)]
    ends = [*(a for a, b in pairwise(ordered) if b != a + 1), ordered[-1]]
    return [[first, last] for first, last in zip(starts, ends, strict=True)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))

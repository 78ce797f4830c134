"""Names of every script that is likely here print; a sign that no font has is told and replaced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PageObject

from foundation.printing.services import print_pdf, print_png
from foundation.printing.signs import FONTS, printable, undrawn
from tests.foundation.printing.test_printing import ONE, reader

NAMES = {
    "Welsh": "Siân Ŵyn Llŷr Ïo Ŷ",
    "Polish": "Łukasz Żółć",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Vietnamese, decomposed": "Nguye\u0302\u0303n",
    "Yoruba": "Ọláwálé Ẹ̀bùn",
    "Greek": "Αλέξανδρος",
    "Cyrillic": "Їжакевич Ђорђе",
    "Arabic": "محمد علی",
    "Hebrew": "דוד",
    "Devanagari": "आमना रहमान",
    "Bengali": "আমিনা",
    "Gurmukhi": "ਹਰਪ੍ਰੀਤ",
    "Gujarati": "પટેલ",
    "Tamil": "தமிழ்",
    "Sinhala": "සුනිල්",
    "Thai": "สมชาย",
    "Ethiopic": "ሰላም",
    "Georgian": "გიორგი",
    "Armenian": "Արմեն",
    "Simplified Chinese": "李小龙",
    "Traditional Chinese": "陳美玲",
    "Japanese": "山田 はなこ ヤマダ",
    "Korean": "김민준",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_prints_in_its_own_script(name: str) -> None:
    made = print_pdf(ONE, {"name": name})  # a PDF/UA-1 would fail for a sign that cannot be drawn
    assert made.missing_signs == ()


def test_a_letter_no_font_has_is_written_in_latin_and_named() -> None:
    made = print_pdf(ONE, {"name": "Bo \U0001e900\U0001e902"})  # Adlam
    assert made.missing_signs == (
        "\U0001e900 (U+1E900 ADLAM CAPITAL LETTER ALIF)",
        "\U0001e902 (U+1E902 ADLAM CAPITAL LETTER LAAM)",
    )
    assert reader(made.content).pages[0].extract_text().split() == ["Bo", "AL"]


def test_a_picture_is_made_all_the_same() -> None:
    made = print_png(ONE, {"name": "Bo 🙂"}, width=300, height=200)
    assert made.missing_signs == ("🙂 (U+1F642 SLIGHTLY SMILING FACE)",)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Bo🙂", "Bo"),
        ("Bo\x00\x07", "Bo"),
        ("Bo\u202egnol", "Bognol"),
        ("Bo\ud800", "Bo"),
        ("Bo\U0010ffff", "Bo"),
        ("one\r\ntwo\u2028three\tfour", "one\ntwo\nthree four"),
        ("", ""),
    ],
)
def test_what_is_no_letter_is_left_out(given: str, shown: str) -> None:
    assert printable(given)[0] == shown


def test_words_are_looked_at_wherever_they_are() -> None:
    data = {"a": ["x🙂", {"b": "y🙂"}], "n": 3, "none": None, "yes": True}
    words, missing = printable(data)
    assert words == {"a": ["x", {"b": "y"}], "n": 3, "none": None, "yes": True}
    assert missing == undrawn("🙂")


def test_the_coverage_is_that_of_the_fonts() -> None:
    drawn: set[int] = set()
    for path in [*FONTS.glob("*.ttf"), *FONTS.glob("*.otf")]:
        drawn |= set(TTFont(path, lazy=True).getBestCmap())
    told = {
        code
        for first, last in json.loads((FONTS / "coverage.json").read_text())
        for code in range(first, last + 1)
    }
    assert told == drawn


def test_only_our_own_fonts_are_in_a_pdf() -> None:
    made = print_pdf(ONE, {"name": " ".join(NAMES.values())})
    names = {font for page in reader(made.content).pages for font in _fonts(page)}
    assert names
    assert all("NotoSans" in name for name in names)


def test_the_licence_lies_beside_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (Path(FONTS) / "LICENCE.txt").read_text()


def _fonts(page: PageObject) -> list[str]:
    return [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]

"""A poster holds what is published and no more, is one page, and is readable by everybody."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from appeals.printing.services import poster
from appeals.printing.sheet import LONGEST, Sheet, TooLongToPrint
from appeals.printing.words import FURNITURE
from foundation.pictures import read_picture
from foundation.printing.exceptions import Cause, NotPrinted
from tests.appeals.printing.sheets import ADDRESS, opened, photo, sheet, tags_of, text_of, welsh

MARKER = "51.5,-0.12 home"
POINTS = {"a4": (595, 842), "a3": (842, 1191)}
LONG_WORD = "Wolfeschlegelsteinhausenbergerdorff"


def words_left(pdf: bytes, *sheets: Sheet) -> str:
    """The words of a poster that are neither published nor on every poster."""
    text = bare(text_of(pdf))
    known = [
        words
        for one in sheets
        for words in (*published_words(one), *one.to_do, *FURNITURE[one.language].values(), "•", "·")
    ]
    for words in sorted(known, key=len, reverse=True):
        text = text.replace(bare(words) or " ", "")
    return text


def published_words(one: Sheet) -> list[str]:
    """What of a sheet is there to be read."""
    who = [one.headline, one.name, one.age_line, one.since_line, one.area]
    return [*who, one.description, one.clothing, one.reference, one.helpline]


def bare(text: str) -> str:
    """Without what a line's end may add or take."""
    return "".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_a_poster_is_one_page_of_its_paper(paper: str) -> None:
    made = poster([sheet()], paper=paper)
    (page,) = opened(made.content).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == POINTS[paper]


def test_it_holds_what_is_published_and_no_more() -> None:
    one = sheet()
    made = poster([one]).content
    text = bare(text_of(made))
    assert [words for words in (*published_words(one), *one.to_do) if bare(words) not in text] == []
    assert words_left(made, one) == ""


def test_welsh_stands_beside_english_and_before_it() -> None:
    made = poster([welsh(), sheet()]).content
    text = text_of(made)
    assert text.index("AR GOLL") < text.index("MISSING")
    assert "Ydych chi wedi gweld Amina?" in text
    assert "Ar goll ers 3 Tachwedd 2026" in text
    assert "If they are in danger, call 999" in text
    assert words_left(made, welsh(), sheet()) == ""


def test_it_is_tagged_in_its_languages_with_words_for_its_pictures() -> None:
    made = poster([welsh(), sheet()]).content
    root = opened(made).trailer["/Root"]
    assert root["/Lang"] == "cy"
    tags = tags_of(made)
    assert [tag["/S"] for tag in tags].count("/H1") == 2
    assert "en" in {tag["/Lang"] for tag in tags}
    alts = [tag["/Alt"] for tag in tags if tag["/Alt"]]
    assert alts == ["Merch â gwallt hir du.", f"{FURNITURE['cy']['qr_alt']} {ADDRESS}"]


def test_its_title_names_nobody() -> None:
    made = poster([sheet()]).content
    assert dict(opened(made).metadata or {}) == {
        "/Title": "Missing person poster, AP-7K2M-9QXD",
        "/Creator": "Typst 0.15.1",
    }


def test_without_a_photo_the_question_takes_its_place() -> None:
    made = poster([sheet(picture=None)]).content
    assert text_of(made).count("Have you seen Amina?") == 1
    assert [tag["/Alt"] for tag in tags_of(made) if tag["/Alt"]] == [
        f"QR code that opens the appeal at {ADDRESS}"
    ]


@pytest.mark.parametrize(
    "words",
    [
        {"name": "Bo", "first_name": "Bo", "description": "Tall.", "clothing": ""},
        {"name": "Amina", "age": None},
        {"name": f"Maximiliana-Alexandrina Featherstonehaugh-Cholmondeley {LONG_WORD}"},
        {"name": LONG_WORD * 4, "headline": "Have you seen " + "x" * 100 + "?"},
        {"description": "An unusually long description. " * 19, "clothing": "A very long coat. " * 16},
        {"name": "*Am_ina* #[x] $1$ @ref \\ ] <l>"},
    ],
    ids=["short", "no surname", "long", "one word", "much to say", "markup"],
)  # fmt: skip
def test_nothing_is_lost_however_long_or_short(words: dict[str, str]) -> None:
    one = sheet(**words)
    made = poster([one])
    text = bare(text_of(made.content))
    assert [shown for shown in published_words(one) if bare(shown) not in text] == []
    assert poster([welsh(**words), one]).pages == 1


@pytest.mark.parametrize("field", LONGEST)
def test_what_has_no_room_is_refused_by_name(field: str) -> None:
    with pytest.raises(TooLongToPrint, match="characters or fewer") as refused:
        replace(sheet(), **{field: "x" * (LONGEST[field] + 1)})
    assert (refused.value.field, refused.value.most) == (field, LONGEST[field])


def test_a_sign_no_font_has_is_told_and_the_poster_made() -> None:
    made = poster([sheet(name="Amina 🙂 \U0001e900")])
    assert [sign.split(" ", 1)[1] for sign in made.missing_signs] == [
        "(U+1F642 SLIGHTLY SMILING FACE)",
        "(U+1E900 ADLAM CAPITAL LETTER ALIF)",
    ]
    assert "Amina A" in text_of(made.content)


def test_a_photo_that_somebody_sent_brings_nothing_but_what_is_seen() -> None:
    exif = Image.Exif()
    exif[0x010E] = MARKER
    sent = BytesIO()
    Image.new("RGB", (300, 400), "red").save(sent, "JPEG", exif=exif, comment=MARKER.encode())
    assert sent.getvalue().count(MARKER.encode()) == 2
    made = poster([sheet(picture=read_picture(sent.getvalue()).data)])
    assert MARKER.encode() not in made.content
    with pytest.raises(NotPrinted):
        poster([sheet(picture=sent.getvalue())])


def test_a_damaged_photo_is_refused_in_words() -> None:
    with pytest.raises(NotPrinted) as refused:
        poster([sheet(picture=photo()[:200])])
    assert refused.value.cause is Cause.BAD_PICTURE


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert poster([sheet()]).content == poster([sheet()]).content

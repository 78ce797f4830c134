"""The press: what comes out is what went in, and what goes wrong ends in words."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from foundation.printing import services
from foundation.printing.exceptions import Cause, NotPrinted
from foundation.printing.services import print_pdf, print_png

TYP = Path(__file__).parent / "typ"
ONE = TYP / "one.typ"
MARKER = b"51.5,-0.12 home"


def square(kind: str = "PNG", **more: object) -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 40), "red").save(made, kind, **more)
    return made.getvalue()


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


@pytest.mark.parametrize(
    "name",
    [
        "*Bo* _x_ #let $1$ @ref <l>",
        "a \\ ] [ ` // /* */",
        '#read("/etc/passwd")',
        "-- ... ~ 'q'",
        "= no heading",
    ],
)
def test_markup_in_a_name_prints_as_it_is(name: str) -> None:
    text = reader(print_pdf(ONE, {"name": name}).content).pages[0].extract_text()
    assert " ".join(text.split()) == name


def test_a_pdf_is_tagged_and_says_its_title_and_language_and_nothing_else() -> None:
    made = print_pdf(ONE, {"name": "Bo", "picture": "a.png"}, {"a.png": square()})
    pdf = reader(made.content)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made.content
    assert dict(pdf.metadata or {}) == {"/Title": "A page", "/Creator": "Typst 0.15.1"}  # and not when


def test_the_same_words_are_the_same_bytes() -> None:
    first, again = (print_pdf(ONE, {"name": "Bo"}).content for _ in range(2))
    assert first == again
    small, small_again = (print_png(ONE, {"name": "Bo"}, width=300, height=200).content for _ in range(2))
    assert small == small_again


@pytest.mark.parametrize(("width", "height"), [(300, 200), (301, 333), (1920, 1080)])
def test_a_png_is_of_exactly_that_size(width: int, height: int) -> None:
    made = print_png(ONE, {"name": "Bo"}, width=width, height=height)
    assert Image.open(BytesIO(made.content)).size == (width, height)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_of_each_kind_prints(kind: str) -> None:
    name = {"PNG": "a.png", "JPEG": "a.jpg", "WEBP": "a.webp"}[kind]
    assert print_pdf(ONE, {"name": "Bo", "picture": name}, {name: square(kind)}).pages == 1


@pytest.mark.parametrize("content", [b"", b"no picture", square()[:60], b"GIF89a"])
def test_a_damaged_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(NotPrinted) as refused:
        print_pdf(ONE, {"name": "Bo", "picture": "a.png"}, {"a.png": content})
    assert refused.value.cause is Cause.BAD_PICTURE


def test_a_jpeg_that_tells_where_it_was_taken_is_not_printed() -> None:
    exif = Image.Exif()
    exif[0x010E] = MARKER.decode()
    for telling in (
        square("JPEG", exif=exif),
        square("JPEG", comment=MARKER),
        square("JPEG", icc_profile=MARKER),
    ):
        assert MARKER in telling
        with pytest.raises(NotPrinted):
            print_pdf(ONE, {"name": "Bo", "picture": "a.jpg"}, {"a.jpg": telling})
    assert print_pdf(ONE, {"name": "Bo", "picture": "a.jpg"}, {"a.jpg": square("JPEG")}).pages == 1


def test_a_picture_cannot_be_laid_elsewhere() -> None:
    for name in ("../a.png", "data.json", "a.typ", "/tmp/a.png"):
        with pytest.raises(ValueError, match="no name for a picture"):
            print_pdf(ONE, {"name": "Bo"}, {name: square()})


def test_more_pages_than_wanted_are_refused() -> None:
    assert print_pdf(TYP / "many.typ", {"pages": 3}, most_pages=3).pages == 3
    with pytest.raises(NotPrinted) as refused:
        print_pdf(TYP / "many.typ", {"pages": 4}, most_pages=3)
    assert refused.value.cause is Cause.TOO_LARGE
    with pytest.raises(NotPrinted) as refused:
        print_png(TYP / "many.typ", {"pages": 2}, width=300, height=200)
    assert refused.value.cause is Cause.TOO_LARGE


def test_more_pixels_than_wanted_are_refused_before_anything_is_made() -> None:
    with pytest.raises(NotPrinted) as refused:
        print_png(ONE, {"name": "Bo"}, width=4000, height=2001)
    assert refused.value.cause is Cause.TOO_LARGE


@pytest.mark.parametrize("what", ["file", "package"])
def test_no_file_outside_and_no_package_is_reached(what: str) -> None:
    with pytest.raises(NotPrinted) as refused:
        print_pdf(TYP / "reaches.typ", {"what": what})
    assert refused.value.cause is Cause.BROKEN
    assert refused.value.where.startswith("reaches.typ:")


def test_what_runs_wild_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "SECONDS", 1)
    with pytest.raises(NotPrinted) as refused:
        print_pdf(TYP / "reaches.typ", {"what": "wild"})
    assert refused.value.cause is Cause.TOO_SLOW


def test_what_wants_memory_without_end_ends_alone() -> None:
    with pytest.raises(NotPrinted) as refused:
        print_pdf(TYP / "reaches.typ", {"what": "memory"})
    assert refused.value.cause is Cause.BROKEN
    assert refused.value.where.startswith("the press ended with")


def test_what_failed_is_told_without_a_word_of_what_was_to_be_printed() -> None:
    with pytest.raises(NotPrinted) as refused:
        print_pdf(TYP / "many.typ", {"pages": "Robin Moor"})
    assert "Robin" not in str(refused.value) + repr(refused.value)

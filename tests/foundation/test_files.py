"""Files: kept under names that say nothing, judged by bytes, looked at by a scanner, sent out as no page."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest

from foundation.files import scanning, storage
from foundation.files.kinds import NotTaken, download_type
from foundation.files.serving import sent


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def test_a_file_is_kept_in_a_folder_of_ours_under_a_name_that_says_nothing(media: Path) -> None:
    places = [storage.keep(b"words", folder="held"), storage.keep(io.BytesIO(b"words"), folder="held")]
    assert len(set(places)) == 2
    for place in places:
        folder, name = place.split("/")
        assert (folder, len(name), int(name, 16) > 0) == ("held", 32, True)
        assert storage.path_of(place).read_bytes() == b"words"
    assert stat.S_IMODE((media / "held").stat().st_mode) == 0o700


def test_a_file_is_deleted_once() -> None:
    place = storage.keep(b"words", folder="held", ending="csv")
    assert place.endswith(".csv")
    assert (storage.delete(place), storage.delete(place), storage.delete("")) == (True, False, False)


@pytest.mark.parametrize("name", ["page.html", "run.exe", "drawing.svg", "none", "lies.pdf", "empty.txt"])
def test_what_is_not_taken_is_said_in_words(name: str) -> None:
    content = b"" if name == "empty.txt" else b"<!doctype html><script>alert(1)</script>"
    with pytest.raises(NotTaken) as refused:
        download_type(name, content)
    assert str(refused.value).endswith(".")


def test_a_file_that_is_what_its_name_says_is_taken() -> None:
    assert download_type("Letter.PDF", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n") == "application/pdf"
    assert download_type("words.txt", "Żółć".encode()) == "text/plain"


def test_a_file_is_sent_as_nothing_that_a_browser_could_run() -> None:
    answer = sent(io.BytesIO(b"<script>alert(1)</script>"), save_as='a"\r\nSet-Cookie: x.html')
    assert answer.streaming
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert not {"\r", "\n"} & set(answer["Content-Disposition"])
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store, private"


def test_a_picture_is_shown_under_its_own_kind() -> None:
    answer = sent(io.BytesIO(b"x"), content_type="image/jpeg")
    assert answer["Content-Type"] == "image/jpeg"
    assert not answer.get("Content-Disposition", "").startswith("attachment")


@pytest.mark.parametrize(("answer", "clean"), [("0", True), ("1", False)])
def test_the_scanner_is_asked_about_any_file(settings, tmp_path: Path, answer: str, clean: bool) -> None:
    settings.SCAN_COMMAND = f"sh -c 'test -f \"$0\" && exit {answer}; exit 2'"
    assert scanning.has_scanner()
    file = tmp_path / "held file"
    file.write_bytes(b"words")
    assert scanning.is_clean(file) is clean
    with pytest.raises(scanning.Unwell, match=r"^answer 2$"):
        scanning.is_clean(tmp_path / "gone")


def test_a_scanner_that_is_not_there_is_unwell(settings, tmp_path: Path) -> None:
    settings.SCAN_COMMAND = "/no/such/scanner"
    with pytest.raises(scanning.Unwell, match=r"^FileNotFoundError$"):
        scanning.is_clean(tmp_path)
    settings.SCAN_COMMAND = " "
    assert not scanning.has_scanner()

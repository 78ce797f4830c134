"""What is uploaded: pictures lose where they were taken, other files are downloads, lies are refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from foundation import pictures
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid
from missingcases import services
from missingcases.enums import Audience, ScanStatus
from missingcases.models import Attachment, Incident
from missingcases.services.notes import stored_path
from tests.cast import Member
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db
SECRET = b"51.4613 N 0.1156 W"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(1)</script>"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def incident(met_officer: Member) -> Incident:
    return world.reported(met_officer.actor)


def picture(form: str, size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "red").save(stream, form, **more)
    return stream.getvalue()


def with_metadata(form: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[0x001D] = SECRET.decode()
    more: dict[str, object] = {"exif": exif, "xmp": b"<x>" + SECRET + b"</x>"} if form != "GIF" else {}
    if form in {"JPEG", "GIF"}:
        more["comment"] = SECRET
    content = picture(form, **more)
    assert SECRET in content
    return content


def add(by: Member, incident: Incident, name: str, content: bytes, audience=Audience.OWNER) -> Attachment:
    return services.add_attachment(
        actor=by.actor, incident_id=incident.pk, name=name, content=content, audience=audience
    )


def at(row: Attachment) -> str:
    return reverse("missingcases:attachment", args=[row.incident.reference, row.reference])


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "GIF"])
def test_a_picture_says_no_more_where_it_was_taken(incident, met_officer: Member, form: str) -> None:
    row = add(met_officer, incident, "photo", with_metadata(form))

    kept = stored_path(row.stored_name).read_bytes()
    assert SECRET not in kept
    with Image.open(io.BytesIO(kept)) as opened:
        assert (opened.format, len(opened.getexif())) == ("JPEG", 0)
    assert (row.content_type, row.scan_status) == ("image/jpeg", ScanStatus.CLEAN)


def test_the_picture_of_a_telephone_with_its_preview_is_taken(incident, met_officer: Member) -> None:
    preview = Image.new("RGB", (30, 20), "blue")
    row = add(met_officer, incident, "IMG_1.jpg", picture("MPO", save_all=True, append_images=[preview]))
    with Image.open(stored_path(row.stored_name)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (60, 40))


def test_what_hides_behind_a_picture_is_gone(incident, met_officer: Member) -> None:
    row = add(met_officer, incident, "photo.jpg", picture("JPEG") + HTML + PDF)
    kept = stored_path(row.stored_name).read_bytes()
    assert b"script" not in kept
    assert b"%PDF" not in kept


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", SVG),
        ("photo.jpg", SVG),
        ("photo.jpg", HTML),
        ("page.html", HTML),
        ("letter.pdf", HTML),
        ("letter.pdf", b""),
        ("statement.txt", b"a\x00b"),
        ("tool.exe", b"MZ" + b"\x00" * 100),
        ("letter.docx", b"MZ" + b"\x00" * 100),
        ("photo.jpg", picture("JPEG")[:200]),
    ],
)
def test_a_file_that_lies_or_could_run_is_refused(incident, met_officer: Member, name, content) -> None:
    with pytest.raises(Invalid):
        add(met_officer, incident, name, content)
    assert not Attachment.objects.exists()


def test_a_picture_that_unpacks_to_too_much_is_refused(incident, met_officer: Member) -> None:
    stream = io.BytesIO()
    Image.new("1", (8000, 6000)).save(stream, "PNG")
    assert len(stream.getvalue()) < 100_000
    with pytest.raises(Invalid) as refused:
        add(met_officer, incident, "bomb.png", stream.getvalue())
    assert "40 million pixels" in refused.value.problems["file"]


def test_a_large_picture_is_made_smaller(incident, met_officer: Member) -> None:
    row = add(met_officer, incident, "wide.jpg", picture("JPEG", (5000, 100)))
    with Image.open(stored_path(row.stored_name)) as opened:
        assert max(opened.size) == pictures.MAX_SIDE


def test_a_file_too_large_is_refused_by_the_form_before_it_is_read(
    incident, met_officer: Member, monkeypatch
) -> None:
    monkeypatch.setattr("missingcases.forms.notes.MAX_BYTES", 1000)
    page = reverse("missingcases:attachment_add", args=[incident.reference])
    answer = met_officer.sign_in(Client()).post(
        page, {"file": SimpleUploadedFile("a.txt", b"x" * 2000), "audience": Audience.OWNER}
    )
    assert "The file is larger than" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_download_can_never_become_a_page(incident, met_officer: Member) -> None:
    row = add(met_officer, incident, 'say "hi"; x=.pdf', PDF + HTML)
    Attachment.objects.filter(pk=row.pk).update(scan_status=ScanStatus.CLEAN)

    answer = met_officer.sign_in(Client()).get(at(row))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    assert AuditEvent.objects.filter(action="attachment.opened", target_id=row.pk).count() == 1


def test_a_file_is_not_there_for_another_force_nor_beyond_its_audience(
    incident, met_officer: Member, kent_officer: Member, caseworker: Member
) -> None:
    row = add(met_officer, incident, "photo.png", picture("PNG"), Audience.OWNER)
    assert met_officer.sign_in(Client()).get(at(row)).status_code == 200
    for other in (kent_officer, caseworker):
        assert other.sign_in(Client()).get(at(row)).status_code == 404
    assert AuditEvent.objects.filter(action="attachment.opened").count() == 1

"""The pack: a ZIP of plain pages, a table and the files, written item by item."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from mimetypes import guess_extension
from pathlib import Path, PurePath
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Count
from django.template.loader import render_to_string

from foundation.clock import in_london
from foundation.files import storage
from foundation.table_files import defused
from missingcases.imports.values import readable
from missingcases.subject_access.enums import Decision
from missingcases.subject_access.models import AccessItem, AccessRequest
from missingcases.subject_access.selectors import pairs_of

CHUNK = 500
_RECORDS = "<!-- records -->"


def write(request: AccessRequest, path: Path) -> None:
    """Write everything that is included; of what is withheld the kinds alone, and those that may be named."""
    with ZipFile(path, "w", compression=ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("index.html", render_to_string("subject_access/pack/index.html", _index(request)))
        with archive.open("records.html", "w") as page:
            before, after = render_to_string("subject_access/pack/whole.html").split(_RECORDS)
            page.write(before.encode())
            for rows in _chunks(request):
                told = [(item, pairs_of(item), _name_in_pack(item)) for item in rows]
                page.write(render_to_string("subject_access/pack/records.html", {"told": told}).encode())
            page.write(after.encode())
        with archive.open("records.csv", "w") as table:
            table.write("\ufeffKind,When,What,Words\r\n".encode())
            for rows in _chunks(request):
                table.write(_lines(rows).encode())
        for rows in _chunks(request, files_only=True):
            for item in rows:
                _copy(archive, item)


def _index(request: AccessRequest) -> dict[str, object]:
    included = request.items.filter(decision=Decision.INCLUDE)
    named = request.items.filter(decision=Decision.WITHHOLD, may_be_named=True)
    return {
        "request": request,
        "kinds": included.values_list("title").annotate(Count("pk")).order_by("title"),
        "withheld": named.order_by("title").values_list("title", flat=True).distinct(),
    }


def _chunks(request: AccessRequest, *, files_only: bool = False) -> Iterator[list[AccessItem]]:
    rows = AccessItem.objects.filter(request=request, decision=Decision.INCLUDE)
    if files_only:
        rows = rows.exclude(stored_file="")
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _lines(rows: list[AccessItem]) -> str:
    table = io.StringIO()
    writer = csv.writer(table)
    for item in rows:
        when = f"{in_london(item.at):%Y-%m-%d %H:%M}"
        writer.writerows(
            [item.title, when, defused(label), defused(readable(words))] for label, words in pairs_of(item)
        )
    return table.getvalue()


def _name_in_pack(item: AccessItem) -> str:
    """The file's number and ending: its own name may hold anything."""
    if not item.stored_file:
        return ""
    ending = guess_extension(item.file_name) or PurePath(item.file_name).suffix[:10].lower()
    return f"files/{item.pk}{ending}"


def _copy(archive: ZipFile, item: AccessItem) -> None:
    source = storage.path_of(item.stored_file)
    if source.exists():
        with source.open("rb") as file, archive.open(_name_in_pack(item), "w") as target:
            shutil.copyfileobj(file, target)

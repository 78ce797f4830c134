"""The file: a tar of the database's dump in parts, then the media, encrypted to age keys as it is written.

Never more than a part (4 MiB) is in memory, and nothing is on the disk in clear. age seals every block and
the end: a file that was cut short or changed does not open.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import pyrage

from foundation.backups.exceptions import BackupTrouble

PART = 4 * 1024 * 1024
_MEDIA, _DATABASE, _MANIFEST = "media/", "database/", "manifest.json"


@dataclass
class Manifest:
    """What the file holds, written last. `rows` are counts by table as the dump has them."""

    made_at: str
    rows: dict[str, int] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    files: int = 0
    version: int = 1


class _Pulled(io.RawIOBase):
    """A readable over an iterator of blocks."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._rest = memoryview(block)
        taken = self._rest[: len(into)]
        into[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)


def write(path: Path, *, recipients: Sequence[Any], dump: IO[bytes], media: Path, manifest: Manifest) -> None:
    """Write the whole file. `dump` is read to its end; `manifest.files` is counted here."""
    blocks = _blocks(dump, media, manifest)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        pyrage.encrypt_io(io.BufferedReader(_Pulled(blocks), PART), out, list(recipients))
        out.flush()
        os.fsync(out.fileno())


def _blocks(dump: IO[bytes], media: Path, manifest: Manifest) -> Iterator[bytes]:
    number = 0
    while part := dump.read(PART):
        number += 1
        yield from _member(f"{_DATABASE}{number:08}", len(part), iter([part]))
    for file in _files(media):
        with file.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            name = _MEDIA + file.relative_to(media).as_posix()
            yield from _member(name, size, _exactly(opened, size))
        manifest.files += 1
    last = json.dumps(asdict(manifest)).encode()
    yield from _member(_MANIFEST, len(last), iter([last]))
    yield b"\0" * 1024


def _files(media: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(media):
        for name in sorted(names):
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _exactly(opened: IO[bytes], size: int) -> Iterator[bytes]:
    while size:
        block = opened.read(min(PART, size))
        if not block:
            raise BackupTrouble(
                "A file in the media folder shrank while it was read. Start the backup again."
            )
        size -= len(block)
        yield block


def _member(name: str, size: int, blocks: Iterator[bytes]) -> Iterator[bytes]:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    yield info.tobuf(tarfile.PAX_FORMAT)
    yield from blocks
    yield b"\0" * (-size % 512)


def read(
    path: Path,
    identity: Any,
    *,
    database: Callable[[bytes], object],
    media: Callable[[str, IO[bytes]], object],
) -> Manifest:
    """Decrypt the file once through, handing over the dump's parts and each media file.

    Raises `BackupTrouble` where the key does not fit or the file is damaged.
    """
    reading, writing = os.pipe()
    trouble: list[BaseException] = []

    def decrypt() -> None:
        try:
            with os.fdopen(writing, "wb") as out, path.open("rb") as source:
                pyrage.decrypt_io(source, out, [identity])
        except BaseException as problem:
            trouble.append(problem)

    thread = threading.Thread(target=decrypt, daemon=True)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as source:
            manifest = _walk(source, database, media)
            while source.read(PART):
                pass
    except tarfile.TarError:
        manifest = None
    finally:
        thread.join()
    if trouble or manifest is None:
        raise BackupTrouble(f"{path.name} cannot be opened: it is another key's, or it is damaged.")
    return manifest


def _walk(
    source: IO[bytes], database: Callable[[bytes], object], media: Callable[[str, IO[bytes]], object]
) -> Manifest | None:
    with tarfile.open(fileobj=source, mode="r|") as archive:
        for member in archive:
            opened = archive.extractfile(member)
            if opened is None:
                continue
            if member.name.startswith(_DATABASE):
                database(opened.read())
            elif member.name.startswith(_MEDIA):
                media(member.name.removeprefix(_MEDIA), opened)
            elif member.name == _MANIFEST:
                return Manifest(**json.loads(opened.read()))
    return None

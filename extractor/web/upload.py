"""Files sent by the browser: kept in OUT/uploads under names of ours, then read like any others."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from extractor.batch.discover import SUFFIXES
from extractor.batch.writing import FULL, CannotWrite
from extractor.errors import DiskFull
from extractor.web.reading import UPLOADS
from extractor.web.rendering import render
from extractor.web.security import UPLOAD
from extractor.web.site import Site, site

MOST_FILES = 50
"""Of one upload."""
MOST_FILE = 200 * 1024 * 1024
"""Bytes of a file."""
_LONGEST = 80  # characters of the name that are kept
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent: its name there, the words that say what became of it, the document that it already is."""

    name: str
    key: str
    document: int | None = None
    path: Path | None = None


async def upload(request: Request) -> Response:
    """POST `files`: keep them and begin to read them."""
    here = site(request)
    async with request.form(max_files=MOST_FILES, max_fields=5) as form:
        files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
        sent = [await run_in_threadpool(keep, here, one.filename or "", one.file) for one in files]
    ready = [one.path for one in sent if one.path is not None]
    if ready:
        here.reading.add(here.out / UPLOADS, ready)
    if sent and len(ready) == len(sent):
        return RedirectResponse("/", status_code=303)
    return render(request, "uploaded.html", sent=sent, most=MOST_FILE // 1024**2)


def keep(here: Site, name: str, file: BinaryIO) -> Sent:
    """Keep one file. Raises DiskFull, CannotWrite."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        return Sent(name, "upload.unknown_format")
    folder = here.out / UPLOADS
    part = folder / f".{uuid.uuid4().hex}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sha256, size = _copied(file, part)
        if size > MOST_FILE:
            return Sent(name, "upload.too_large")
        if (document := _known(here, sha256)) is not None:
            return Sent(name, "upload.known", document)
        target = folder / f"{named(name)}-{sha256[:12]}{suffix}"
        os.replace(part, target)
        return Sent(name, "upload.kept", path=target)
    except OSError as error:
        kind = DiskFull if error.errno in FULL else CannotWrite
        raise kind(error.strerror or str(error), path=folder) from error
    finally:
        part.unlink(missing_ok=True)


def named(name: str) -> str:
    """Of a name that a stranger gave, what may stand in one of ours: letters, digits and single hyphens."""
    stem = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1].rpartition(".")[0])
    return re.sub(r"[^\w]+|_+", "-", stem)[:_LONGEST].strip("-") or "file"


def _copied(file: BinaryIO, part: Path) -> tuple[str, int]:
    """Copy it, no more than is allowed; returns the hash and how many bytes there were."""
    size, digest = 0, hashlib.sha256()
    with part.open("xb") as target:
        while size <= MOST_FILE and (chunk := file.read(_CHUNK)):
            size += len(chunk)
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest(), size


def _known(here: Site, sha256: str) -> int | None:
    """The document that was read from these bytes."""
    query = (
        "SELECT d.id FROM ledger_files f JOIN documents d ON d.json = f.json "
        "WHERE f.sha256 = ? AND f.state = 'done' LIMIT 1"
    )
    with here.store() as store:
        row = store.rows(query, (sha256,)).fetchone()
    return None if row is None else int(row[0])


routes = [Route(UPLOAD, upload, methods=["POST"])]

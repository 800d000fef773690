"""Comparisons that were asked for: which documents the two sides are, and where the rows are kept while they are made.

A side is a year (`2022`) or one document (`d:12`, `documents.id`). Small comparisons are made while the page waits,
large ones by a child process, whose rows can be looked at while they come.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.compare import kept
from extractor.compare.claims import Doc, docs_of
from extractor.gazetteer.names import fold
from extractor.store.database import NAME, StoreDamaged, open_database
from extractor.store.store import Store
from extractor.web.work import Work

AT_ONCE = 2_500
"""Figures of both sides together that are compared while the page waits: half a second."""

_KEPT, _BYTES = 12, 1_000_000_000
"""Comparisons whose rows are kept, the last ones, and the bytes that they may take."""

_RUNNING = 2
"""Comparisons that are made at the same time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be compared. `area`: a part of the name of a report's place or issuer, all where it is empty;
    `places`: as in `Map.named`."""

    a: str
    b: str
    area: str = ""
    least: float = 0.5
    places: str = "as-told"


@dataclass(frozen=True, slots=True)
class Begun:
    """A comparison with its rows' file, and how far it is. `waits`: too many others are being made."""

    path: Path
    progress: kept.Progress | None
    waits: bool = False


def sides(store: Store, asked: Asked) -> tuple[list[Doc], list[Doc]]:
    """The documents of both sides; an unknown side is empty."""
    return _side(store, asked.a, asked.area), _side(store, asked.b, asked.area)


def _side(store: Store, said: str, area: str) -> list[Doc]:
    if said.startswith("d:"):
        key = said[2:]
        rows = store.rows("SELECT year FROM documents WHERE id = ?", (key,)).fetchall() if _is_whole(key) else []
        return [doc for (year,) in rows for doc in docs_of(store, year) if doc.key == int(key)]
    if not _is_whole(said):
        return []
    wanted = fold(area)
    docs = docs_of(store, int(said))
    return [d for d in docs if wanted in fold(f"{d.place or ''} {d.issuer or ''}")] if wanted else docs


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def begin(work: Work, store: Store, asked: Asked, a: Sequence[Doc], b: Sequence[Doc]) -> Begun:
    """The comparison, made now, being made, or made before."""
    assert store.out is not None
    folder = store.out / "cache" / "compare"
    folder.mkdir(parents=True, exist_ok=True)
    name = kept.digest(store, a, b, asked.least, asked.places)
    path = folder / f"{name}.sqlite"
    job = work.job(f"compare:{name}")
    running = job is not None and job.running
    state = _state(path)
    if state is not None and (state.done or running or (state.failed and job is not None)):
        return Begun(path, state)
    if running:
        return Begun(path, None)
    if job is not None and job.failed:
        return Begun(path, kept.Progress(False, job.failed, 0, 0, 0, 0, {}))
    path.unlink(missing_ok=True)  # of a server that is no more
    _prune(folder, work)
    values = (store.out, [d.key for d in a], [d.key for d in b], asked.least, asked.places)
    if _small(store, [*a, *b]):
        own = path.with_suffix(f".{threading.get_ident()}")  # two may ask for the same
        try:
            make(*values, own)
            own.replace(path)
        finally:
            own.unlink(missing_ok=True)
        return Begun(path, kept.progress(path))
    started = work.start(f"compare:{name}", make, *values, path, most=_RUNNING)
    return Begun(path, None, waits=started is None)


def _state(path: Path) -> kept.Progress | None:
    """How far the comparison is; a file that a kill has torn counts as none."""
    try:
        return kept.progress(path)
    except StoreDamaged:
        return None


def _small(store: Store, docs: Sequence[Doc]) -> bool:
    figures = 0
    for doc in docs:
        figures += store.rows("SELECT count(*) FROM figures WHERE document = ?", (doc.key,)).fetchone()[0]
        if figures > AT_ONCE:
            return False
    return True


def make(out: Path, a: Sequence[int], b: Sequence[int], least: float, places: str, path: Path) -> None:
    """Compare the documents with these ids. Raises what the comparison raises, which is kept with its rows."""
    source = out / NAME
    with Store(open_database(source), source, out, []) as store:
        docs = {doc.key: doc for doc in docs_of(store)}
        kept.make(store, [docs[k] for k in a if k in docs], [docs[k] for k in b if k in docs], least, places, path)


def _prune(folder: Path, work: Work) -> None:
    """Remove the oldest files beyond _KEPT and _BYTES, but those that are being written, to make room for one more."""
    kept_bytes = 0
    found = sorted(((p.stat().st_mtime, p.stat().st_size, p) for p in folder.glob("*.sqlite")), reverse=True)
    for at, (_, size, path) in enumerate(found, 2):
        kept_bytes += size
        job = work.job(f"compare:{path.stem}")
        if (at > _KEPT or kept_bytes > _BYTES) and not (job and job.running):
            path.unlink(missing_ok=True)


"""One document as its page shows it: the report, where its file is, and the parts in which it is shown."""

from __future__ import annotations

import hashlib
import json
import os
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from extractor.corrections.apply import Corrected
from extractor.corrections.folder import Loaded as WithCorrections
from extractor.corrections.folder import of_report, stamp
from extractor.corrections.journal import journal_path
from extractor.errors import ExtractorError, ReportError
from extractor.model import Report
from extractor.store.store import Store
from extractor.web.items import Items
from extractor.web.missing import Missing

if TYPE_CHECKING:
    from extractor.web.site import Site

PART = 6000
"""Characters of a part of a document without pages."""
_KEPT = 4  # reports held in memory, so that turning a page of a long one does not read it again


class ReportGone(ReportError):
    """The JSON of a document is not as its run wrote it."""

    remedy = "run 'extractor run' again; it makes the JSON anew"


@dataclass(frozen=True, slots=True)
class Part:
    """What is shown at once: a page, or of a format without pages a piece that ends with a line. Counted from 1."""

    number: int
    start: int
    end: int
    page: int | None = None
    width: float | None = None
    height: float | None = None
    source: str = "text"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document: `id` is `documents.id`, `json` its JSON below OUT/reports, `json_sha256` that of its bytes, `report`
    what it says with what people have corrected, `failures` the lines of its journal that are no corrections, `file`
    what it was read from."""

    id: int
    json: str
    report: Report
    items: Items
    parts: tuple[Part, ...]
    grade: str | None
    reasons: tuple[str, ...]
    file: Path | None
    json_sha256: str
    corrected: Corrected
    failures: tuple[ExtractorError, ...] = ()

    def part_at(self, offset: int) -> Part:
        """The part that holds the character at `offset`; the last one beyond the end."""
        return next((part for part in self.parts if offset < part.end), self.parts[-1])


class Reports:
    """The reports that were asked for last, by their JSON and the state of their corrections. Safe for threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, str | None], tuple[WithCorrections, Items]] = OrderedDict()
        self._lock = Lock()

    def get(self, out: Path, json: str, sha256: str) -> tuple[WithCorrections, Items]:
        """The report whose JSON is `json` below OUT/reports, with the hash `sha256`, and what is marked in it.

        Raises ReportGone, NotAReport.
        """
        state = json, sha256, stamp(journal_path(out, json))
        with self._lock:
            if state in self._kept:
                self._kept.move_to_end(state)
                return self._kept[state]
        path = out / "reports" / json
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ReportGone(error.strerror or str(error), path=path) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ReportGone("the JSON was changed since its run", path=path)
        told = of_report(out, json, Report.from_json(data))
        made = told, Items(told.corrected.report, told.corrected.marks)
        with self._lock:
            self._kept[state] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made


_ROW = """
    SELECT d.json, d.json_sha256, g.grade, g.reasons, f.path FROM documents d
    LEFT JOIN grades g ON g.document = d.id
    LEFT JOIN ledger_files f ON f.json = d.json AND f.state = 'done' WHERE d.id = ?"""


def load(site: Site, store: Store, document: int) -> Loaded:
    """The document `document` of the store. Raises Missing, ReportGone, NotAReport."""
    row = store.rows(_ROW, (document,)).fetchone()
    if row is None:
        raise Missing("common.no_such_document")
    name, sha256, grade, reasons, path = row
    told, items = site.reports.get(site.out, os.fsdecode(name), sha256)
    report = told.corrected.report
    return Loaded(
        document, os.fsdecode(name), report, items, parts_of(report), grade, tuple(json.loads(reasons or "[]")),
        None if path is None else Path(os.fsdecode(path)), sha256, told.corrected, told.failures,
    )  # fmt: skip


def parts_of(report: Report) -> tuple[Part, ...]:
    """The pages of a report that has some; else pieces of about `PART` characters. Together they hold all its text."""
    if report.pages and report.pages[0].width is not None:
        # A page holds what stands before the next one's start, so that nothing is in none.
        ends = [page.start for page in report.pages[1:]] + [len(report.text)]
        return tuple(
            Part(at, page.start if at > 1 else 0, end, page.number, page.width, page.height, page.source,
                 page.confidence)
            for at, (page, end) in enumerate(zip(report.pages, ends, strict=True), 1)
        )  # fmt: skip
    parts: list[Part] = []
    start, size = 0, len(report.text)
    while start < size or not parts:
        end = size if size - start <= PART * 1.5 else report.text.find("\n", start + PART) + 1 or size
        parts.append(Part(len(parts) + 1, start, end))
        start = end
    return tuple(parts)

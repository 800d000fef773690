"""Documents that a person has looked through. What was looked through is kept, so that gold outlives the next version.

A review names the JSON (by its sha256) that the person saw; a copy of that stands in OUT/corrections/.reviewed. The
gold of a document is that copy with all corrections worked in: what the machine finds later does not change it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.batch.writing import write_whole
from extractor.corrections.apply import Corrected, correct
from extractor.corrections.folder import load, save
from extractor.corrections.journal import FOLDER, Journal
from extractor.corrections.making import review
from extractor.corrections.record import Correction
from extractor.errors import ReportError
from extractor.model import Report
from extractor.serial import NotAReport, from_json

_COPIES = ".reviewed"


class ReviewLost(ReportError):
    """The copy of the report that a person looked through is gone or was changed."""

    remedy = "look the document through again"


@dataclass(frozen=True, slots=True)
class Review:
    """How far one state of a document was looked through: the pages that were, and those that it has."""

    report: str
    pages: frozenset[int]
    of: frozenset[int]

    @property
    def whole(self) -> bool:
        """Whether no page is left."""
        return self.pages >= self.of


def mark_reviewed(out: Path, json: str, who: str, pages: Sequence[int] = ()) -> Correction:
    """Note that `who` has looked through the report `json`, or `pages` of it, as it stands now with its corrections.

    Raises CannotCorrect, DiskFull, CannotWrite, and what `load` raises.
    """
    corrected = load(out, json).corrected
    data = (out / "reports" / json).read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    made = review(corrected, sha256, who, pages)
    write_whole(_copy(out, sha256), data, parts=out)
    save(out, json, [made])
    return made


def reviews(out: Path, corrections: Sequence[Correction]) -> list[Review]:
    """The states of a document that were looked through, the latest first. Raises ReviewLost."""
    undone = {c.undoes for c in corrections if c.what == "undo"}
    seen: dict[str, set[int]] = {}
    for c in reversed(corrections):
        if c.what == "reviewed" and c.id not in undone and c.report is not None:
            seen.setdefault(c.report, set()).update(c.pages or (0,))
    made = []
    for sha256, pages in seen.items():
        of = frozenset(p.number for p in _kept(out, sha256).pages)
        made.append(Review(sha256, of if 0 in pages else frozenset(pages), of))
    return made


def reviewed_pages(corrections: Sequence[Correction], report: str, of: Iterable[int]) -> frozenset[int]:
    """Which of the pages `of` of the JSON with the sha256 `report` were looked through."""
    undone = {c.undoes for c in corrections if c.what == "undo"}
    seen = [c.pages for c in corrections if c.what == "reviewed" and c.report == report and c.id not in undone]
    return frozenset(of) if () in seen else frozenset(of) & {page for pages in seen for page in pages}


def gold_report(out: Path, journal: Journal) -> Corrected | None:
    """The document as people have left it, where one of its states was looked through as a whole; the latest of those.

    Raises ReviewLost.
    """
    whole = next((r for r in reviews(out, journal.corrections) if r.whole), None)
    return None if whole is None else correct(_kept(out, whole.report), journal.corrections)


def _kept(out: Path, sha256: str) -> Report:
    path = _copy(out, sha256)
    try:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ReviewLost("it was changed", path=path)
        return from_json(data)
    except (OSError, NotAReport) as error:
        raise ReviewLost(str(error), path=path) from error


def _copy(out: Path, sha256: str) -> Path:
    return out / FOLDER / _COPIES / f"{sha256}.json"

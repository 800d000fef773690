"""Gold annotations of the documents that people have looked through, for `extractor eval` (docs/evaluate.md)."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor import output
from extractor.batch.writing import write_whole
from extractor.corrections.apply import Corrected
from extractor.corrections.fields import FIELDS
from extractor.corrections.folder import journals, reports_folder
from extractor.corrections.items import key_of
from extractor.corrections.journal import FOLDER, read
from extractor.corrections.reviewed import gold_report, reviews
from extractor.errors import ExtractorError
from extractor.finding.fold import fold
from extractor.finding.lazy import lazy
from extractor.model import Figure, Place, Reference, Report, Section
from extractor.serial import encoded

_NUMBER = lazy(r"\d(?:[\d.,]*\d)?")
_CLOSING = ".):"
_LABEL = 24  # characters after a section's start in which its number is looked for
_NAME = 120  # characters of a file's name that are kept


@dataclass(slots=True)
class Exported:
    """The gold files that were written, the reports that were looked through only in part, and what went wrong."""

    files: list[Path] = field(default_factory=list)
    partly: dict[str, str] = field(default_factory=dict)
    failures: list[ExtractorError] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 all read, 2 not all, 3 none."""
        if not self.failures:
            return 0
        return 2 if self.files else 3


def export_gold(out: Path, folder: Path) -> Exported:
    """Write a gold file and its raw text into `folder` for each document of the run that was looked through as a whole.

    Raises DiskFull, CannotWrite, and UsageError where there are no reports.
    """
    reports_folder(out)
    made = Exported()
    for path in journals(out):
        json = path.relative_to(out / FOLDER).as_posix().removesuffix("l")
        try:
            journal = read(path)
            made.failures += journal.failures
            corrected = gold_report(out, journal)
            if corrected is None:
                for seen in reviews(out, journal.corrections)[:1]:
                    made.partly[json] = f"pages {', '.join(map(str, sorted(seen.of - seen.pages)))} are not reviewed"
                continue
        except ExtractorError as error:
            made.failures.append(error)
            continue
        stem = _stem(json, {f.stem for f in made.files})
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / f"{stem}.txt", corrected.report.text.encode(), parts=folder)
        told = gold(corrected.report, f"{stem}.txt", json, letterhead=_letterhead(corrected))
        write_whole(folder / f"{stem}.json", told, parts=folder)
        made.files.append(folder / f"{stem}.json")
    return made


def print_gold(made: Exported, shown: output.Format) -> None:
    """Print which files were written, and on stderr what was looked through only in part."""
    for json, why in made.partly.items():
        print(f"extractor: {json}: no gold yet: {why}", file=sys.stderr)
    rows = [{"file": str(path)} for path in made.files]
    if shown == "json":
        sys.stdout.write(output.as_json([row["file"] for row in rows]))
    elif shown == "csv":
        sys.stdout.write(output.as_csv(rows, ("file",)))
    else:
        sys.stdout.write(output.as_table(rows, ("file",), header=False))
        sys.stdout.write(f"{len(rows)} documents reviewed\n")


def _letterhead(corrected: Corrected) -> dict[str, str]:
    """What the letterhead says, where a person corrected it or found it right: looking the text through says nothing of
    it."""
    document = corrected.report.document
    if ("letterhead", key_of(document)) not in corrected.marks:
        return {}
    return {name: said for name in FIELDS["letterhead"] if (said := getattr(document, name)) is not None}


def gold(report: Report, raw: str, json: str, *, letterhead: Mapping[str, str]) -> bytes:
    """The gold file of `report`, whose text stands in the file `raw` and whose JSON in OUT/reports is `json`.

    `letterhead`: what is known of it, by the contract's names; empty where nobody vouched for it.
    """
    about = {"raw": raw, "json": json, "text_chars": len(report.text)}
    head = encoded(about | ({"document": dict(letterhead)} if letterhead else {}))[:-1]
    lines = b",\n  ".join(encoded(a) for a in marks_of(report))
    return head + b',\n "annotations": [\n  ' + lines + b"\n ]}\n"


def marks_of(report: Report) -> list[dict[str, Any]]:
    """The marks of all items, by the annotation guide, in the order of the text."""
    marks: list[dict[str, Any]] = []
    for section in report.sections:
        marks.append(_section(report.text, section))
    for figure in report.figures:
        marks += _figure(figure)
    marks += [_reference(r) for r in report.references]
    marks += [_place(p) for p in report.places]
    return sorted(marks, key=lambda m: (m["start"], -m["end"]))


def _span(tag: str, start: int, end: int, text: str) -> dict[str, Any]:
    return {"tag": tag, "start": start, "end": end, "text": text}


def _figure(figure: Figure) -> Iterator[dict[str, Any]]:
    """One mark; two of a range; an optional one of a bare number, with no unit or alone in its cell."""
    bare = figure.table is not None and not any(c.isalpha() or c == "%" for c in figure.text)
    if not figure.unit or bare:
        yield _span("O", figure.start, figure.end, figure.text)
        return
    about = {
        "ind": figure.indicator, "dir": figure.direction, "period": figure.period, "role": figure.role,
        "place": ";".join(p.name for p in figure.places) or None,
    }  # fmt: skip
    said = {name: value for name, value in about.items() if value is not None}
    for start, end, value in _numbers(figure):
        mark = _span("F", start, end, figure.text[start - figure.start : end - figure.start])
        of = figure.of if value == figure.value else None
        yield mark | {"value": value, "of": of, "unit": figure.unit, "kind": figure.kind} | said


def _numbers(figure: Figure) -> list[tuple[int, int, Any]]:
    """Where the numbers of a figure stand: of a range both, the unit with the second."""
    found = [m.span() for m in _NUMBER.finditer(figure.text)]
    if figure.value_to is None or len(found) != 2:
        return [(figure.start, figure.end, figure.value)]
    (first, between), (second, _) = found
    at = figure.start
    return [(at + first, at + between, figure.value), (at + second, figure.end, figure.value_to)]


def _reference(reference: Reference) -> dict[str, Any]:
    date = {"date": reference.date} if reference.date else {}
    return _span("R", reference.start, reference.end, reference.text) | {"key": reference.key} | date


def _place(place: Place) -> dict[str, Any]:
    code = {"code": place.code} if place.code else {}
    return _span("P", place.start, place.end, place.text) | {"level": place.level, "name": place.name} | code


def _section(text: str, section: Section) -> dict[str, Any]:
    """The mark of a section goes round its number and what closes it."""
    start = section.start
    at = text.find(section.number, start, min(start + _LABEL + len(section.number), section.end))
    word = re.compile(r"\S+").match(text, start, section.end)
    end = at + len(section.number) if at >= 0 else word.end() if word else start + 1
    while end < section.end and text[end] in _CLOSING:
        end += 1
    return _span("S", start, end, text[start:end]) | {"number": section.number, "level": section.level}


def _stem(json: str, taken: set[str]) -> str:
    """A file name of letters, digits and hyphens for the report `json`, other than those that are taken."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(json.removesuffix(".json")).lower()).strip("-")[:_NAME] or "report"
    if name not in taken:
        return name
    return f"{name}-{hashlib.sha256(json.encode('utf8', 'surrogateescape')).hexdigest()[:8]}"

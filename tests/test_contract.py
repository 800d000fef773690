"""What the contract promises of every report, held against corpus/ and the real reports beside the checkout."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import jsonschema
import pytest

from extractor import extract
from extractor.batch.discover import SUFFIXES
from extractor.errors import ExtractorError
from extractor.model import Report
from extractor.schema import schema
from extractor.serial import from_json, to_json
from extractor.word_boxes import WordBoxes

ROOT = Path(__file__).resolve().parent.parent
CORPUS = sorted(p for p in (ROOT / "corpus").glob("*") if p.suffix in SUFFIXES)
REAL = sorted(p for p in (ROOT.parent / "shared/reports/pdf").glob("*") if p.suffix in SUFFIXES)
VALIDATOR = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())


def check(report: Report) -> None:
    """Everything that must hold of any report."""
    text = to_json(report)
    VALIDATOR.validate(json.loads(text))
    assert from_json(text) == report
    assert unicodedata.is_normalized("NFC", report.text)
    _check_spans(report)
    _check_names(report)
    _check_pages(report)
    _check_words(report)
    _check_cells(report)


def _check_spans(report: Report) -> None:
    for item in (*report.figures, *report.references, *report.places):
        assert report.text[item.start : item.end] == item.text
        assert item.text.strip() == item.text != ""
    for section in report.sections:
        assert 0 <= section.start < section.end <= len(report.text)
    for items in (report.figures, report.references, report.places, report.sections):
        starts = [item.start for item in items]
        assert starts == sorted(starts)


def _check_names(report: Report) -> None:
    sections = {s.id: s for s in report.sections}
    ids = [*sections, *(f.id for f in report.figures), *(r.id for r in report.references)]
    assert len(ids) == len(set(ids))
    for section in report.sections:
        if section.parent is not None:
            outer = sections[section.parent]
            assert outer.level < section.level
            assert outer.start <= section.start
            assert section.end <= outer.end
    for item in (*report.figures, *report.references):
        if item.section is not None:
            assert sections[item.section].start <= item.start < sections[item.section].end


def _check_pages(report: Report) -> None:
    pages = {p.number: p for p in report.pages}
    assert len(pages) == len(report.pages) == report.document.page_count
    for item in (*report.figures, *report.references, *report.places):
        assert item.page in pages
        page = pages[item.page or 0]
        for x0, top, x1, bottom in item.boxes:
            assert x0 <= x1
            assert top <= bottom
            # A word may begin on this page and go on on the next, whose box is measured there.
            assert page.width is None or -5 <= x0 <= x1 <= max(p.width or 0 for p in report.pages) + 5
            assert page.height is None or -5 <= top <= bottom <= max(p.height or 0 for p in report.pages) + 5


def _check_words(report: Report) -> None:
    """Any stretch leads to the boxes that a figure there has, and every word has one."""
    words = WordBoxes(report)
    for item in (*report.figures, *report.references, *report.short_forms, *report.places):
        assert words.boxes(item.start, item.end) == item.boxes
        assert not item.boxes or words.page(item.start) == item.page
    assert not report.word_boxes or len(report.word_boxes) == len(report.pages)
    if report.word_boxes:
        assert all(words.boxes(found.start(), found.end()) for found in re.finditer(r"\S+", report.text))


def _check_cells(report: Report) -> None:
    for table in report.tables:
        assert len(table.rows) == len(table.cell_spans)
        for row, spans in zip(table.rows, table.cell_spans, strict=True):
            assert list(row) == [" ".join(report.text[start:end] for start, end in parts) for parts in spans]


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.name)
def test_every_report_of_the_corpus_keeps_the_contract(path: Path) -> None:
    report = extract(path)
    check(report)
    assert report.figures
    assert report.sections or report.references


@pytest.mark.shared
@pytest.mark.parametrize("path", REAL or [Path("none")], ids=lambda p: p.name)
def test_every_real_report_keeps_the_contract_or_is_a_named_error(path: Path) -> None:
    if not REAL:
        pytest.skip("../shared is not there")
    try:
        report = extract(path)
    except ExtractorError as error:
        failure = str(error)
    else:
        check(report)
        failure = "" if report.text or report.warnings else "nothing read, and nothing said about it"
    assert not failure or failure.startswith(str(path))


def test_pdfs_have_boxes_and_texts_have_none() -> None:
    for path in CORPUS:
        report = extract(path)
        assert all(bool(f.boxes) == (path.suffix == ".pdf") for f in report.figures), path.name
        assert bool(report.word_boxes) == (path.suffix == ".pdf"), path.name

"""Triage: the worst page decides, worst first, and every grade that is not good says why."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.cli import main
from extractor.errors import DamagedFile, TimedOut
from extractor.grading import Graded, grade
from extractor.model import Document, Finding, Page, Reading, Report
from extractor.reading.trust import valid_share
from extractor.serial import to_bytes
from extractor.store.ledger import FileRow, Ledger
from extractor.triage import triage_folder

GOOD = "Trong năm toàn xã giảm được bốn hộ nghèo, các thôn tiếp tục rà soát hộ cận nghèo theo chuẩn mới của huyện. "
FEW_WRONG = GOOD + "Trorng nărn tiêp hiên"
MANY_WRONG = "Toàn xã đã giarm Trorng nărn toarn xđ giarn dưoc bôrn hô nghèo các thôn tiêrp tuc rà soat" * 2


def report(*texts: str, source: str = "a.pdf", **changes: object) -> Report:
    pages, at = [], 0
    for number, text in enumerate(texts, 1):
        pages.append(Page(number, at, at + len(text), 595, 842))
        at += len(text)
    document = Document("d1", source, "0" * 64, "application/pdf", len(pages))
    return replace(Report(document, "".join(texts), pages=tuple(pages)), **changes)  # type: ignore[arg-type]


def recognised(confidence: float, *texts: str, **changes: object) -> Report:
    made = report(*texts, **changes)
    return replace(made, pages=tuple(replace(p, source="ocr", confidence=confidence) for p in made.pages))


def told(graded: Graded) -> tuple[str, list[int], list[str]]:
    row = graded.row()
    return row["grade"], row["pages"], row["reasons"]


def reading(page: int) -> Reading:
    return Reading(0, 2, "12", "l2", "12", "letters taken for digits", 0.9, page)


def test_a_report_without_doubt_is_good() -> None:
    assert told(grade(report(GOOD, GOOD))) == ("good", [], [])
    assert told(grade(recognised(0.95, GOOD))) == ("good", [], [])


@pytest.mark.parametrize(("confidence", "expected"), [(0.95, "good"), (0.92, "fair"), (0.5, "poor")])
def test_how_sure_recognition_was(confidence: float, expected: str) -> None:
    found, pages, reasons = told(grade(recognised(confidence, GOOD)))
    assert found == expected
    assert pages == ([] if expected == "good" else [1])
    assert reasons == ([] if expected == "good" else [f"page 1: recognised with confidence {confidence:.2f}"])


def test_the_worst_page_decides() -> None:
    made = recognised(0.95, GOOD, GOOD, GOOD)
    pages = (made.pages[0], replace(made.pages[1], confidence=0.3), replace(made.pages[2], confidence=0.92))
    graded = grade(replace(made, pages=pages))
    assert [p.grade for p in graded.pages] == ["good", "poor", "fair"]
    assert told(graded) == (
        "poor",
        [2, 3],
        ["page 2: recognised with confidence 0.30", "page 3: recognised with confidence 0.92"],
    )


def test_words_that_are_no_syllables() -> None:
    assert (valid_share(FEW_WRONG.split()) or 1) > 0.72 > (valid_share(MANY_WRONG.split()) or 1)
    assert told(grade(recognised(0.95, FEW_WRONG)))[0] == "fair"
    grade_, _, reasons = told(grade(recognised(0.95, MANY_WRONG)))
    assert grade_ == "poor"
    assert "of its words are valid Vietnamese syllables" in reasons[0]


def test_a_page_of_few_words_is_not_judged_by_them() -> None:
    assert told(grade(recognised(0.95, "xđ giarn dưoc")))[0] == "good"


@pytest.mark.parametrize(("count", "expected"), [(0, "good"), (2, "fair"), (3, "poor")])
def test_numbers_read_in_two_ways(count: int, expected: str) -> None:
    """Three of the ten numbers of a page are more than its share allows; two are no share of anything."""
    graded = grade(recognised(0.95, GOOD + "1 2 3 4 5 6 7 8 9 10", readings=(reading(1),) * count))
    assert graded.grade == expected
    assert len(graded.row()["reasons"]) == (1 if count else 0)


def test_few_of_many_numbers_read_in_two_ways() -> None:
    graded = grade(recognised(0.95, GOOD + " ".join(map(str, range(40))), readings=(reading(1),) * 5))
    assert graded.grade == "fair"


def test_warnings_and_findings_of_a_page_and_of_the_whole() -> None:
    made = report(
        GOOD, GOOD,
        warnings=("page 2: its text layer is not trusted: a broken glyph map", "the PDF's object directory was broken"),
        findings=(Finding("bounds", "error", "105,2 % of a whole", page=1), Finding("bounds", "warning", "x", page=2)),
    )  # fmt: skip
    assert told(grade(made)) == (
        "fair",
        [1, 2],
        [
            "the PDF's object directory was broken",
            "page 1: audit: 105,2 % of a whole",
            "page 2: its text layer is not trusted: a broken glyph map",
        ],
    )


def test_what_was_not_read_says_why_once() -> None:
    made = report("", warnings=("page 1: no text layer and recognition was switched off",))
    made = replace(made, pages=(replace(made.pages[0], confidence=0.0),))
    assert told(grade(made)) == ("poor", [1], ["page 1: no text layer and recognition was switched off"])


def test_a_warning_of_a_page_that_is_not_there_is_kept() -> None:
    assert told(grade(report(GOOD, warnings=("page 9: damaged",)))) == ("fair", [], ["page 9: damaged"])


def test_notes_on_the_copy_are_no_doubts() -> None:
    made = report(GOOD, warnings=("PDF/A: not made: page 1: text in the file's own font X, which cannot be checked",))
    assert told(grade(made))[0] == "good"
    assert told(grade(replace(made, warnings=("searchable PDF: page 1: its old text may still be found: x",)))) == (
        "fair", [1], ["page 1: its old text may still be found: x"]
    )  # fmt: skip


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "reports/deep"
    folder.mkdir(parents=True)
    made = [
        recognised(0.95, GOOD, source="good.pdf"),
        recognised(0.92, GOOD, source="fair.pdf"),
        recognised(0.3, GOOD, source="worst.pdf"),
        recognised(0.5, GOOD, source="poor.pdf"),
    ]
    for one in made:
        (folder / f"{one.document.source}.json").write_bytes(to_bytes(one))
    return tmp_path


def test_worst_first(out: Path) -> None:
    assert [d.report.document.source for d in triage_folder(out).documents] == [
        "worst.pdf", "poor.pdf", "fair.pdf", "good.pdf",
    ]  # fmt: skip


def test_the_command(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["triage", str(out), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0] == {
        "document": "worst.pdf", "grade": "poor", "pages": [1], "reasons": ["page 1: recognised with confidence 0.30"]
    }  # fmt: skip
    assert rows[3] == {"document": "good.pdf", "grade": "good", "pages": [], "reasons": []}
    assert main(["triage", str(out), "--format", "csv"]) == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(r["document"], r["pages"]) for r in table][::3] == [("worst.pdf", "1"), ("good.pdf", "")]
    assert main(["triage", str(out), "--format", "table"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("poor  worst.pdf\n      page 1: recognised with confidence 0.30\npoor  poor.pdf\n")
    assert "good.pdf" not in shown
    assert shown.endswith("4 documents: 2 poor, 1 fair, 1 good\n")


def failed(out: Path) -> None:
    """Two files that runs could not read, and one that was read in the end."""
    with Ledger(out) as ledger:
        for name, error in (("z.pdf", DamagedFile("cut off")), ("b/x.pdf", TimedOut("after 60 s", page=7))):
            message = str(error)
            ledger.put(FileRow(out / name, name, "failed", error=error.name, message=message, tries=2))
        ledger.put(FileRow(out / "good.pdf", "good.pdf", "done", json="deep/good.pdf.json"))


def test_files_that_could_not_be_read_come_first(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    failed(out)
    assert main(["triage", str(out), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(r["document"], r["grade"]) for r in rows[:3]] == [
        ("b/x.pdf", "failed"), ("z.pdf", "failed"), ("worst.pdf", "poor"),
    ]  # fmt: skip
    assert rows[1]["reasons"] == [f"DamagedFile: {DamagedFile('cut off')}"]
    assert len(rows) == 6
    assert main(["triage", str(out), "--format", "table"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("failed  b/x.pdf\n      TimedOut: page 7: after 60 s")
    assert shown.endswith("4 documents: 2 poor, 1 fair, 1 good; 2 files could not be read\n")


def test_a_folder_in_which_nothing_could_be_read_lists_that(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    failed(tmp_path)
    assert main(["triage", str(tmp_path), "--format", "json"]) == 0
    assert [r["grade"] for r in json.loads(capsys.readouterr().out)] == ["failed", "failed"]


def test_a_broken_ledger_is_named_and_the_documents_are_listed(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (out / "extractor.sqlite").write_bytes(b"no database" * 100)
    assert main(["triage", str(out), "--format", "json"]) == 2
    shown = capsys.readouterr()
    assert len(json.loads(shown.out)) == 4
    assert "StoreDamaged" in shown.err


def test_what_is_no_report_is_named(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (out / "reports/x.json").write_text("{}", encoding="utf8")
    assert main(["triage", str(out), "--format", "json"]) == 2
    shown = capsys.readouterr()
    assert len(json.loads(shown.out)) == 4
    assert "NotAReport" in shown.err
    assert main(["triage", str(out / "none")]) == 1

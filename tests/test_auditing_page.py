"""`extractor audit`: what it prints and writes, its exit codes, and the page."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from extractor.cli import main

WRONG = "Huyện <b>mở</b> & tổ chức 14 lớp (Tân Lập: 8 lớp; Phú Thịnh: 3 lớp; Minh Sơn: 2 lớp).\nĐến ngày 31/11/2022.\n"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A run over a report with two errors and a sound one."""
    reports = tmp_path / "in"
    reports.mkdir()
    (reports / "a.txt").write_text(WRONG, encoding="utf8")
    (reports / "b.txt").write_text("Còn 1.322 hộ nghèo, chiếm 2,58% trên tổng số 51.240 hộ.\n", encoding="utf8")
    assert main(["run", str(reports), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    return tmp_path / "out"


def test_findings_are_printed_and_written_as_json(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(out), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((out / "audit.json").read_text(encoding="utf8"))
    assert [(Path(f["document"]).name, f["rule"], f["severity"], f["page"]) for f in printed] == [
        ("a.txt", "parts_total", "error", 1),
        ("a.txt", "impossible_date", "error", 1),
    ]
    assert set(printed[0]) == {"document", "rule", "severity", "message", "evidence", "start", "end", "page"}
    assert len(printed[0]["evidence"]) == 4


def test_the_table_says_how_much_could_be_checked(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(out), "--format", "table"]) == 0
    shown = capsys.readouterr().out
    assert "8 + 3 + 2 = 13, the report says 14 lớp" in shown
    assert "b.txt: 3 of 3 figures could be checked" in shown
    assert "2 reports, 2 errors, 0 warnings; 7 of 7 figures could be checked" in shown


def test_csv(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(out), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [r["rule"] for r in rows] == ["parts_total", "impossible_date"]
    assert len(rows[0]["evidence"].split()) == 4


class _Page(HTMLParser):
    """What a browser would see: marked texts, filters, messages, and every tag."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open = tag

    def handle_data(self, data: str) -> None:
        if self.open == "mark":
            self.marks.append(data)
            self.open = ""


def test_the_page_marks_the_evidence_escapes_the_text_and_loads_nothing(out: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert main(["audit", str(out), "--html", str(page), "--format", "json"]) == 0
    assert not (out / "audit.html").exists()
    source = page.read_text(encoding="utf8")
    seen = _Page()
    seen.feed(source)
    assert seen.marks == ["14 lớp", "8 lớp", "3 lớp", "2 lớp", "31/11/2022"]
    assert "Huyện &lt;b&gt;mở&lt;/b&gt; &amp; tổ chức" in source
    assert not [a for _, a in seen.tags if a.keys() & {"src", "href", "onclick", "onload"}]
    assert not re.search(r"https?:|@import|url\(", source)
    filters = {a["data-key"] for t, a in seen.tags if t == "input"}
    assert filters == {"severity:error", "rule:parts_total", "rule:impossible_date"}


def test_without_option_the_page_stands_in_the_folder(out: Path) -> None:
    assert main(["audit", str(out), "--format", "json"]) == 0
    assert (out / "audit.html").read_text(encoding="utf8").startswith("<!DOCTYPE html>")


def test_what_is_no_report_is_named_and_the_others_are_audited(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (out / "reports/c.json").write_text("{}", encoding="utf8")
    assert main(["audit", str(out), "--format", "json"]) == 2
    shown = capsys.readouterr()
    assert "NotAReport" in shown.err
    assert len(json.loads(shown.out)) == 2


def test_a_folder_that_no_run_wrote_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(tmp_path), "--format", "json"]) == 1
    assert "UsageError" in capsys.readouterr().err

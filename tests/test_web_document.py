"""The document page: text and picture, both marked; items, passages, downloads; hostile documents; lost sources."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import replace
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from samples import sample
from web_site import client, stored

from extractor import extract
from extractor.corrections.apply import correct
from extractor.errors import ReportError
from extractor.model import Figure, Finding, Page, Place, Reading, Reference, Report, Section
from extractor.serial import to_bytes
from extractor.web import pictures as pictures_module
from extractor.web.items import Items
from extractor.web.pictures import NotDrawn, Pictures
from extractor.web.reports import Loaded, parts_of

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
PDF = CORPUS / "yen-bai-giam-ngheo-2022.pdf"


@pytest.fixture(scope="module")
def pdf() -> Report:
    """A report of two pages with every kind of item, as if read from a PDF of the corpus."""
    import hashlib

    text = "Trang một có 12 hộ nghèo tại xã Bản Mù.\nTổng 7 + 12 là 45 nhà.\nTrang hai theo Nghị quyết số 20-NQ/TU.\n"

    def span(surface: str) -> tuple[int, int, str]:
        return text.index(surface), text.index(surface) + len(surface), surface

    box = ((100.0, 100.0, 150.0, 112.0),)
    report = sample()
    second = text.index("Trang hai")
    return replace(
        report,
        document=replace(report.document, source="x.pdf", sha256=hashlib.sha256(PDF.read_bytes()).hexdigest()),
        text=text,
        pages=(Page(1, 0, second, 595.3, 841.9, "ocr", 0.9), Page(2, second, len(text), 595.3, 841.9)),
        sections=(Section("s1", "1", "Trang một", 1, None, 0, second, 1),),
        figures=(
            Figure("f1", *span("12 hộ nghèo"), "household", Decimal("12"), unit="hộ", page=1, boxes=box),
            Figure("f2", *span("45 nhà"), "other", Decimal("45"), unit="nhà", page=1, boxes=box, confidence=0.5),
        ),
        references=(Reference("r1", *span("Nghị quyết số 20-NQ/TU"), key="20-NQ/TU", page=2, boxes=box),),
        places=(Place(*span("xã Bản Mù"), name="Bản Mù", level="commune", code="04558", page=1, boxes=box),),
        findings=(Finding("parts_total", "error", "7 + 12 = 19, the report says 45", ("f2",), *span("45 nhà")[:2], 1),),
        readings=(Reading(*span("12 hộ"), first="42 hộ", second="12 hộ", reason="digits", page=1),),
        tables=(), furniture=(), short_forms=(), warnings=(),
    )  # fmt: skip


@pytest.fixture
def out(tmp_path: Path, pdf: Report) -> Path:
    shutil.copy(PDF, tmp_path / "x.pdf")
    stored(tmp_path / "out", pdf, tmp_path / "x.pdf")
    return tmp_path / "out"


def test_a_page_holds_its_own_text_with_everything_in_it_marked_on_both(out: Path) -> None:
    page = client(out).get("/documents/1").text
    for name, kind in (("f1", "figure"), ("f2", "figure"), ("p0", "place")):
        assert re.search(rf'<span class="m {kind}[^>]* id="{name}"', page)
        assert re.search(rf'<g class="box {kind}[^>]* data-for="{name}"', page)
    assert 'data-kind="finding" data-id="w0"' in page
    assert "20-NQ/TU" not in re.sub(r"<aside.*</aside>", "", page, flags=re.S)
    second = client(out).get("/documents/1?page=2").text
    assert 'id="r1"' in second
    assert 'id="f1"' not in second


def test_the_text_of_a_page_can_be_told_back_to_its_offsets(out: Path, pdf: Report) -> None:
    page = client(out).get("/documents/1").text
    text = re.search(r'<div id="text"[^>]*>(.*?)</div>', page, re.S)
    assert text
    assert unescape(re.sub(r"<[^>]*>", "", text[1])) == pdf.text[pdf.pages[0].start : pdf.pages[0].end]


def test_the_cells_of_a_format_without_pages_are_items_of_the_text_alone(tmp_path: Path) -> None:
    source = tmp_path / "x.html"
    rows = "<tr><th>TT<th>Xã<th>Số hộ<tr><td>1<td>Bản Mù<td>12<tr><td>2<td>Xà Hồ &lt;b&gt;<td>30<tr><td>3<td>Mù Cả<td>"
    source.write_text(f"<meta charset=utf8><p>Phụ biểu 1<table border=1>{rows}</table><p>Hết.", encoding="utf8")
    stored(tmp_path / "out", extract(source, source="x.html"), source)
    browser = client(tmp_path / "out")
    page = browser.get("/documents/1").text
    held = [(row, column) for row in range(4) for column in range(3) if (row, column) != (3, 2)]
    assert re.findall(r'<span class="cell" id="(t1[.\d]+)"', page) == [f"t1.{row}.{column}" for row, column in held]
    assert "<svg" not in page[page.index('id="part"') :]
    told = unescape(re.sub(r"<[^>]+>", " ", browser.get("/documents/1/items/t1.2.2").text))
    assert "t1, hàng 3, cột 3" in told
    assert "Số hộ" in told
    assert "Xà Hồ <b>" in told
    for wrong in ("t1.3.2", "t1.9.9", "t1.0", "t2.0.0"):
        assert browser.get(f"/documents/1/items/{wrong}").status_code == 404


def test_what_is_doubtful_is_listed_with_the_reasons(out: Path) -> None:
    page = client(out).get("/documents/1").text
    listed = re.search(r'<div id="doubtful">(.*?)</div>', page, re.S)
    assert listed
    assert sorted(re.findall(r'data-for="(\w+)"', listed[1])) == ["f1", "f2", "w0"]
    assert "hai cách đọc" in listed[1]
    assert "không khớp, không chắc chắn" in listed[1]


def test_an_item_shows_both_readings_its_confidence_and_the_arithmetic(out: Path) -> None:
    browser = client(out)
    first = browser.get("/documents/1/items/f1").text
    assert "42 hộ" in first
    assert "12 hộ" in first
    second = browser.get("/documents/1/items/f2").text
    assert "50 %" in second
    assert "7 + 12 = 19" in second
    finding = browser.get("/documents/1/items/w0").text
    assert 'data-for="f2"' in finding
    assert browser.get("/documents/1/items/f99").status_code == 404
    assert "Bản Mù" in browser.get("/documents/1/items/p0").text


def test_an_item_and_a_passage_are_shown_on_their_page(out: Path, pdf: Report) -> None:
    browser = client(out)
    assert 'data-part="2"' in browser.get("/documents/1?item=r1").text
    at = pdf.text.index("Nghị quyết")
    shown = browser.get(f"/documents/1?at={at}&to={at + 4}").text
    assert 'data-part="2"' in shown
    assert 'id="passage"' in shown
    assert browser.get("/documents/1?at=99999999").status_code == 200
    for wrong in ("page=3", "item=x", "item=%3Cscript%3E"):
        assert browser.get(f"/documents/1?{wrong}").status_code == 404
    for odd in ("page=0", "page=x", "page=-1", "at=x", "at=-1", "page=9999999999999999999"):
        assert browser.get(f"/documents/1?{odd}").status_code == 200


def test_with_htmx_only_the_page_is_sent(out: Path) -> None:
    part = client(out).get("/documents/1?page=2", headers={"hx-request": "true"}).text
    assert "<html" not in part
    assert 'hx-swap-oob="true"' in part


def test_a_picture_is_drawn_once_and_kept(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with client(out) as browser:
        first = browser.get("/documents/1/pages/1.png")
        assert first.headers["content-type"] == "image/png"
        assert first.content.startswith(b"\x89PNG")
        kept = list((out / "cache" / "pages").iterdir())
        assert len(kept) == 1
        monkeypatch.setattr(Pictures, "_draw", None)
        assert browser.get("/documents/1/pages/1.png").content == first.content
        for path in ("0", "3", "99"):
            assert browser.get(f"/documents/1/pages/{path}.png").status_code == 404


def test_the_pictures_kept_are_bounded(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with client(out) as browser:
        first = len(browser.get("/documents/1/pages/1.png").content)
        monkeypatch.setattr(pictures_module, "MOST_BYTES", first + 10)
        assert browser.get("/documents/1/pages/2.png").status_code == 200
    assert [path.name.partition("-")[2] for path in (out / "cache" / "pages").iterdir()] == ["2.png"]


def test_a_source_that_is_gone_or_changed_leaves_the_text(out: Path) -> None:
    source = out.parent / "x.pdf"
    source.write_bytes(source.read_bytes() + b"%")
    page = client(out).get("/documents/1").text
    assert "SourceChanged" in page
    assert "12 hộ nghèo" in page
    assert "<img" not in page
    assert client(out).get("/documents/1/pages/1.png").status_code == 500
    source.unlink()
    assert "NotFound" in client(out).get("/documents/1").text
    assert client(out).get("/documents/1/pages/1.png").status_code == 404


def test_a_drawing_that_hangs_or_dies_is_told_and_the_next_one_works(
    out: Path, pdf: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = Loaded(1, "x", pdf, Items(pdf), parts_of(pdf), None, (), out.parent / "x.pdf", "", correct(pdf, ()))
    pictures = Pictures(out)
    monkeypatch.setattr(pictures_module, "PATIENCE", 0.0)
    with pytest.raises(NotDrawn, match="more than 0 seconds"):
        pictures.picture(loaded, 1)
    monkeypatch.setattr(pictures_module, "PATIENCE", 30.0)
    pictures._start().kill()
    with pytest.raises(NotDrawn, match="crashed"):
        pictures.picture(loaded, 1)
    assert pictures.picture(loaded, 1).exists()
    with pytest.raises(ReportError, match="page 9"):
        pictures.picture(loaded, 9)
    pictures.close()


def test_a_json_that_was_changed_is_named(out: Path) -> None:
    (out / "reports" / "x.pdf.json").write_text("{}", encoding="utf8")
    answer = client(out).get("/documents/1")
    assert answer.status_code == 500
    assert "ReportGone" in answer.text
    assert client(out).get("/documents/77").status_code == 404


def test_downloads(out: Path, pdf: Report) -> None:
    browser = client(out)
    got = browser.get("/documents/1/report.json")
    assert got.content == to_bytes(pdf)
    assert "attachment" in got.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(browser.get("/documents/1/figures.csv").content.decode("utf-8-sig"))))
    assert [(row["id"], row["exact"], row["unit"]) for row in rows] == [("f1", "12", "hộ"), ("f2", "45", "nhà")]
    assert browser.get("/documents/1/searchable.pdf").status_code == 404
    (out / "searchable").mkdir()
    (out / "searchable" / "x.pdf").write_bytes(b"%PDF-")
    assert browser.get("/documents/1/searchable.pdf").content == b"%PDF-"
    assert "/documents/1/searchable.pdf" in browser.get("/documents/1").text


ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}javascript:alert(1)\u202e=1+1"


def test_attacks_in_every_field_are_text(tmp_path: Path) -> None:
    from extractor.model import CurrentUnit, PlaceName, Signature, Table

    unit = PlaceName(ATTACK, "commune", ATTACK)
    text = f"1. {ATTACK}\n{ATTACK}\t{ATTACK}\n"
    at = text.index("\n") + 1
    report = Report(
        replace(sample().document, id=ATTACK, source="a.pdf", type=ATTACK, number=ATTACK, title=ATTACK, issuer=ATTACK,
                issued_on=ATTACK, signer=ATTACK, signer_role=ATTACK, recipients=(ATTACK,), period=ATTACK, place=unit,
                signatures=(Signature(ATTACK, ATTACK, ATTACK),)),
        text,
        (Page(1, 0, len(text)),),
        (Section("s1", ATTACK, ATTACK, 1, None, 0, len(text)),),
        (Figure("f1", at, at + 9, ATTACK, "other", Decimal(1), unit=ATTACK, indicator=ATTACK, period=ATTACK,
                places=(unit,), confidence=0.1),),
        (Reference("r1", at + 10, at + 20, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, resolved=ATTACK,
                   reason=ATTACK, confidence=0.1),),
        places=(Place(at + 21, at + 30, ATTACK, ATTACK, "commune", ATTACK, ATTACK, ATTACK,
                      (CurrentUnit(ATTACK, ATTACK, ATTACK),), 0.1),),
        tables=(Table("t1", 1, None, ATTACK, rows=((ATTACK,),)),),
        findings=(Finding(ATTACK, "error", ATTACK, ("f1", ATTACK), at, at + 5),),
        readings=(Reading(at, at + 3, ATTACK, ATTACK, ATTACK, ATTACK),),
        warnings=(ATTACK,),
    )  # fmt: skip
    stored(tmp_path, report)
    browser = client(tmp_path)
    for path in ("", *(f"/items/{name}" for name in ("f1", "r1", "p0", "t1", "w0"))):
        answer = browser.get(f"/documents/1{path}").text
        assert "<script>alert" not in answer
        assert "<img src=x" not in answer
        assert "\u202e" not in answer
        assert 'href="javascript' not in answer
        assert "49java" not in answer
    assert "\n'=" not in browser.get("/documents/1/figures.csv").text


def test_a_spreadsheet_is_given_no_formula(out: Path, pdf: Report) -> None:
    evil = replace(pdf, figures=(replace(pdf.figures[0], indicator="=cmd|' /C calc'!A0", unit="@x"),))
    stored(out, evil)
    answer = client(out).get("/documents/1/figures.csv").text
    assert "'=cmd" in answer
    assert ",'@x" in answer


@pytest.mark.parametrize("path", ["/documents/1/pages/../../x.png", "/documents/1/items/..%2f..%2fx", "/documents/1e9",
                                  "/documents/-1", "/documents/1/report.json/x", "/documents/1/pages/1.png/x",
                                  "/documents/99999999999999999999999"])  # fmt: skip
def test_no_path_leads_elsewhere(out: Path, path: str) -> None:
    assert client(out).get(path).status_code == 404

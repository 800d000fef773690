"""The archivist's way through the pages in a browser: upload, look, go through what is doubtful, both languages."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from browsing import browsing, needs_browser, page_of, serious, served
from samples import sample
from web_site import stored

from extractor import extract
from extractor.model import Figure, Finding, Page, Reading, Report

pytestmark = [needs_browser, pytest.mark.xdist_group("browser")]
CORPUS = Path(__file__).resolve().parent.parent / "corpus"
PDF = CORPUS / "thang-binh-ktxh-2022.pdf"
TABLE = CORPUS / "thang-binh-ktxh-2024.pdf"


def doubtful(source: Path) -> Report:
    """A report of two pages, said to be read from the PDF `source`, with something to look at on each."""
    first, second = "Trang một có 12 hộ nghèo, 7 + 12 là 45 nhà\u202e.\n", "Trang hai có 30 hộ <b>cận</b> nghèo.\n"
    text = first + second

    def figure(name: str, surface: str, page: int, confidence: float) -> Figure:
        start, top = text.index(surface), 100.0 + 600 * (name == "f2")
        box = ((100.0, top, 160.0, top + 12),)
        value = Decimal(surface.split()[0])
        return Figure(name, start, start + len(surface), surface, "other", value, unit="hộ", page=page, boxes=box,
                      confidence=confidence)  # fmt: skip

    at = text.index("12 hộ")
    return replace(
        sample(),
        document=replace(sample().document, source="doubtful.pdf", title="Báo cáo <script>x</script> cần xem",
                         sha256=hashlib.sha256(source.read_bytes()).hexdigest(), page_count=2),
        text=text, pages=(Page(1, 0, len(first), 595.3, 841.9), Page(2, len(first), len(text), 595.3, 841.9)),
        sections=(), references=(), places=(), tables=(), furniture=(), warnings=(),
        figures=(figure("f1", "12 hộ", 1, 1.0), figure("f2", "45 nhà", 1, 0.5), figure("f3", "30 hộ", 2, 0.6)),
        findings=(Finding("parts_total", "error", "7 + 12 = 19, the report says 45", ("f2",), page=1),),
        readings=(Reading(at, at + 5, "12 hộ", "42 hộ", "12 hộ", "digits", page=1),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    source = folder / "source.pdf"
    shutil.copy(PDF, source)
    stored(folder / "out", doubtful(source), source)
    return folder / "out"


@pytest.fixture(scope="module")
def address(out: Path) -> Iterator[str]:
    with served(out) as found:
        yield found


def drawn_at(page: Any, item: str) -> tuple[float, ...]:
    """The box that is drawn for an item, without the edge that it is drawn with."""
    rect = page.locator(f".box[data-for='{item}'] rect")
    x, y, width, height = rect.evaluate("r => [r.x, r.y, r.width, r.height].map(v => v.baseVal.value)")
    return x + 1.5, y + 1, x + width - 1.5, y + height - 1


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing() as found:
        yield found


def test_an_archivist_uploads_and_sees_what_became_of_it(address: str, browser: Any, tmp_path: Path) -> None:
    good, broken = tmp_path / "báo cáo.txt", tmp_path / "hỏng.pdf"
    good.write_text("UBND xã Bản Mù\nSố: 3/BC-UBND\nBÁO CÁO\nNăm 2023, giảm 42 hộ nghèo.\n", encoding="utf8")
    broken.write_bytes(b"%PDF-1.4 cut off")
    with page_of(browser) as page:
        page.goto(address)
        page.set_input_files("#files", [good, broken])
        page.click("form.upload button")
        page.wait_for_selector(".told a")
        page.wait_for_selector("text=Tệp hỏng")
        page.wait_for_selector("#shelf >> text=3/BC-UBND")  # the list has been brought up to date by itself
        page.click(".told a")
        page.wait_for_selector("#text .m.figure >> text=42 hộ")
        page.goto(f"{address}/failures")
        assert "Xin lại tệp" in page.inner_text("main")
        assert serious(page) == []


def test_text_and_picture_are_tied_both_ways(address: str, browser: Any) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}/documents/1")
        page.wait_for_function("() => document.querySelector('.sheet img').naturalWidth > 500")
        page.click("#f2")
        page.wait_for_selector("#item article[data-id='f2']")
        assert "7 + 12 = 19" in page.inner_text("#item")
        assert page.get_attribute(".box[data-for='f2']", "class").split()[-1] == "is-on"
        page.click(".box[data-for='f1'] rect")
        page.wait_for_selector("#item article[data-id='f1']")
        assert "42 hộ" in page.inner_text("#item")
        assert page.evaluate("document.activeElement.id") == "f1"
        shown = "getComputedStyle(document.querySelector('.hidden-mark'), '::before').content"
        assert page.evaluate(shown) == '"U+202E"'
        offset = "import('/static/document.js').then(m => m.offsetOf(document.querySelector('#f2').firstChild, 3))"
        assert page.evaluate(offset) == doubtful(PDF).text.index("45 nhà") + 3
        assert serious(page) == []


def test_every_cell_of_a_table_is_tied_to_the_picture_both_ways(browser: Any, tmp_path: Path) -> None:
    source = tmp_path / "table.pdf"
    shutil.copy(TABLE, source)
    report = extract(source, source="table.pdf")
    (table,) = report.tables
    stored(tmp_path / "out", report, source)
    with served(tmp_path / "out") as address, page_of(browser) as page:
        page.goto(f"{address}/documents/1?item=t1")
        held = [f"t1.{r}.{c}" for r, row in enumerate(table.cell_spans) for c, spans in enumerate(row) if spans]
        for place in ("#text .cell[data-id]", ".sheet .box.cell"):
            ids = page.eval_on_selector_all(place, "all => all.map(one => one.dataset.id ?? one.dataset.for)")
            assert set(ids) == set(held)
        row = next(r for r, words in enumerate(table.rows) if words[1] == "Thu ngân sách trên địa bàn")
        name = f"t1.{row}.1"
        page.click(f"[id='{name}']", position={"x": 3, "y": 3})
        page.wait_for_selector(f"#item article[data-id='{name}']")
        assert page.get_attribute(f".box[data-for='{name}']", "class").split()[-1] == "is-on"
        x0, top, x1, bottom = table.cell_boxes[row][1] or (0, 0, 0, 0)
        assert drawn_at(page, name) == pytest.approx((x0, top, x1, bottom), abs=0.15)
        other = f"t1.{row}.0"
        page.click(f".box[data-for='{other}'] rect")
        page.wait_for_selector(f"#item article[data-id='{other}']")
        assert page.evaluate("document.activeElement.id") == other
        assert page.get_attribute(f"#text [id='{other}']", "class").split()[-1] == "is-on"
        assert serious(page) == []


def test_a_link_to_a_passage_shows_it_on_its_page(address: str, browser: Any) -> None:
    at = doubtful(PDF).text.index("30 hộ")
    with page_of(browser) as page:
        page.goto(f"{address}/documents/1?at={at}&to={at + 9}")
        page.wait_for_function("() => document.activeElement.id === 'passage'")
        assert page.inner_text("#passage") == "30 hộ <b>"
        assert page.get_attribute("#part", "data-part") == "2"


def test_what_is_doubtful_is_gone_through_with_keys_over_pages(address: str, browser: Any) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}/documents/1")
        chosen = []
        for _ in range(4):
            page.keyboard.press("n")
            page.wait_for_function(
                "last => ![undefined, last].includes(document.querySelector('#doubtful .is-on')?.dataset.for)",
                arg=chosen[-1] if chosen else "",
            )
            chosen.append(page.get_attribute("#doubtful .is-on", "data-for"))
        assert sorted(chosen) == ["f1", "f2", "f3", "w0"]
        assert chosen[-1] == "f3"
        assert page.url.endswith("page=2")
        page.keyboard.press("p")
        page.wait_for_selector("#part[data-part='1'] #text .is-on")
        page.keyboard.press("?")
        assert page.is_visible("#help")
        page.keyboard.press("Escape")
        assert not page.is_visible("#help")
        page.go_back()
        page.wait_for_selector("#part[data-part='2']")


def test_pages_are_read_in_english_and_on_a_tablet(address: str, browser: Any) -> None:
    with page_of(browser, viewport={"width": 820, "height": 1180}) as page:
        page.goto(address)
        page.click("text=English")
        page.wait_for_selector("h1 >> text=Library")
        assert page.get_attribute("html", "lang") == "en"
        assert serious(page) == []
        page.goto(f"{address}/documents/1?item=f2")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 820
        assert re.search(r"does not add up", page.inner_text("#doubtful"))
        assert serious(page) == []

"""Corrections in a browser: with the mouse and with keys alone, over a restart of the server, and out as gold."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from browsing import browsing, needs_browser, page_of, serious, served
from test_corrections import TEXT, figure, report
from test_web_browser import PDF, TABLE, drawn_at
from web_site import stored

from extractor import cli, extract, open_store
from extractor.corrections.folder import load
from extractor.model import Page, Report
from extractor.word_boxes import WordBoxes

pytestmark = [needs_browser, pytest.mark.xdist_group("browser")]
JSON = "a.pdf.json"
SELECT = """words => {
  const walk = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + words.length);
    getSelection().removeAllRanges(); getSelection().addRange(range);
    return true;
  }
  return false;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing() as found:
        yield found


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A report of one page that is shown beside its picture; three of its figures are doubtful."""
    source = tmp_path / "a.pdf"
    shutil.copy(PDF, source)
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    box = ((100.0, 300.0, 180.0, 312.0),)
    figures = [replace(f, confidence=0.5, boxes=box) if i < 3 else f for i, f in enumerate(report().figures)]
    about = replace(report().document, source="a.pdf", sha256=sha256, media_type="application/pdf")
    pages = (Page(1, 0, len(TEXT), 595.3, 841.9),)
    made = replace(report(), document=about, pages=pages, figures=tuple(figures), findings=())
    stored(tmp_path / "out", made, source)
    return tmp_path / "out"


def now(out: Path) -> Report:
    return load(out, JSON).corrected.report


def named(page: Any, address: str) -> None:
    page.goto(f"{address}/documents/1?item=f1")
    page.fill("#item input[name=who]", "Lan")
    page.keyboard.press("Enter")
    page.wait_for_selector("#item [data-act=accept]")


def test_a_correction_survives_a_restart_and_comes_out_as_gold(
    out: Path, browser: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(out) as address, page_of(browser) as page:
        named(page, address)
        page.click("#item details.correct summary")
        page.fill("#item input[name=value]", "1.302")
        page.click("#item button.main")
        page.wait_for_selector(".m.figure.corrected#f1")
        assert page.get_attribute(".box[data-for='f1']", "class").split().count("corrected") == 1
        assert "1.320 → 1.302" in page.inner_text("#corrections")
        assert "1.302 hộ" in page.inner_text("#item dl")
        assert page.evaluate("document.activeElement.id") == "f1"

        assert page.evaluate(SELECT, "mười hộ")
        page.keyboard.press("m")
        page.wait_for_selector("#item .missed-kind[open]")
        assert "mười hộ" in page.inner_text("#item h2")
        page.click("#item .missed-kind:has(.dot.figure) summary")
        page.fill("#item form:has([value=figure]) input[name=value]", "10")
        page.fill("#item form:has([value=figure]) input[name=unit]", "hộ")
        page.click("#item form:has([value=figure]) button.main")
        page.wait_for_selector("#text .m.corrected >> text=mười hộ")
        page.click("text=Đã soát cả văn bản")
        page.wait_for_selector("text=Cả văn bản đã được soát")
        assert serious(page) == []

    added = figure("mười hộ", now(out))
    assert (added.start, added.value, added.kind) == (TEXT.index("mười hộ"), 10, "household")
    with served(out) as address, page_of(browser) as page:  # another server on the same folder
        page.goto(f"{address}/documents/1?item=f1")
        assert "1.320 → 1.302" in " ".join(page.inner_text("#corrections").split())
        assert page.is_visible(f"[id='{added.id}']")
    with open_store(out) as store:
        assert store.rows("SELECT exact FROM figures WHERE corrected ORDER BY row").fetchall() == [("1302",), ("10",)]
    gold = tmp_path / "gold"
    assert cli.main(["export", str(out), "--gold", str(gold), "--format", "json"]) == 0
    (path,) = json.loads(capsys.readouterr().out)
    marks = {m["text"]: m for m in json.loads(Path(path).read_text(encoding="utf8"))["annotations"] if m["tag"] == "F"}
    assert (marks["1.320 hộ nghèo"]["value"], marks["mười hộ"]["value"]) == (1302, 10)
    assert cli.main(["eval", str(gold), "--out", str(out), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["figure"]["f1"] < 1


def test_what_is_added_stands_on_the_picture_until_it_is_taken_back(browser: Any, tmp_path: Path) -> None:
    source = tmp_path / "table.pdf"
    shutil.copy(TABLE, source)
    told = extract(source, source="table.pdf")
    at = told.text.index("lúa giống")
    stored(tmp_path / "out", told, source)
    with served(tmp_path / "out") as address, page_of(browser) as page:
        named(page, address)
        assert page.evaluate(SELECT, "lúa giống")
        page.keyboard.press("m")
        page.wait_for_selector("#item .missed-kind")
        page.click("#item .missed-kind:has(.dot.figure) summary")
        page.fill("#item form:has([value=figure]) input[name=value]", "1")
        page.click("#item form:has([value=figure]) button.main")
        page.wait_for_selector(".box.figure.corrected.is-on[data-for^=added-]")
        name = page.get_attribute(".box.corrected", "data-for")
        assert drawn_at(page, name) == pytest.approx(WordBoxes(told).boxes(at, at + 9)[0], abs=0.15)
        page.click(f"[data-for='{name}'] rect")
        page.wait_for_selector(f"#item article[data-id='{name}']")
        page.click("#item .undo button")
        page.wait_for_selector(".box.corrected", state="detached")


def test_the_letterhead_is_corrected_and_seen_in_the_library(out: Path, browser: Any) -> None:
    with served(out) as address, page_of(browser) as page:
        named(page, address)
        page.click("#about a.to")
        page.wait_for_selector("#item article[data-id=letterhead]")
        page.keyboard.press("c")
        assert page.evaluate("document.activeElement.name") == "number"
        page.fill("#item input[name=number]", "13/TB-UBND")
        page.fill("#item input[name=issuer]", "UBND huyện Bắc Hà")
        page.click("#item button.main")
        page.wait_for_selector("#about >> text=13/TB-UBND")
        assert "12/BC-UBND → 13/TB-UBND" in page.inner_text("#corrections")
        assert serious(page) == []
        page.goto(address)
        page.wait_for_selector("#shelf td.wide >> text=UBND huyện Bắc Hà")
        page.goto(f"{address}/documents/1?item=letterhead")
        page.wait_for_selector("#item article[data-id=letterhead]")
        page.keyboard.press("u")
        page.wait_for_selector("#about >> text=12/BC-UBND")


def test_doubtful_items_are_gone_through_with_keys_alone(out: Path, browser: Any) -> None:
    with served(out) as address, page_of(browser) as page:
        named(page, address)
        page.wait_for_selector("#doubtful .is-on[data-for=f1]")
        page.keyboard.press("a")  # right: the next one is chosen
        page.wait_for_selector("#item article[data-id=f2] [data-act=accept]")
        page.wait_for_selector(".m.corrected#f1")
        assert page.locator("#doubtful [data-for]").count() == 2

        page.keyboard.press("c")
        assert page.evaluate("document.activeElement.name") == "value"
        page.keyboard.press("Control+A")
        page.keyboard.type("6,20")
        page.keyboard.press("Enter")
        page.wait_for_selector(".m.corrected#f2")
        assert next(f for f in now(out).figures if f.id == "f2").value == Decimal("6.20")

        page.wait_for_selector("#item article[data-id=f2] [data-act=accept]")
        page.keyboard.press("c")
        page.keyboard.press("Escape")
        page.wait_for_function("document.activeElement.id === 'f2'")
        assert page.get_attribute("#item details.correct", "open") is None
        page.keyboard.press("u")
        page.wait_for_selector(".m.doubt#f2")
        assert next(f for f in now(out).figures if f.id == "f2").value == Decimal("6.10")
        page.wait_for_selector("#corrections .undone")
        page.keyboard.press("?")
        assert "hoàn tác" in page.inner_text("#help")


def test_forms_work_without_scripts(out: Path, browser: Any) -> None:
    with served(out) as address, page_of(browser, java_script_enabled=False) as page:
        named(page, address)
        page.click("#item details.correct summary")
        page.fill("#item input[name=value]", "1.302")
        page.click("#item button.main")
        assert "1.302 hộ" in page.inner_text("#item dl")
        page.fill("#corrections input[name=words]", "mười hộ")
        page.click("#corrections form.missed button")
        page.click(".missed-kind:has(.dot.figure) summary")
        page.fill("form:has([value=figure]) input[name=value]", "10")
        page.fill("form:has([value=figure]) input[name=unit]", "hộ")
        page.click("form:has([value=figure]) button.main")
        assert "mười hộ" in page.inner_text("#item h2")
        page.click("#item .undo button")
        assert figure("1.320 hộ nghèo", now(out)).value == 1302
        assert "mười hộ" not in {f.text for f in now(out).figures}


def test_what_cannot_be_meant_is_told_beside_the_form_and_places_are_suggested(out: Path, browser: Any) -> None:
    page = browser.new_page()  # it logs the refusal: not one of `page_of`, which lets no error pass
    with served(out) as address:
        named(page, address)
        page.click("#item details.correct summary")
        page.fill("#item input[name=value]", "6.2")  # not how Vietnamese writes it
        page.locator("#item input[name=places]").press_sequentially("nam ma")
        page.wait_for_selector("#item datalist option[value*='(03067)']", state="attached")
        page.fill("#item input[name=places]", page.get_attribute("#item datalist option[value*='(03067)']", "value"))
        page.select_option("#item select[name=indicator_id]", "near_poor_households")
        page.click("#item button.main")
        page.wait_for_selector("#item .error >> text=viết số như 1.234,5")
        page.fill("#item input[name=value]", "6,2")
        page.click("#item button.main")
        page.wait_for_selector(".m.corrected#f1")
        got = figure("1.320 hộ nghèo", now(out))
        assert ([p.code for p in got.places], got.indicator_id) == (["03067"], "near_poor_households")
        assert got.value == Decimal("6.2")
    page.close()

"""Corrections through the pages: forms as browsers send them, with and without scripts; what must not get through."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from test_corrections import TEXT, figure, report, section
from web_site import client, stored

from extractor import open_store
from extractor.corrections.folder import load
from extractor.corrections.journal import journal_path, read
from extractor.model import Report
from extractor.web.fields import FORMS, about_of, fields, values_of
from extractor.web.items import Items
from extractor.web.words import Words

JSON = "a.txt.json"
HTMX = {"hx-request": "true"}
ATTACKS = [
    "<script>alert(1)</script> \"><img src=x onerror=alert(1)>",
    "javascript:alert(1) '; DROP TABLE figures; -- {{ 7*7 }}",
]  # fmt: skip


def opened(folder: Path) -> TestClient:
    """A browser of someone who has said their name, at the pages of a new folder with one report."""
    stored(folder, replace(report(), document=replace(report().document, source="a.txt")))
    made = client(folder)
    made.post("/name", data={"who": "Nguyễn Thị Lan", "back": "/"}, follow_redirects=False)
    return made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def browser(out: Path) -> TestClient:
    return opened(out)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, TestClient]:
    """One folder for all tests that leave it as it was."""
    folder = tmp_path_factory.mktemp("kept")
    return folder, opened(folder)


def say(browser: TestClient, headers: Mapping[str, str] = HTMX, /, **said: str) -> Any:
    return browser.post("/documents/1/corrections", data=said, headers=headers)


def now(out: Path) -> Report:
    return load(out, JSON).corrected.report


def shown(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_a_form_is_kept_and_leads_back_to_the_item(out: Path, browser: TestClient) -> None:
    told = figure("612,45 tỷ đồng")
    answer = say(browser, {}, what="correct", item=told.id, value="1.612,54", period="2022", direction="increase")
    assert (answer.status_code, answer.url.path, answer.url.query) == (200, "/documents/1", f"item={told.id}".encode())
    corrected = figure("612,45 tỷ đồng", now(out))
    assert (corrected.value, corrected.period, corrected.direction) == (Decimal("1612.54"), "2022", "increase")
    text = shown(answer)
    assert "Nguyễn Thị Lan sửa" in text
    assert "Giá trị: 612,45 → 1.612,54" in text
    (record,) = read(journal_path(out, JSON)).corrections
    assert set(record.new) == {"value", "period", "direction"}  # what was not changed is not said
    with open_store(out) as store:
        assert store.rows("SELECT exact, corrected FROM figures WHERE corrected").fetchall() == [("1612.54", 1)]


def test_a_form_sent_as_it_was_shown_says_that_it_is_right(out: Path, browser: TestClient) -> None:
    page = browser.get("/documents/1?item=f1").text
    start = page.index('<input id="c-words"')
    form = page[start : page.index("</details>", start)]
    values = dict(re.findall(r'<input id="c-\w+" name="(\w+)" (?:type="date" )?value="([^"]*)"', form))
    for name, options in re.findall(r'<select id="c-\w+" name="(\w+)">(.*?)</select>', form, re.S):
        values[name] = re.findall(r'value="([^"]*)" selected', options)[0]
    assert set(values) == {name for name, _ in FORMS["figure"]}
    say(browser, what="correct", item="f1", **{name: html.unescape(value) for name, value in values.items()})
    (record,) = read(journal_path(out, JSON)).corrections
    assert (record.what, dict(record.new)) == ("accept", {})


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_form_changes_what_was_not_touched(language: Any) -> None:
    words = Words(language)
    items = [i for i in Items(report()).by_id.values() if i.kind in FORMS]
    assert {i.kind for i in items} == set(FORMS)
    for item in items:
        form = {f.name: f.shown for f in fields(item.kind, about_of(item), report(), words, item.start)}
        assert values_of(item, report(), form, words) == {}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"item": "f1", "places": "Nậm Mả"}, '[{"name":"Nậm Mả","level":"commune","code":"03067"}],"section":"s2"'),
        ({"item": "f1", "places": "xã Nậm Mả (03067); Văn Bàn (089)"}, '"code":"03067"},{"name":"Văn Bàn"'),
        ({"item": "f1", "section": "s6"}, '"period":"2023","places":[],"section":"s6"'),
        ({"item": "f1", "words": "1.320 hộ"}, '"text":"1.320 hộ"'),
        ({"item": "r1", "key": "27/2022/NĐ-CP", "date": "2022-04-19"}, '"key":"27/2022/NĐ-CP"'),
        ({"item": "p0", "place": "Nậm Mòn"}, '"name":"Nậm Mòn","level":"commune","code":"02881","district":"Bắc Hà"'),
        ({"item": "s4", "title": "Dần Thàng", "parent": "s2"}, '"title":"Dần Thàng"'),
        ({"item": "s4", "parent": "s3"}, '"level":4'),
        ({"item": "letterhead", "type": "Kế hoạch"}, '"type":"Kế hoạch","type_code":"KH"'),
        ({"item": "letterhead", "number": "9/BC-UBND", "title": ""}, '"number":"9/BC-UBND","title":null'),
        ({"item": "letterhead", "issuer": "UBND xã Bản Mù", "issued_on": "2023-12-01"}, '"issued_on":"2023-12-01"'),
    ],
)  # fmt: skip
def test_every_field_of_every_kind(out: Path, browser: TestClient, said: dict[str, str], wanted: str) -> None:
    assert say(browser, what="correct", **said).status_code == 200
    assert wanted in now(out).to_json()
    assert wanted not in load(out, JSON).corrected.machine.to_json()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"what": "correct", "item": "f1", "value": "12.5"}, "Giá trị: viết số như 1.234,5"),
        ({"what": "correct", "item": "f1", "value": "-5"}, "Giá trị: viết số như 1.234,5"),
        ({"what": "correct", "item": "f1", "value": ""}, "Giá trị: cần điền"),
        ({"what": "correct", "item": "f1", "places": "Tân Lập"}, "Địa bàn: không có, hoặc có nhiều đơn vị cùng tên"),
        ({"what": "correct", "item": "f1", "words": "9.999 hộ"}, "Chữ trong văn bản: những chữ này không có ở gần đó"),
        ({"what": "correct", "item": "f1", "period": "năm ngoái"}, "kỳ: viết như 2023"),
        ({"what": "correct", "item": "f1", "kind": "hộ"}, "kind"),
        ({"what": "correct", "item": "f1", "unit": "x" * 600}, "500"),
        ({"what": "correct", "item": "r1", "date": "2023-02-31"}, "date"),
        ({"what": "add", "as": "figure", "start": "5", "end": "3", "value": "1"}, "no stretch"),
        ({"what": "add", "as": "figure", "start": "4", "end": "99999999", "value": "1"}, "no stretch"),
        ({"what": "correct", "item": "letterhead", "issued_on": "hôm qua"}, "issued_on"),
        ({"what": "reject", "item": "letterhead"}, "letterhead"),
        ({"what": "add", "as": "letterhead", "start": "0", "end": "4", "number": "1"}, "letterhead"),
        ({"what": "add", "as": "document", "start": "4", "end": "6"}, "kind"),
        ({"what": "undo", "record": "../x"}, "no correction"),
        ({"what": "reviewed", "page": "99"}, "pages"),
        ({"what": "praise", "item": "f1"}, "nothing that can be said"),
        ({"item": "f1"}, "nothing that can be said"),
    ],
)
def test_what_cannot_be_meant_is_told_and_not_kept(
    kept: tuple[Path, TestClient], said: dict[str, str], why: str
) -> None:
    out, browser = kept
    for headers in (HTMX, {}):
        answer = say(browser, headers, **said)
        assert answer.status_code == 422
        assert why in (answer.text if headers else shown(answer))
    assert read(journal_path(out, JSON)).corrections == ()


@pytest.mark.parametrize("item", ["f99", "w0", "", "../1", "s99"])
def test_what_is_no_item_is_not_found(kept: tuple[Path, TestClient], item: str) -> None:
    out, browser = kept
    assert say(browser, what="accept", item=item).status_code == 404
    assert browser.post("/documents/9/corrections", data={"what": "accept", "item": "f1"}).status_code == 404
    assert read(journal_path(out, JSON)).corrections == ()


def test_a_form_that_is_older_than_a_correction_does_not_take_it_back(out: Path, browser: TestClient) -> None:
    (seen,) = re.findall(r'name="seen" value="(\w*)"', browser.get("/documents/1?item=f1").text)
    say(browser, what="correct", item="f1", value="1.302", seen=seen)
    answer = say(browser, what="correct", item="f1", value="1.320", unit="người", seen=seen)
    assert answer.status_code == 422
    assert "đã có người sửa mục này" in answer.text
    (seen,) = re.findall(r'name="seen" value="(\w*)"', browser.get("/documents/1?item=f1").text)
    assert say(browser, what="correct", item="f1", unit="người", seen=seen).status_code == 200
    assert (figure("1.320 hộ nghèo", now(out)).value, figure("1.320 hộ nghèo", now(out)).unit) == (1302, "người")


def test_who_corrects_has_to_say_their_name(out: Path, browser: TestClient) -> None:
    browser.cookies.clear()
    assert "Cho biết tên của bạn" in shown(browser.get("/documents/1?item=f1"))
    assert say(browser, what="accept", item="f1").status_code == 422
    assert read(journal_path(out, JSON)).corrections == ()
    answer = browser.post("/name", data={"who": " Lan\u202e \n Anh ", "back": "//evil.example"}, follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert "HttpOnly" in answer.headers["set-cookie"]
    say(browser, what="accept", item="f1")
    assert [c.who for c in read(journal_path(out, JSON)).corrections] == ["Lan Anh"]


def test_other_sites_correct_nothing(kept: tuple[Path, TestClient]) -> None:
    out, browser = kept
    for path in ("/documents/1/corrections", "/name"):
        answer = browser.post(path, data={"what": "accept", "item": "f1", "who": "x"}, headers={"origin": "http://evil.example"})
        assert answer.status_code == 403
    assert read(journal_path(out, JSON)).corrections == ()


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_in_every_field_are_shown_as_they_are_written(out: Path, attack: str) -> None:
    browser = opened(out)
    browser.post("/name", data={"who": attack, "back": "/documents/1"})
    at = TEXT.index("mười hộ")
    for said in (
        {"what": "correct", "item": "f1", "unit": attack, "indicator": attack},
        {"what": "correct", "item": "r1", "key": attack, "issuer": attack, "pinpoint": attack, "type": attack},
        {"what": "correct", "item": "s1", "title": attack, "number": attack},
        {"what": "correct", "item": "letterhead", "title": attack, "number": attack, "issuer": attack, "type": attack},
        {"what": "add", "as": "figure", "start": str(at), "end": str(at + 7), "value": "10", "unit": attack},
    ):
        assert say(browser, {}, **said).status_code == 200, said
    for address in ("/documents/1", "/documents/1?item=f1", "/documents/1?item=r1", "/documents/1?item=s1",
                    "/documents/1?item=letterhead", "/"):
        page = browser.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page
        assert "49" not in re.findall(r"<dd>(\d+)</dd>", page)
    assert attack in html.unescape(browser.get("/documents/1?item=f1").text)
    assert now(out).sections[0].title == attack
    assert browser.get("/documents/1/missed", params={"start": at, "end": at + 7, "words": attack}).status_code == 422


def test_marks_that_turn_text_are_refused(out: Path, browser: TestClient) -> None:
    assert say(browser, what="correct", item="f1", unit="h\u202eộ").status_code == 422


def test_words_that_the_machine_missed(out: Path, browser: TestClient) -> None:
    at = TEXT.index("mười hộ")
    page = browser.get("/documents/1/missed", params={"words": "mười  hộ", "from": 0, "to": len(TEXT)})
    assert f'name="start" value="{at}"' in page.text
    assert "Thêm số liệu" in page.text
    fragment = browser.get("/documents/1/missed", params={"start": at - 1, "end": at + 8}, headers=HTMX)
    assert f'name="start" value="{at}"' in fragment.text  # blanks around a selection are left out
    assert "<html" not in fragment.text
    assert browser.get("/documents/1/missed", params={"words": "hộ nghèo", "to": len(TEXT)}).status_code == 422
    assert browser.get("/documents/1/missed", params={"start": 5, "end": 5}, headers=HTMX).status_code == 422
    answer = say(browser, {}, what="add", start=str(at), end=str(at + 7), value="10", unit="hộ", kind="",
                 **{"as": "figure", "section": section("a").id})  # fmt: skip
    assert answer.url.query.startswith(b"item=added-")
    added = figure("mười hộ", now(out))
    assert (added.value, added.kind, added.section) == (10, "household", section("a").id)
    page = browser.get("/documents/1").text
    assert f'data-id="{added.id}"' in page
    say(browser, what="undo", record=added.id.removeprefix("added-"))
    assert f'data-id="{added.id}"' not in browser.get("/documents/1").text


def test_a_rejected_item_goes_and_comes_back(out: Path, browser: TestClient) -> None:
    answer = say(browser, {}, what="reject", item="f2")
    assert answer.url.query == b"page=1"
    assert 'data-id="f2"' not in answer.text
    (record,) = read(journal_path(out, JSON)).corrections
    assert 'data-id="f2"' in say(browser, {}, what="undo", record=record.id).text


def test_what_was_looked_at_is_doubtful_no_more(out: Path, browser: TestClient) -> None:
    told = load(out, JSON).corrected.machine
    unsure = tuple(replace(f, confidence=0.4) for f in told.figures)
    stored(out, replace(told, figures=unsure, findings=()))
    before = browser.get("/documents/1").text.count('class="to" href="/documents/1?item=f')
    say(browser, what="accept", item="f1")
    page = browser.get("/documents/1").text
    assert page.count('class="to" href="/documents/1?item=f') == before - 1
    assert 'class="m figure corrected"' in page


def test_reviews_and_the_corrected_json(out: Path, browser: TestClient) -> None:
    say(browser, what="correct", item="f1", value="1.302")
    assert "Đã soát cả văn bản" in shown(browser.get("/documents/1"))
    assert "Cả văn bản đã được soát" in shown(say(browser, {}, what="reviewed", page=""))
    corrected = browser.get("/documents/1/corrected.json")
    assert Report.from_json(corrected.content) == now(out)
    machine = json.loads(browser.get("/documents/1/report.json").text)
    assert machine["figures"][0]["value"] == 1320
    assert "1302" in browser.get("/documents/1/figures.csv").text


def test_a_broken_line_of_the_journal_is_told_on_the_page(out: Path, browser: TestClient) -> None:
    say(browser, what="accept", item="f1")
    path = journal_path(out, JSON)
    path.write_bytes(path.read_bytes() + b"{}\n")
    assert "line 2" in shown(browser.get("/documents/1"))


def test_suggestions_of_places(kept: tuple[Path, TestClient]) -> None:
    _, browser = kept
    answer = browser.get("/documents/1/places", params={"places": "Văn Bàn (089); nam ma"})
    options = re.findall(r'value="([^"]+)"', answer.text)
    assert "Văn Bàn (089); xã Nậm Mả, huyện Văn Bàn, tỉnh Lào Cai (03067)" in options
    assert browser.get("/documents/1/places", params={"place": "<"}).text.strip() == ""

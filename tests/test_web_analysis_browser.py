"""The analyst's and the researcher's main paths in a real browser: Chromium, as Debian has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from analysis_made import archive
from browsing import browsing, needs_browser, page_of, serious, served

from extractor.web import comparisons, preparing

pytestmark = [needs_browser, pytest.mark.xdist_group("browser")]
PAGES = ("/search?q=hộ", "/audit", "/compare?a=2022&b=2023", "/citations", "/citations/27/2020/NĐ-CP", "/indicators",
         "/indicators/poor_households")  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages of a small archive."""
    out = tmp_path_factory.mktemp("archive")
    archive(out)
    preparing.make_index(out)
    preparing.make_series(out)
    with served(out) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing() as found:
        yield found


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page that complains of nothing and asks nobody else."""
    with page_of(browser, base_url=address) as found:
        yield found


def test_the_analyst_compares_two_years_and_sees_both_sentences(page: Any) -> None:
    from playwright.sync_api import expect

    page.goto("/")
    page.get_by_role("link", name="So sánh").click()
    page.get_by_label("Năm A").select_option("2022")
    page.get_by_role("button", name="So sánh").click()
    row = page.get_by_role("row").filter(has_text="Tỷ lệ hộ nghèo").filter(has_text="5,02")
    expect(row).to_contain_text("-1,08 điểm")
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(row.locator("q").first).to_have_text("Toàn huyện còn 1.320 hộ nghèo, tỷ lệ hộ nghèo 6,10%, giảm 210 hộ.")
    page.get_by_role("link", name="Nói lại khác").click()
    expect(page.get_by_role("row")).to_have_count(2)  # the head and one row
    page.locator("tbody td.number a").first.click()
    expect(page).to_have_url(re.compile(r"/documents/\d+\?at=\d+"))


def test_a_large_comparison_shows_its_rows_when_it_is_done(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from playwright.sync_api import expect

    monkeypatch.setattr(comparisons, "AT_ONCE", 0)
    page.goto("/compare?a=2021&b=2023")
    expect(page.get_by_text("Đang so sánh")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="7,20")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Đã so sánh xong")).to_be_visible()


def test_the_analyst_draws_an_indicator_of_chosen_places(page: Any) -> None:
    from playwright.sync_api import expect

    page.goto("/indicators?q=ho+ngheo")
    page.get_by_role("link", name="Số hộ nghèo").click()
    expect(page.get_by_role("img", name="Số hộ nghèo (hộ)")).to_be_visible()
    for name in ("Vẽ Văn Bàn", "Vẽ Văn Bàn – chuẩn nghèo 2016-2020"):
        page.get_by_label(name, exact=True).uncheck()
    page.get_by_role("button", name="Vẽ những địa bàn đã chọn").click()
    expect(page.locator("svg .line")).to_have_count(1)
    page.get_by_text("⚠ 3 điểm cần xem").click()
    expect(page.get_by_text("2022/van-ban.txt nói 1.320")).to_be_visible()


def test_the_researcher_finds_who_cites_a_document_and_as_what(page: Any) -> None:
    from playwright.sync_api import expect

    page.goto("/search")
    page.get_by_label("Từ cần tìm").fill("giao von")
    page.keyboard.press("Enter")
    expect(page.locator("mark").filter(has_text="giao")).to_have_count(2)
    page.get_by_role("link", name="Trích dẫn", exact=True).click()
    page.get_by_role("link", name="27/2020/NĐ-CP").click()
    expect(page.locator("svg.network circle")).not_to_have_count(0)
    page.get_by_role("link", name="căn cứ").click()
    expect(page.locator("article.finding")).to_have_count(1)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Passages: 1")).to_be_visible()
    page.locator("article.finding a").click()
    expect(page).to_have_url(re.compile(r"/documents/\d+\?at=\d+"))


def test_the_pages_fit_a_tablet_and_have_no_serious_barrier(browser: Any, address: str) -> None:
    with page_of(browser, base_url=address, viewport={"width": 820, "height": 1180}) as page:
        for path in PAGES:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 820, path
            assert serious(page) == [], path

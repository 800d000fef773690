"""The analyst's and the researcher's main paths in a real browser: Chromium, as Debian has it."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import uvicorn
from analysis_made import archive
from playwright.sync_api import Browser, Page, expect, sync_playwright

from extractor.web import comparisons, preparing
from extractor.web.app import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt-get install chromium)")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages of a small archive, served by this process."""
    out = tmp_path_factory.mktemp("archive")
    archive(out)
    preparing.make_index(out)
    preparing.make_series(out)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(out), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that complains of nothing (the policy, a script, a missing file) and asks nobody else."""
    context = browser.new_context(base_url=address, viewport={"width": 1366, "height": 768})
    made, complaints, asked = context.new_page(), list[str](), set[str]()
    made.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    yield made
    context.close()
    assert complaints == []
    assert asked == {urlsplit(address).netloc}


def test_the_analyst_compares_two_years_and_sees_both_sentences(page: Page) -> None:
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
    expect(page).to_have_url(lambda url: "/documents/" in url and "at=" in url)


def test_a_large_comparison_shows_its_rows_when_it_is_done(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparisons, "AT_ONCE", 0)
    page.goto("/compare?a=2021&b=2023")
    expect(page.get_by_text("Đang so sánh")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="7,20")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Đã so sánh xong")).to_be_visible()


def test_the_analyst_draws_an_indicator_of_chosen_places(page: Page) -> None:
    page.goto("/indicators?q=ho+ngheo")
    page.get_by_role("link", name="Số hộ nghèo").click()
    expect(page.get_by_role("img", name="Số hộ nghèo (hộ)")).to_be_visible()
    page.get_by_label("Vẽ Văn Bàn").uncheck()
    page.get_by_role("button", name="Vẽ những địa bàn đã chọn").click()
    expect(page.locator("svg .line")).to_have_count(1)
    page.locator("details.doubts summary").first.click()
    expect(page.get_by_text("2022/van-ban.txt nói 1.320").first).to_be_visible()


def test_the_researcher_finds_who_cites_a_document_and_as_what(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("Từ cần tìm").fill("giao von")
    page.keyboard.press("Enter")
    expect(page.locator("mark").filter(has_text="giao")).to_have_count(2)
    page.get_by_role("link", name="Trích dẫn").click()
    page.get_by_role("link", name="27/2020/NĐ-CP").click()
    expect(page.locator("svg.network circle")).not_to_have_count(0)
    page.get_by_role("link", name="căn cứ").click()
    expect(page.locator("article.finding")).to_have_count(1)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="1 passages")).to_be_visible()
    page.locator("article.finding a").click()
    expect(page).to_have_url(lambda url: "/documents/" in url and "at=" in url)


def test_the_pages_fit_a_tablet(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 820, "height": 1180})
    page = context.new_page()
    for path in ("/search?q=hộ", "/compare?a=2022&b=2023", "/audit", "/citations/27/2020/NĐ-CP", "/indicators/poor_households"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 820, path
    context.close()

"""The library: facets, search, order, pages; what failed; uploads and watched folders, read by the batch."""

from __future__ import annotations

import html
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from samples import sample
from starlette.testclient import TestClient
from web_site import client, stored

from extractor.batch.writing import locked
from extractor.model import Report
from extractor.store.ledger import FileRow, Ledger
from extractor.web import reading as reading_module
from extractor.web import shelf as shelf_module
from extractor.web import upload as upload_module
from extractor.web.upload import named

ATTACKS = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "{{ 7 * 7 }}",
    "a\u202egnp.exe", "' onmouseover='x",
)  # fmt: skip


def about(**fields: object) -> Report:
    return replace(sample(), document=replace(sample().document, **fields))  # type: ignore[arg-type]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for at, (year, kind, issuer, title) in enumerate([
        ("2022", "Báo cáo", "UBND huyện Bắc Hà", "Giảm nghèo năm 2022"),
        ("2023", "Báo cáo", "UBND huyện Bắc Hà", "Giảm nghèo năm 2023"),
        ("2023", "Kế hoạch", "UBND tỉnh Lào Cai", "Đường giao thông nông thôn"),
        (None, None, None, None),
    ]):  # fmt: skip
        day = year and f"{year}-12-0{at + 1}"
        stored(tmp_path, about(source=f"{at}.pdf", sha256=str(at), period=year, issued_on=day, type=kind,
                               issuer=issuer, title=title))  # fmt: skip
    return tmp_path


def listed(answer: str) -> list[str]:
    return re.findall(r'<td><a href="/documents/\d+">([^<]*)</a>', answer)


NEWEST = ["Đường giao thông nông thôn", "Giảm nghèo năm 2023", "Giảm nghèo năm 2022", "12/BC-UBND"]


@pytest.mark.parametrize(("query", "titles"), [
    ("", NEWEST),
    ("?sort=oldest", ["Giảm nghèo năm 2022", "Giảm nghèo năm 2023", "Đường giao thông nông thôn", "12/BC-UBND"]),
    ("?q=duong+nong", ["Đường giao thông nông thôn"]),
    ("?q=GIẢM+2022", ["Giảm nghèo năm 2022"]),
    ("?q=Gia%CC%89m+2022", ["Giảm nghèo năm 2022"]),
    ("?year=2023&type=B%C3%A1o+c%C3%A1o", ["Giảm nghèo năm 2023"]),
    ("?year=-", ["12/BC-UBND"]),
    ("?issuer=nobody", []),
    ("?page=2", []),
    ("?page=-1&sort=nothing", NEWEST),
])  # fmt: skip
def test_documents_are_found_filtered_and_sorted(shelf: Path, query: str, titles: list[str]) -> None:
    assert listed(client(shelf).get(f"/{query}").text) == titles


def test_a_document_that_comes_while_it_is_served_is_in_the_list(shelf: Path) -> None:
    browser = client(shelf)
    assert listed(browser.get("/?q=mới").text) == []
    stored(shelf, about(source="new.pdf", sha256="new", title="Báo cáo mới"))
    assert listed(browser.get("/?q=mới").text) == ["Báo cáo mới"]


def test_a_facet_counts_what_each_of_its_values_would_leave(shelf: Path) -> None:
    answer = client(shelf).get("/?year=2023").text
    counts = {html.unescape(name): int(count) for name, count in
              re.findall(r"<span>([^<]*)</span><span class=\"count\">(\d+)</span>", answer)}  # fmt: skip
    assert counts["2022"] == 1  # of the year's other values, what they would show
    assert (counts["Báo cáo"], counts["Kế hoạch"]) == (1, 1)
    assert "2 văn bản" in answer


def test_a_page_holds_only_what_it_shows(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "PAGE", 3)
    first, second = client(shelf).get("/").text, client(shelf).get("/?page=2").text
    assert (len(listed(first)), len(listed(second))) == (3, 1)
    assert 'rel="next" href="/?page=2"' in first


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_documents_and_files_say_is_text_alone(tmp_path: Path, attack: str) -> None:
    fields = dict.fromkeys(("title", "number", "issuer", "type", "source"), attack.replace("/", ""))
    stored(tmp_path, about(**fields))
    with Ledger(tmp_path) as ledger:
        ledger.put(FileRow(tmp_path / "x", attack, "failed", error="DamagedFile", message=attack))
        ledger.skip({attack: attack})
    for path in ("/", "/?sort=grade", "/failures", f"/?q={attack}", f"/?issuer={attack}&sort={attack}&all={attack}"):
        answer = client(tmp_path).get(path).text
        assert "<script>alert" not in answer
        assert "<img" not in answer
        assert "'x" not in answer.replace("&#39;x", "")
        assert 'href="javascript:' not in answer
        assert "49" not in re.sub(r"<[^>]*>", "", answer)
        assert "\u202e" not in answer


def test_files_that_could_not_be_read_are_first_of_what_is_to_be_looked_at(tmp_path: Path) -> None:
    stored(tmp_path, about(title="Đọc được"))
    with Ledger(tmp_path) as ledger:
        ledger.put(FileRow(tmp_path / "x", "hỏng.pdf", "failed", error="DamagedFile", message="cut off"))
    browser = client(tmp_path)
    page = browser.get("/?sort=grade").text
    shelf = page[page.index('<section id="shelf"') :]
    assert shelf.index("hỏng.pdf") < shelf.index("Tệp đúng loại nhưng bị hỏng") < shelf.index("Đọc được")
    for other in ("/", "/?sort=grade&q=doc", "/?sort=grade&grade=good", "/?sort=grade&page=2"):
        page = browser.get(other).text
        assert "hỏng.pdf" not in page[page.index('<section id="shelf"') :]


def test_characters_that_turn_text_are_shown(tmp_path: Path) -> None:
    stored(tmp_path, about(title="a\u202egnp.exe"))
    assert "a⟨U+202E⟩gnp.exe" in client(tmp_path).get("/").text


def wait_for(browser: TestClient, words: str | None) -> str:
    """What `/reading` shows when it shows `words`; where these are None, when nothing is being read any more."""
    for _ in range(600):
        answer = browser.get("/reading").text
        if "every 1s" not in answer if words is None else words in answer:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"never told: {words or 'that it is read'}")


def wait_until_read(browser: TestClient) -> str:
    return wait_for(browser, None)


def test_uploads_are_read_and_a_broken_one_is_named(tmp_path: Path) -> None:
    good = ("../../evil\u202e<b>.txt", "UBND xã La Pan Tẩn\nSố: 3/BC-UBND\nNăm 2023, giảm 42 hộ nghèo.\n".encode())
    bad = ("hỏng.pdf", b"%PDF-1.4 and then nothing")
    with client(tmp_path) as browser:
        answer = browser.post("/upload", files=[("files", good), ("files", bad)], follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        told = wait_until_read(browser)
        assert "/documents/1" in told
        page = browser.get("/").text
        assert "1 tệp không đọc được" in page
        assert "Tệp hỏng" in browser.get("/failures").text
        text = browser.get("/documents/1").text
        assert "42 hộ" in text
        again = browser.post("/upload", files=[("files", good)])
        assert "đã có trong thư viện" in again.text
    assert not list(tmp_path.parent.glob("evil*"))
    assert all(re.fullmatch(r"[\w-]+\.(txt|pdf)", path.name) for path in (tmp_path / "uploads").iterdir())


def test_what_cannot_be_read_now_waits_for_the_other_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "_AGAIN", 0.2)
    with client(tmp_path) as browser:
        with locked(tmp_path):
            browser.post("/upload", files=[("files", ("a.txt", "Năm 2023, giảm 42 hộ nghèo.\n".encode()))])
            wait_for(browser, "another run is writing")
        assert "/documents/1" in wait_until_read(browser)


def test_a_reading_process_that_always_dies_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "_AGAIN", 0.01)
    monkeypatch.setattr(reading_module.sys, "executable", "/bin/false")
    with client(tmp_path) as browser:
        browser.post("/upload", files=[("files", ("a.txt", b"x"))])
        assert "the reading process died" in wait_until_read(browser)


def test_an_upload_of_the_wrong_kind_or_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_module, "MOST_FILE", 10)
    files = [("files", ("a.exe", b"x")), ("files", ("b.txt", b"x" * 11))]
    answer = client(tmp_path).post("/upload", files=files)
    assert "không nhận định dạng này" in answer.text
    assert "quá lớn" in answer.text
    assert list((tmp_path / "uploads").iterdir()) == []
    assert "Chưa chọn tệp nào" in client(tmp_path).post("/upload", files=[("files", ("", b""))]).text
    many = [("files", (f"{at}.txt", b"x")) for at in range(51)]
    assert client(tmp_path).post("/upload", files=many).status_code == 400


def test_an_upload_from_another_site_is_refused(tmp_path: Path) -> None:
    files = [("files", ("a.txt", b"x"))]
    answer = client(tmp_path).post("/upload", files=files, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403
    assert not (tmp_path / "uploads").exists()


@pytest.mark.parametrize(("name", "ours"), [
    ("báo cáo 2023.pdf", "báo-cáo-2023"), ("../../etc/passwd.txt", "passwd"), ("..\\..\\x.txt", "x"), (".pdf", "file"),
    ("a\u202eb\x00c.txt", "a-b-c"), ("-rf *.txt", "rf"), ("x" * 300 + ".txt", "x" * 80),
])  # fmt: skip
def test_a_file_gets_a_name_of_ours(name: str, ours: str) -> None:
    assert named(name) == ours


def test_a_watched_folder_is_read_as_files_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.web.reading.LOOK_EVERY", 0.1)
    watched = tmp_path / "watched"
    watched.mkdir()
    with client(tmp_path / "out", watch=[watched]) as browser:
        (watched / "a.txt").write_text("Năm 2023, toàn xã giảm 42 hộ nghèo.\n", encoding="utf8")
        (watched / "~$a.docx").write_bytes(b"x")
        wait_for(browser, "/documents/1")
        assert listed(browser.get("/").text) == [str(watched / "a.txt")]

"""The pages Search, Audit, Compare, Citations and Indicators, as people ask them."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from analysis_made import ATTACK, archive, hostile, put
from starlette.testclient import TestClient
from web_site import client, stored

from extractor.store.store import open_store
from extractor.web import preparing


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, int]]:
    out = tmp_path_factory.mktemp("archive")
    ids = archive(out)
    preparing.make_index(out)
    preparing.make_series(out)
    return out, ids


@pytest.fixture(scope="module")
def ids(made: tuple[Path, dict[int, int]]) -> dict[int, int]:
    return made[1]


@pytest.fixture(scope="module")
def pages(made: tuple[Path, dict[int, int]]) -> TestClient:
    return client(made[0])


def words(text: str) -> str:
    """A page's words, tags left out, blanks made one."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def at(out: Path, document: int, offset: int, length: int) -> str:
    """What stands in a document's text."""
    with open_store(out) as store:
        row = store.rows("SELECT substr(text, ?, ?) FROM texts WHERE document = ?", (offset + 1, length, document))
        return str(row.fetchone()[0])


# --- search


def test_what_is_found_is_marked_and_leads_to_where_it_stands(
    pages: TestClient, made: tuple[Path, dict[int, int]]
) -> None:
    page = pages.get("/search", params={"q": "ho ngheo", "year": "2022"}).text
    assert "<mark>hộ</mark> <mark>nghèo</mark>" in page
    document, offset = re.findall(r"/documents/(\d+)\?at=(\d+)", page)[0]
    assert int(document) == made[1][2022]
    assert at(made[0], int(document), int(offset), 9) == "Toàn huyện"[:9]


def test_search_is_narrowed_by_year_type_and_kind(pages: TestClient) -> None:
    page = pages.get("/search", params={"q": "hộ nghèo"}).text
    assert {"2021", "2022", "2023"} <= set(re.findall(r"year=(\d{4})", page))
    narrow = pages.get("/search", params={"q": "hộ nghèo", "year": "2021", "type": "Báo cáo"}).text
    assert "1.530" in words(narrow)
    assert "1.320" not in words(narrow)
    assert "0 kết quả" in words(pages.get("/search", params={"q": "hộ nghèo", "type": "Kế hoạch"}).text)
    figures = words(pages.get("/search", params={"q": "9.120", "kind": "figures"}).text)
    assert "đàn lợn" in figures.lower()
    assert "1 kết quả" in words(pages.get("/search", params={"q": "38/2022", "kind": "references"}).text)


def test_a_search_for_nothing_says_so(pages: TestClient) -> None:
    assert "Hãy nhập ít nhất một từ" in pages.get("/search", params={"q": "…"}).text
    assert "kết quả" not in words(pages.get("/search").text)


def test_the_list_is_paged_and_a_page_beyond_it_is_its_last(tmp_path: Path) -> None:
    from analysis_made import put

    put(tmp_path, "a.txt", "\n".join(f"Thôn {n} có {n} con trâu trắng." for n in range(1, 46)))
    preparing.make_index(tmp_path)
    pages = client(tmp_path)
    first, last = (pages.get("/search", params={"q": "trâu", "page": n}).text for n in ("1", "9"))
    assert first.count('<li class="card">') == 20
    assert last.count('<li class="card">') == 5
    assert "Trang 3 / 3" in words(last)


# --- audit


def test_findings_are_counted_filtered_and_shown_with_their_arithmetic(pages: TestClient, ids: dict[int, int]) -> None:
    page = pages.get("/audit").text
    assert "3 phát hiện" in words(page)
    assert "8 + 3 + 2 = 13, văn bản ghi 14 lớp" in words(page)
    assert "<mark>14 lớp</mark>" in page
    assert f"/documents/{ids[2023]}?at=" in page
    one = words(pages.get("/audit", params={"rule": "ratio_percent"}).text)
    assert "1 phát hiện" in one
    assert "04/195 người = 2,05 %, văn bản ghi 2,5%" in one
    assert "0 phát hiện" in words(pages.get("/audit", params={"rule": "ratio_percent", "year": "2023"}).text)
    own = words(pages.get("/audit", params={"document": str(ids[2022])}).text)
    assert "1 phát hiện" in own
    assert "Chỉ của văn bản" in own


def test_the_audit_speaks_english_too(made: tuple[Path, dict[int, int]]) -> None:
    english = client(made[0])
    english.cookies.set("extractor_language", "en")
    page = words(english.get("/audit").text)
    assert "8 + 3 + 2 = 13, the report says 14 lớp" in page
    assert "Parts and their total" in page


# --- compare


def test_two_years_are_compared_and_each_row_leads_to_both_passages(
    pages: TestClient, made: tuple[Path, dict[int, int]]
) -> None:
    page = pages.get("/compare", params={"a": "2022", "b": "2023"}).text
    row = next(r for r in re.findall(r"<tr>(.*?)</tr>", page, re.S) if "6,10" in r)
    assert "5,02" in row
    assert "-1,08 điểm\xa0%" in words(row).replace("điểm %", "điểm\xa0%")
    links = re.findall(r"/documents/(\d+)\?at=(\d+)", row)
    assert [int(document) for document, _ in links] == [made[1][2022], made[1][2023]]
    assert [at(made[0], int(d), int(offset), 4) for d, offset in links] == ["6,10", "5,02"]
    (number,) = set(re.findall(r"row=(\d+)", row))
    told = pages.get("/compare/sentences", params={"a": "2022", "b": "2023", "row": number})
    assert "Toàn huyện còn 1.320 hộ nghèo, tỷ lệ hộ nghèo 6,10%" in words(told.text)
    assert re.search(r"<mark>5,02%?</mark>", told.text)


def test_restated_values_are_named_and_rows_are_filtered(pages: TestClient) -> None:
    asked = {"a": "2022", "b": "2023"}
    page = words(pages.get("/compare", params={**asked, "status": "restated"}).text)
    assert "1.320" in page
    assert "1.330" in page
    assert "số liệu năm 2022 nay nói khác với báo cáo trước" in page
    assert "9.870" not in page
    pigs = words(pages.get("/compare", params={**asked, "q": "dan lon"}).text)
    assert "9.870" in pigs
    assert "5,02" not in pigs
    assert "1.320" not in words(pages.get("/compare", params={**asked, "area": "Trạm Tấu"}).text)


def test_two_documents_are_compared(pages: TestClient, ids: dict[int, int]) -> None:
    asked = {"by": "documents", "a": f"d:{ids[2021]}", "b": f"d:{ids[2023]}", "places": "today"}
    page = words(pages.get("/compare", params=asked).text)
    assert "7,20" in page
    assert "5,02" in page
    choices = pages.get("/compare", params={"by": "documents", "area": "2021"}).text
    assert re.findall(r'<option value="(d:\d+)"', choices) == [f"d:{ids[2021]}"] * 2


def test_a_side_without_documents_is_said_so(pages: TestClient) -> None:
    page = words(pages.get("/compare", params={"a": "1999", "b": "2023"}).text)
    assert "Không đủ văn bản để so sánh: bên A có 0, bên B có 1." in page


# --- citations


def test_the_most_cited_come_first_and_can_be_looked_for(pages: TestClient) -> None:
    page = pages.get("/citations").text
    assert re.findall(r'href="/citations/([^"]+)"', page)[0] == "27/2020/N%C4%90-CP"
    rows = [words(row) for row in re.findall(r"<tr>(.*?)</tr>", page, re.S)]
    assert next(row for row in rows if row.startswith("27/2020")).endswith("3 4")
    found = words(pages.get("/citations", params={"q": "nghi dinh 38"}).text)
    assert "0 văn bản được trích dẫn" in found  # types are compared with their marks
    assert "1 văn bản được trích dẫn" in words(pages.get("/citations", params={"q": "Nghị định 38"}).text)


def test_a_cited_document_has_passages_years_companions_and_a_network(pages: TestClient) -> None:
    page = pages.get("/citations/27/2020/N%C4%90-CP").text
    assert "4 lần nhắc trong 3 báo cáo" in words(page)
    assert re.search(r"<desc id=\"timeline-desc\">2021: 1\. 2022: 2\. 2023: 1\. </desc>", page)
    assert "Được thay thế 38/2022/NĐ-CP (24/06/2022)" in words(page)
    assert "Được dùng sau khi hết hiệu lực" in words(page)
    assert 'href="/citations/16/NQ-H%C4%90ND"' in page
    assert '<circle class="document"' in page
    assert '<rect class="report"' in page
    assert "<mark>Nghị định số 27/2020/NĐ-CP</mark>" in page
    narrow = words(pages.get("/citations/27/2020/NĐ-CP", params={"relation": "basis"}).text)
    assert "1 đoạn" in narrow


def test_a_document_of_the_archive_that_is_cited_is_linked(tmp_path: Path) -> None:
    from analysis_made import put
    from compare_made import report

    own = put(tmp_path, "own.txt", report(2022, "Đàn lợn có 9.120 con."))
    put(tmp_path, "other.txt", report(2023, "Theo Báo cáo số 12/BC-UBND ngày 20/12/2022, đàn lợn có 9.120 con.")
        .replace("Số: 12/BC", "Số: 15/BC"))  # fmt: skip
    preparing.make_index(tmp_path)
    page = client(tmp_path).get("/citations/12/BC-UBND").text
    assert re.search(rf'Văn bản này có trong kho: <a href="/documents/{own}">', page)


def test_what_nobody_cites_is_said_so(pages: TestClient) -> None:
    for key in ("99/2099/QH99", "../../etc/passwd", "xin chào", "%00"):
        assert pages.get(f"/citations/{key}").status_code == 404


# --- indicators


def test_an_indicator_is_shown_by_place_and_year_with_its_doubts(
    pages: TestClient, made: tuple[Path, dict[int, int]]
) -> None:
    listed = pages.get("/indicators").text
    assert 'href="/indicators/poor_households"' in listed
    page = pages.get("/indicators/poor_households").text
    names = [name.strip() for name in re.findall(r'<th scope="row">(.*?)<', page, re.S)]
    old = "chuẩn nghèo 2016-2020"  # not one series with the new
    assert names == ["Nậm Tha", "Văn Bàn", f"Văn Bàn – {old}"]
    assert "chuẩn nghèo 2022-2025, trừ nơi ghi khác" in words(page)
    described = re.search(r'<desc id="chart-desc">(.*?)</desc>', page, re.S)
    assert described is not None
    assert f"Văn Bàn – {old}: 2021 1.530. " in described[1]
    assert "Văn Bàn: 2022 1.330; 2023 1.105. " in described[1]
    row = next(r for r in re.findall(r"<tr>(.*?)</tr>", page, re.S) if "Văn Bàn <" in r)
    assert "2022/van-ban.txt nói 1.320" in words(row)
    document, offset = re.findall(r'/documents/(\d+)\?at=(\d+)" title', row)[0]
    assert at(made[0], int(document), int(offset), 5) == "1.330"


def test_changes_are_a_variant_of_their_own_and_lines_are_chosen(pages: TestClient) -> None:
    page = pages.get("/indicators/poor_households", params={"variant": "count change"}).text
    assert re.findall(r'<desc id="chart-desc">(.*?)</desc>', page, re.S) == ["Văn Bàn: 2022 -210; 2023 -215. "]
    assert "-215" in words(page)
    chosen = pages.get("/indicators/poor_households", params={"place": "commune nam tha"}).text
    assert re.findall(r'<desc id="chart-desc">(.*?)</desc>', chosen, re.S) == ["Nậm Tha: 2023 88. "]
    assert "Không có số liệu nào" in pages.get("/indicators/poor_households", params={"q": "Trạm Tấu"}).text


def test_an_unknown_indicator_is_not_there(pages: TestClient) -> None:
    assert pages.get("/indicators/no_such_thing").status_code == 404


# --- what is not meant well


def links(page: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r'href="(/(?:compare|audit)\?[^"]*)"', page)]


def test_a_document_leads_to_its_findings_and_to_its_issuer_s_other_years(
    pages: TestClient, ids: dict[int, int]
) -> None:
    page = pages.get(f"/documents/{ids[2023]}").text
    audit, *compared = links(page)
    assert audit == f"/audit?document={ids[2023]}"
    assert "Huyện mở 14 lớp" in words(pages.get(audit).text)
    assert [re.findall(r"[ab]=(\d+)", link) for link in compared] == [["2022", "2023"], ["2021", "2023"]]
    assert "1.105" in words(pages.get(compared[0]).text)
    first = links(pages.get(f"/documents/{ids[2021]}").text)
    assert [re.findall(r"[ab]=(\d+)", link) for link in first] == [["2021", "2022"], ["2021", "2023"]]
    assert "1.320" in words(pages.get(first[0]).text)


def test_a_document_without_findings_or_other_years_leads_nowhere(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "Không có cơ quan, năm 2022 còn 12 hộ nghèo.")
    head = "UBND HUYỆN VĂN BÀN\nSố: 1/BC-UBND\nVăn Bàn, ngày 5 tháng 1 năm 2022\nBÁO CÁO\n"
    put(tmp_path, "b.txt", head + "Còn 12 hộ nghèo.")
    with client(tmp_path) as alone:
        assert links(alone.get("/documents/1").text) == links(alone.get("/documents/2").text) == []


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    out = tmp_path_factory.mktemp("hostile")
    for year, value in ((2022, 120), (2023, 130)):
        stored(out, hostile(year, value))
    preparing.make_index(out)
    preparing.make_series(out)
    return client(out)


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/search", {"q": "alert"}), ("/search", {"q": "nghèo", "kind": "figures"}), ("/search", {"q": ATTACK}),
        ("/search", {"q": "alert", "kind": "references"}), ("/audit", {}), ("/audit", {"rule": ATTACK, "type": ATTACK}),
        ("/compare", {"a": "2022", "b": "2023"}), ("/compare", {"a": ATTACK, "b": "2023", "area": ATTACK}),
        ("/compare", {"by": "documents", "area": "alert", "a": "d:1", "b": "d:2"}),
        ("/compare/sentences", {"a": "2022", "b": "2023", "row": "1"}), ("/citations", {}),
        ("/citations", {"q": ATTACK}), ("/indicators", {"q": ATTACK}),
        ("/indicators/poor_households", {"q": ATTACK}), ("/indicators/poor_households", {"all": "1"}),
    ],
)  # fmt: skip
def test_what_a_report_or_a_question_says_is_shown_and_never_obeyed(
    attacked: TestClient, path: str, params: dict[str, str]
) -> None:
    page = attacked.get(path, params=params)
    assert page.status_code == 200
    harmless(page.text)


def test_the_page_of_a_hostile_key_is_harmless(attacked: TestClient) -> None:
    (link,) = set(re.findall(r'href="(/citations/[^"]+)"', attacked.get("/citations").text))
    page = attacked.get(html.unescape(link))
    harmless(page.text)


def harmless(page: str) -> None:
    """No script but our own, no handler, no link that runs, no mark that turns the text, no template that is run."""
    assert all('src="/static/' in tag for tag in re.findall(r"<script[^>]*>", page))
    assert not re.findall(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', page))
    assert not re.findall(r"""(?:href|src|action)=["']\s*javascript:""", page, re.I)
    assert "\u202e" not in page
    assert "49 ⟦" not in page


@pytest.mark.parametrize("path", ["/search", "/audit", "/compare", "/citations", "/indicators",
                                  "/indicators/poor_households", "/citations/27/2020/NĐ-CP"])  # fmt: skip
@pytest.mark.parametrize(
    "said",
    ["'\"%", "\x00", "9" * 400, "-1", "d:9999999999", "d:1 OR 1=1", "2022' --", "NEAR(*", "😀" * 210],
)
def test_no_question_breaks_a_page(pages: TestClient, path: str, said: str) -> None:
    names = ("q", "year", "type", "page", "a", "b", "area", "status", "places", "sure", "rule", "severity", "document",
             "kind", "variant", "place", "relation", "by", "row")  # fmt: skip
    assert pages.get(path, params=dict.fromkeys(names, said)).status_code == 200

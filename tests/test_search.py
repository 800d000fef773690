"""`extractor search` and `extractor cite` over a folder of reports: what is found, counted, exported, drawn."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract_text
from extractor.cli import main
from extractor.errors import UsageError
from extractor.finding.fold import fold
from extractor.search.citing import cite, find_key
from extractor.search.index import KINDS, indexed
from extractor.search.query import Term, search, snippet

LETTERHEAD = """ỦY BAN NHÂN DÂN
HUYỆN BẮC HÀ
Số: {number}/BC-UBND
Bắc Hà, ngày {day} tháng 12 năm {year}
BÁO CÁO
Kết quả giảm nghèo năm {year}
"""
BODIES = {
    2021: """1. Văn bản
Thực hiện Nghị định số 27/2020/NĐ-CP ngày 01/3/2020 của Chính phủ về giảm nghèo, Nghị quyết số 16/NQ-HĐND, xã giao vốn.
2. Kết quả
Toàn huyện còn 1.250 hộ nghèo; đường giao thông được nâng cấp.
""",
    2022: """1. Văn bản
Căn cứ Nghị định số 27/2020/NĐ-CP ngày 02/3/2020 của Chính phủ.
Nghị định số 38/2022/NĐ-CP ngày 24/6/2022 thay thế Nghị định số 27/2020/NĐ-CP.
2. Kết quả
Toàn huyện còn 980 hộ nghèo, giảm 270 hộ; hồ chứa nước đạt 75% dung tích.
""",
    2023: """1. Văn bản
Thực hiện Nghị định 27/2020/NĐ-CP và Nghị quyết số 16/NQ-HĐND. Khoản 2 Điều 5 Nghị định 27, đã nêu rõ.
2. Kết quả
Toàn huyện còn 640 hộ nghèo theo Quyết định số 90/QĐ-TTg.
""",
}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    for number, (year, body) in enumerate(BODIES.items(), 5):
        write(tmp_path, f"{year}/bao-cao.txt", LETTERHEAD.format(number=number, day=20, year=year) + body)
    return tmp_path


def write(out: Path, name: str, text: str) -> Path:
    path = out / "reports" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    report = extract_text(text)
    path.write_text(replace(report, document=replace(report.document, source=name)).to_json(), encoding="utf8")
    return path


@pytest.fixture
def database(out: Path) -> Iterator[sqlite3.Connection]:
    with indexed(out) as index:
        assert index.failures == []
        yield index.database


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    assert main([*map(str, arguments), "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


# --- search ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("hộ nghèo", 3),
        ("ho ngheo", 3),
        ("HỘ NGHÈO", 3),
        ("duong giao thong", 1),
        ("đường giao thông", 1),
        ("hồ", 1),  # not hộ
        ("ho", 3),  # hộ, hồ
        ("hồ chứa nghèo", 1),
        ('"giao thông được"', 1),
        ('"được giao thông"', 0),
        ("ngheo*", 7),
        ("nâ*", 1),
        ("27/2020/NĐ-CP", 4),
        ("27/2020/nd-cp", 4),
        ("hồ giao", 0),
        ("hộ ngheo", 3),
    ],
)
def test_words_phrases_prefixes_and_diacritics(database: sqlite3.Connection, query: str, total: int) -> None:
    found = search(database, query)
    assert (found.total, len(found.hits)) == (total, total)


def test_snippets_mark_what_was_found(database: sqlite3.Connection) -> None:
    (hit,) = search(database, "duong giao").hits
    assert "⟦đường⟧ ⟦giao⟧ thông" in hit.snippet
    assert (hit.kind, hit.document, hit.year, hit.section, hit.page) == ("passage", "2021/bao-cao.txt", 2021, "2", 1)


def test_years_and_facets(database: sqlite3.Connection) -> None:
    assert search(database, "ho ngheo", years=(2022, 2023)).total == 2
    facets = search(database, "ho ngheo").facets
    assert facets["year"] == {"2021": 1, "2022": 1, "2023": 1}
    assert facets["place"] == {"Bắc Hà": 3}
    assert facets["type"] == {"Báo cáo": 3}
    assert list(facets) == ["year", "place", "issuer", "type"]


def test_figures_and_references_are_found_by_their_words(database: sqlite3.Connection) -> None:
    (figure,) = search(database, "hộ nghèo 640", kind="figures").hits
    assert figure.snippet.startswith("⟦hộ⟧ ⟦nghèo⟧ · ⟦640⟧ ⟦hộ⟧")
    (reference,) = search(database, "giảm nghèo chính phủ", kind="references").hits
    assert "Nghị định số 27/2020/NĐ-CP" in reference.snippet


def test_better_matches_come_first(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.txt",
        "Rừng. " + "Xã có nhiều công việc khác nhau trong năm qua và rừng chỉ là một trong các việc đó.",
    )
    write(tmp_path, "b.txt", "Rừng trồng, rừng phòng hộ.")
    with indexed(tmp_path) as index:
        assert next(h.document for h in search(index.database, "rừng").hits) in ("a.txt", "b.txt")
        scores = [h.score for h in search(index.database, "rừng").hits]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("query", ["", "  ", '"', "*", "- /"])
def test_a_query_without_words_is_refused(database: sqlite3.Connection, query: str) -> None:
    with pytest.raises(UsageError):
        search(database, query)


@given(st.text(max_size=40))
def test_any_query_is_answered_or_refused(query: str) -> None:
    database = sqlite3.connect(":memory:", isolation_level=None)
    from extractor.search.index import make_tables

    make_tables(database)
    try:
        assert search(database, query).total == 0
    except UsageError:
        pass
    finally:
        database.close()


def test_long_passages_are_cut_around_the_match() -> None:
    text = "trước " * 100 + "rừng phòng hộ " + "sau " * 100
    made = snippet(text, [Term(("rừng", "phòng"), exact=True, prefix=False)])
    assert "⟦rừng phòng⟧ hộ" in made
    assert made.startswith("…")
    assert made.endswith("…")
    assert len(made) < 300


@given(st.text(alphabet="ăâđêôơưáạảãàẮỆỢƯ a1–,B", max_size=60))
def test_folding_leaves_ascii_and_keeps_words_apart(text: str) -> None:
    assert fold(text).isascii()
    assert fold("hộ nghèo–Đường") == "ho ngheo duong"


# --- the index -------------------------------------------------------------------------------------------------------


def test_it_follows_what_changes(out: Path) -> None:
    with indexed(out) as index:
        before = dict(index.database.execute("SELECT path, id FROM search_documents"))
    write(out, "2021/bao-cao.txt", "Xã có 7 mô hình nuôi ong.")
    write(out, "2024/moi.txt", "Xã có 9 mô hình nuôi ong.")
    (out / "reports" / "2022" / "bao-cao.txt.json").unlink()
    untouched = out / "reports" / "2023" / "bao-cao.txt.json"
    os.utime(untouched, ns=(1, 1))  # another time, the same bytes
    with indexed(out) as index:
        after = dict(index.database.execute("SELECT path, id FROM search_documents"))
        assert set(after) == {"2021/bao-cao.txt.json", "2023/bao-cao.txt.json", "2024/moi.txt.json"}
        assert after["2023/bao-cao.txt.json"] == before["2023/bao-cao.txt.json"]
        assert search(index.database, "nuôi ong").total == 2
        assert search(index.database, "hộ nghèo").total == 1
        assert search(index.database, "980").total == 0
        for kind in KINDS:  # nothing of what went is left in the words
            words = {i for (i,) in index.database.execute(f"SELECT rowid FROM search_{kind}_words")}
            assert words == {i for (i,) in index.database.execute(f"SELECT id FROM search_{kind}")}


def test_another_version_makes_it_anew(out: Path) -> None:
    with indexed(out) as index:
        index.database.execute("UPDATE search_meta SET value = '0'")
        index.database.execute("DELETE FROM search_citations")
    with indexed(out) as index:
        assert index.database.execute("SELECT count(*) FROM search_citations").fetchone()[0] > 0
        assert search(index.database, "hộ nghèo").total == 3


def test_a_broken_report_is_named_and_the_rest_is_found(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (out / "reports" / "x.json").write_text("{", encoding="utf8")
    assert main(["search", "hộ nghèo", str(out), "--format", "json"]) == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["total"] == 3
    assert "x.json" in said.err
    assert "NotAReport" in said.err


def test_a_folder_without_reports_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "a", str(tmp_path)]) == 1
    assert "no reports there" in capsys.readouterr().err
    assert not (tmp_path / "extractor.sqlite").exists()


def test_a_store_that_is_no_database_is_named(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (out / "extractor.sqlite").write_bytes(b"not a database" * 100)
    assert main(["cite", "1/QĐ-UBND", str(out)]) == 2
    assert "StoreDamaged" in capsys.readouterr().err


# --- cite ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    ["27/2020/NĐ-CP", "27/2020/nđ-cp", "27/2020/ND-CP", "Nghị định số 27/2020/NĐ-CP", "NĐ 27/2020", "nđ 27/2020",
     "Nghị định 27", "27 / 2020 / NĐ - CP", "xyz"],
)  # fmt: skip
def test_any_spelling_of_a_key(database: sqlite3.Connection, spelling: str) -> None:
    if spelling == "xyz":
        with pytest.raises(UsageError):
            find_key(database, spelling)
    else:
        assert find_key(database, spelling) == "27/2020/NĐ-CP"


def test_a_spelling_of_several_documents_names_them(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Nghị quyết số 26-NQ/TW; Nghị quyết số 26/NQ-HĐND.")
    with indexed(tmp_path) as index, pytest.raises(UsageError, match="26-NQ/TW, 26/NQ-HĐND"):
        find_key(index.database, "Nghị quyết 26")


def test_the_record_of_a_document(database: sqlite3.Connection) -> None:
    cited = cite(database, "27/2020/NĐ-CP")
    assert (cited.type, cited.issuer, cited.title) == ("Nghị định", "Chính phủ", "giảm nghèo")
    assert set(cited.variants) == {"Nghị định số 27/2020/NĐ-CP", "Nghị định 27/2020/NĐ-CP", "Nghị định 27"}
    assert cited.by_year == {"2021": 1, "2022": 2, "2023": 2}
    assert [p.relation for p in cited.passages] == ["implements", "basis", "replaces", "implements", "mentions"]
    assert cited.passages[-1].pinpoint == "Khoản 2 Điều 5"
    assert all("27" in p.text for p in cited.passages)
    together = {c.key: (c.count, c.sentences) for c in cited.cited_with}
    assert together == {"16/NQ-HĐND": (2, 2), "38/2022/NĐ-CP": (1, 1), "90/QĐ-TTg": (1, 0)}


def test_conflicts_and_validity(database: sqlite3.Connection) -> None:
    cited = cite(database, "27/2020/NĐ-CP")
    (change,) = cited.changes
    assert (change.relation, change.by, change.date) == ("replaces", "38/2022/NĐ-CP", "2022-06-24")
    assert [p.document for p in cited.passages if p.outdated] == ["2022/bao-cao.txt", "2023/bao-cao.txt"]
    assert [c.kind for c in cited.conflicts] == ["dates", "outdated"]
    assert "2020-03-01" in cited.conflicts[0].message
    assert cited.conflicts[1].documents == ("2022/bao-cao.txt", "2023/bao-cao.txt")


def test_a_report_that_replaces_a_decision_says_when(tmp_path: Path) -> None:
    head = LETTERHEAD.format(number=9, day=20, year=2022).replace("BÁO CÁO", "QUYẾT ĐỊNH").replace("BC-UBND", "QĐ-UBND")
    write(tmp_path, "qd.txt", head + "Quyết định này thay thế Quyết định số 4/QĐ-UBND.")
    write(
        tmp_path,
        "bc.txt",
        LETTERHEAD.format(number=1, day=1, year=2023) + "Thực hiện Quyết định số 4/QĐ-UBND, xã giao vốn.",
    )
    with indexed(tmp_path) as index:
        cited = cite(index.database, "4/QĐ-UBND")
        assert [(c.by, c.date) for c in cited.changes] == [("9/QĐ-UBND", "2022-12-20")]
        assert [p.document for p in cited.passages if p.outdated] == ["bc.txt"]


def test_a_law_outdated_by_its_next_edition(tmp_path: Path) -> None:
    write(
        tmp_path, "a.txt", LETTERHEAD.format(number=1, day=1, year=2023) + "Căn cứ Luật Đất đai năm 2003, xã giao đất."
    )
    with indexed(tmp_path) as index:
        cited = cite(index.database, "13/2003/QH11")
        assert cited.key == "Luật Đất đai 2003"
        assert cited.passages[0].outdated


def test_two_titles_of_one_document(tmp_path: Path) -> None:
    a = "Nghị định số 5/2020/NĐ-CP ngày 1/2/2020 về phát triển rừng bền vững ở miền núi."
    b = "Nghị định số 5/2020/NĐ-CP ngày 1/2/2020 về tuyển dụng viên chức ngành giáo dục."
    write(tmp_path, "a.txt", a)
    write(tmp_path, "b.txt", b)
    with indexed(tmp_path) as index:
        (conflict,) = cite(index.database, "5/2020/NĐ-CP").conflicts
        assert (conflict.kind, conflict.documents) == ("titles", ("a.txt", "b.txt"))


def test_a_document_that_nobody_cites(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = printed(capsys, "cite", "1/2001/NĐ-CP", out)
    assert (made["key"], made["passages"], made["dates"]) == ("1/2001/NĐ-CP", [], [])


def test_the_contracts_keys(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = printed(capsys, "cite", "27/2020/NĐ-CP", out)
    assert {"key", "title", "variants", "dates", "cited_with", "passages"} <= set(made)
    wanted = {"document", "year", "section", "page", "start", "end", "text", "relation", "pinpoint"}
    assert wanted <= set(made["passages"][0])
    assert {"key", "count"} <= set(made["cited_with"][0])
    found = printed(capsys, "search", "ho ngheo", out)
    assert {"kind", "document", "page", "snippet", "score"} <= set(found["hits"][0])
    assert found["facets"]["year"]["2023"] == 1


@pytest.mark.parametrize("shown", ["table", "csv"])
@pytest.mark.parametrize("command", [["search", "ho ngheo"], ["cite", "27/2020/NĐ-CP"]])
def test_other_forms_are_printed(out: Path, capsys: pytest.CaptureFixture[str], shown: str, command: list[str]) -> None:
    assert main([*command, str(out), "--format", shown]) == 0
    said = capsys.readouterr().out
    assert "2023/bao-cao.txt" in said
    if shown == "csv":
        assert len(list(csv.DictReader(io.StringIO(said)))) >= 3


# --- exports ---------------------------------------------------------------------------------------------------------


def test_exports(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {kind: tmp_path / f"made.{kind}" for kind in ("csv", "json", "ris")}
    for file in files.values():
        printed(capsys, "cite", "27/2020/NĐ-CP", out, "--export", file)
    rows = list(csv.DictReader(io.StringIO(files["csv"].read_text(encoding="utf8"))))
    assert [row["document"][:4] for row in rows] == ["2021", "2022", "2022", "2023", "2023"]
    assert json.loads(files["json"].read_text(encoding="utf8"))["key"] == "27/2020/NĐ-CP"
    ris = files["ris"].read_bytes().decode()
    records = [r for r in ris.split("ER  - ") if r.strip()]
    assert [r.strip().splitlines()[0] for r in records] == ["TY  - STAT"] + ["TY  - RPRT"] * 3
    assert "M1  - 27/2020/NĐ-CP" in records[0]
    assert all(line[2:6] == "  - " for line in ris.splitlines() if line)


def test_graphs(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {kind: tmp_path / f"made.{kind}" for kind in ("graphml", "json", "html")}
    for file in files.values():
        printed(capsys, "cite", "27/2020/NĐ-CP", out, "--graph", file)
    made = json.loads(files["json"].read_text(encoding="utf8"))
    edges = {(e["source"], e["target"], e["kind"]): e["weight"] for e in made["edges"]}
    assert edges["2023/bao-cao.txt", "27/2020/NĐ-CP", "cites"] == 2
    assert edges["16/NQ-HĐND", "27/2020/NĐ-CP", "cited_with"] == 2
    assert edges["38/2022/NĐ-CP", "27/2020/NĐ-CP", "replaces"] == 1
    space = "{http://graphml.graphdrawing.org/xmlns}"
    graph = ET.fromstring(files["graphml"].read_text(encoding="utf8"))
    nodes = {n.get("id") for n in graph.iter(f"{space}node")}
    assert nodes == {n["id"] for n in made["nodes"]}
    assert len(list(graph.iter(f"{space}edge"))) == len(made["edges"])
    page = files["html"].read_text(encoding="utf8")
    assert "27/2020/NĐ-CP" in page
    assert "<svg" in page
    assert "http" not in page.replace("http://www.w3.org", "")
    assert "<script" not in page


def test_names_that_markup_would_break_are_escaped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, 'a&b "<x>.txt', "Thực hiện Nghị định số 5/2020/NĐ-CP.")
    printed(capsys, "cite", "5/2020/NĐ-CP", tmp_path, "--graph", tmp_path / "g.graphml")
    ET.fromstring((tmp_path / "g.graphml").read_text(encoding="utf8"))
    printed(capsys, "cite", "5/2020/NĐ-CP", tmp_path, "--graph", tmp_path / "g.html")
    assert "<x>" not in (tmp_path / "g.html").read_text(encoding="utf8")


@pytest.mark.parametrize("option", ["--graph", "--export"])
def test_other_extensions_are_refused(out: Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert main(["cite", "27/2020/NĐ-CP", str(out), option, str(out / "x.doc")]) == 1
    assert "end it in" in capsys.readouterr().err

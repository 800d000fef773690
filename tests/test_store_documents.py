"""The reports in the store: what a run writes, what a kill or a user's edit leaves, and the tables in other forms."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas
import pytest
from samples import sample

from extractor import cli, extract_text, open_store
from extractor.batch import run as run_module
from extractor.errors import NotFound, UsageError
from extractor.grading import grade
from extractor.model import Report
from extractor.reading.watching import Watch
from extractor.serial import NotAReport, to_bytes
from extractor.store.database import MIGRATIONS, NAME, open_database
from extractor.store.documents import put
from extractor.store.export import export_tables
from extractor.store.rows import rows_of
from extractor.store.store import TABLES, store_of

TEXT = (
    "ỦY BAN NHÂN DÂN\nHUYỆN VĂN BÀN\nSố: 12/BC-UBND\nVăn Bàn, ngày 20 tháng 12 năm 2023\nBÁO CÁO\n"
    "Kết quả năm 2023\n1. Giảm nghèo\nToàn huyện còn 1.320 hộ nghèo (6,10%) theo Nghị định số 07/2021/NĐ-CP.\n"
    "Xã Nậm Mả còn 42 hộ nghèo.\n2. Ngân sách\nThu ngân sách nhà nước 612,45 tỷ đồng.\n"
)


def reader(path: Path, source: str, watch: Watch) -> Report:
    report = extract_text(path.read_text(encoding="utf8"))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return replace(report, document=replace(report.document, source=source, sha256=digest))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "a.txt").write_text(TEXT, encoding="utf8")
    (made / "b.txt").write_text(TEXT.replace("1.320", "1.105").replace("2023", "2024"), encoding="utf8")
    return made


def run(folder: Path, out: Path) -> None:
    run_module.run([folder], out, read=reader, workers=1)


def test_a_run_fills_the_store(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    with open_store(tmp_path / "out") as store:
        assert list(store.documents()["year"]) == [2023, 2024]
        figures = store.figures()
        poor = figures[figures["indicator_id"] == "poor_households"]
        told = poor[["report_year", "place", "place_level", "own_area", "value", "exact"]]
        assert [tuple(row) for row in told.values] == [
            (2023, "Văn Bàn", "district", 1, 1320.0, "1320"), (2023, "Nậm Mả", "commune", 0, 42.0, "42"),
            (2024, "Văn Bàn", "district", 1, 1105.0, "1105"), (2024, "Nậm Mả", "commune", 0, 42.0, "42"),
        ]  # fmt: skip
        (money, _) = figures[figures["kind"] == "money"].to_dict("records")
        assert (money["amount"], money["exact"], money["unit"]) == (612_450_000_000, "612.45", "tỷ đồng")
        assert money["section_title"] == "Ngân sách"
        assert list(store.table("citations")["key"]) == ["07/2021/NĐ-CP"] * 2
        assert set(store.table("places")["name"]) == {"Văn Bàn", "Nậm Mả"}


def test_others_open_it_as_it_is(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    plain = sqlite3.connect(tmp_path / "out" / NAME)
    query = "SELECT d.source, sum(value) FROM figures f JOIN documents d ON d.id = f.document WHERE kind = 'household'"
    assert pandas.read_sql_query(f"{query} GROUP BY 1 ORDER BY 1", plain)["sum(value)"].tolist() == [1362.0, 1147.0]
    plain.close()


def test_what_a_kill_left_out_is_loaded_at_the_next_look(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(folder, out)
    with open_store(out) as store:
        before = store.figures()
    damaged = open_database(out / NAME)
    damaged.execute("DELETE FROM documents WHERE source LIKE '%a.txt'")  # killed between the ledger and the store
    damaged.execute("UPDATE documents SET json_sha256 = 'of an older JSON'")
    damaged.execute("UPDATE figures SET value = 0")
    damaged.close()
    with open_store(out) as store:
        pandas.testing.assert_frame_equal(store.figures(), before)


def test_a_report_that_is_gone_or_read_anew_is_in_the_store_once(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(folder, out)
    (folder / "a.txt").write_text(TEXT.replace("1.320", "1.400"), encoding="utf8")
    (folder / "b.txt").rename(folder / "c.txt")
    run(folder, out)
    with open_store(out) as store:
        assert sorted(Path(s).name for s in store.documents()["source"]) == ["a.txt", "c.txt"]
        assert 1400.0 in set(store.figures()["value"])
        assert 1320.0 not in set(store.figures()["value"])


def test_a_json_that_someone_changed_is_named_and_left_out(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(folder, out)
    changed = next((out / "reports").rglob("a.txt.json"))
    changed.write_text(changed.read_text(encoding="utf8").replace("1320", "9999"), encoding="utf8")
    forget = open_database(out / NAME)
    forget.execute("DELETE FROM documents")
    forget.close()
    with open_store(out) as store:
        assert [Path(name).name for name in store.missing] == ["a.txt.json"]
        assert [Path(s).name for s in store.documents()["source"]] == ["b.txt"]
    run(folder, out)  # makes it again
    with open_store(out) as store:
        assert (store.missing, len(store.documents())) == ([], 2)


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_store_gets_its_documents_and_their_grades(folder: Path, tmp_path: Path, version: int) -> None:
    out = tmp_path / "out"
    run(folder, out)
    with open_store(out) as store:
        before = store.figures()
    (path := out / NAME).unlink()
    old = sqlite3.connect(path)
    old.executescript(";".join(MIGRATIONS[:version]) + f"; PRAGMA user_version = {version};")
    for json_path in (out / "reports").rglob("*.json"):
        name = json_path.relative_to(out / "reports").as_posix()
        digest = hashlib.sha256(json_path.read_bytes()).hexdigest()
        old.execute("INSERT INTO ledger_files (path, source, state, json, json_sha256) VALUES (?, ?, 'done', ?, ?)",
                    (name, name, name, digest))  # fmt: skip
        if version > 1:  # documents without a grade
            columns = "json, json_sha256, document, source, sha256, media_type, page_count, recipients, warnings"
            old.execute(f"INSERT INTO documents ({columns}, schema_version) "
                        "VALUES (?, ?, 'x', 'x', 'x', 'x', 1, '[]', '[]', '1.3')", (name, digest))  # fmt: skip
    old.commit()
    old.close()
    with open_store(out) as store:
        pandas.testing.assert_frame_equal(store.figures(), before)
        graded = store.rows("SELECT count(*) FROM documents d JOIN grades g ON g.document = d.id").fetchone()
        assert graded == store.rows("SELECT count(*) FROM documents").fetchone()


def test_a_folder_of_jsons_and_one_json(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.json").write_text(extract_text(TEXT).to_json(), encoding="utf8")
    (tmp_path / "x" / "note.json").write_text('{"a": 1}', encoding="utf8")
    with open_store(tmp_path / "x") as store:
        assert len(store.documents()) == 1
        assert [(type(e), Path(e.path or "").name) for e in store.failures] == [(NotAReport, "note.json")]
    with open_store(tmp_path / "x" / "a.json") as store:
        assert len(store.documents()) == 1
    with pytest.raises(NotAReport):
        open_store(tmp_path / "x" / "note.json")
    with pytest.raises(NotFound):
        open_store(tmp_path / "y")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no reports there"):
        open_store(tmp_path / "empty")


def test_numbers_are_exact() -> None:
    figure = replace(sample().figures[0], value=Decimal("1234567890123456789.25"), amount=10**25, unit="đồng")
    data = replace(sample(), figures=(figure, replace(figure, value=Decimal("842.35")))).to_json().encode()
    with store_of(Path("x"), data) as store:
        assert list(store.figures()["exact"]) == ["1234567890123456789.25", "842.35"]
        assert store.figures()["amount"].isna().all()  # beyond 64 bits: docs/store.md


def test_every_item_of_a_report_has_its_row() -> None:
    report = sample()
    _, tables = rows_of(report.to_json().encode())
    assert {name: len(rows) for name, rows in tables.items()} == {
        "texts": 1, "pages": len(report.pages), "sections": len(report.sections), "figures": len(report.figures),
        "citations": len(report.references), "places": len(report.places), "tables": len(report.tables),
        "findings": len(report.findings), "grades": 1,
    }  # fmt: skip


def test_the_grade_in_the_store_is_the_one_of_triage_and_the_id_stays() -> None:
    doubtful = replace(sample(), warnings=("page 1: half of it is missing",))
    with store_of(Path("x"), to_bytes(sample())) as store:
        put(store.database, "y", to_bytes(sample()))
        before = store.rows("SELECT id FROM documents WHERE json = 'x'").fetchone()
        put(store.database, "x", to_bytes(doubtful))
        assert store.rows("SELECT id FROM documents WHERE json = 'x'").fetchone() == before
        told = grade(doubtful).row()
        (found,) = store.rows("SELECT grade, reasons FROM grades WHERE document = ?", before).fetchall()
        assert (found[0], json.loads(found[1])) == (told["grade"], told["reasons"])


@pytest.mark.parametrize("data", [b"", b"[]", b'{"schema_version": "1.2"}', b'{"schema_version": "9.0"}', b"\xff"])
def test_what_is_no_report_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(NotAReport):
        rows_of(data)


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_tables_in_other_forms(form: str, tmp_path: Path) -> None:
    report = extract_text(TEXT.replace("Kết quả năm 2023", "=1+1 năm 2023"))
    with store_of(Path("x"), report.to_json().encode()) as store:
        export_tables(store, tmp_path, form)  # type: ignore[arg-type]
        if form == "csv":
            with (tmp_path / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
                told = [(r["text"], float(r["value"]), r["unit"]) for r in csv.DictReader(file)]
            tables = {p.stem for p in tmp_path.iterdir()}
        elif form == "parquet":
            frame = pandas.read_parquet(tmp_path / "figures.parquet")
            told = list(frame[["text", "value", "unit"]].itertuples(index=False, name=None))
            tables = {p.stem for p in tmp_path.iterdir()}
        else:
            sheets = pandas.read_excel(tmp_path / "tables.xlsx", sheet_name=None)
            told = list(sheets["figures"][["text", "value", "unit"]].itertuples(index=False, name=None))
            assert str(sheets["documents"]["title"][0]).startswith("=1+1")  # a text, no formula
            tables = set(sheets)
        assert tables == set(TABLES)
        assert told == [(f.text, float(f.value), f.unit) for f in report.figures]


def test_the_run_needs_no_pandas() -> None:
    code = (
        "import sys, extractor.batch.run, extractor.store.store, extractor.compare.diff; print('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_jsons_that_the_store_holds_are_those_of_the_ledger(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    with open_store(tmp_path / "out") as store:
        for name, digest in store.rows("SELECT json, json_sha256 FROM documents"):
            data = (tmp_path / "out" / "reports" / name).read_bytes()
            assert hashlib.sha256(data).hexdigest() == digest
            assert json.loads(data)["schema_version"]


def test_export_from_the_command_line(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, tmp_path / "out")
    assert cli.main(["export", str(tmp_path / "out"), "--tables", "csv", "--format", "json"]) == 0
    assert {Path(name).stem for name in json.loads(capsys.readouterr().out)} == set(TABLES)
    assert (tmp_path / "out" / "tables" / "figures.csv").exists()
    next((tmp_path / "out" / "reports").rglob("a.txt.json")).write_text("{}", encoding="utf8")
    forget = open_database(tmp_path / "out" / NAME)
    forget.execute("DELETE FROM documents")
    forget.close()
    assert cli.main(["export", str(tmp_path / "out"), "--tables", "csv"]) == 2
    assert "a.txt.json: its JSON was changed or removed" in capsys.readouterr().err

"""The store's file: its schema and history, what is told when it cannot be used, and the ledger's rows."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.errors import DiskFull
from extractor.store import database
from extractor.store.database import MIGRATIONS, NAME, StoreDamaged, StoreTooNew, StoreUnavailable, open_database
from extractor.store.ledger import FileRow, Ledger, PageRow

ROW = FileRow(Path("/in/a.pdf"), "in/a.pdf", "done", "0" * 64, 1, 0.5, json="a.pdf.json", json_sha256="1", tool="t")
DOCS = (Path(__file__).resolve().parent.parent / "docs/store.md").read_text(encoding="utf8")


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    pages = [PageRow(1, "read", "ocr", 0.75, 1.25, 2, None), PageRow(2, "unreadable", "text", 0.0, None, 2, "TimedOut")]
    with Ledger(tmp_path) as ledger:
        ledger.put(ROW, pages)
    with Ledger(tmp_path) as ledger:
        assert ledger.files() == [ROW]
        assert ledger.file(ROW.path) == ROW
        assert ledger.pages(ROW.path) == pages
        assert ledger.file(Path("/in/b.pdf")) is None


def test_a_file_has_one_row_and_keeps_its_pages_until_new_ones_come(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.put(ROW, [PageRow(1, "read", "text", 1.0)])
        ledger.put(replace(ROW, state="reading", tries=2))
        assert [row.state for row in ledger.files()] == ["reading"]
        assert len(ledger.pages(ROW.path)) == 1
        ledger.put(replace(ROW, tries=2), [PageRow(1, "read", "ocr", 0.5)])
        assert [page.source for page in ledger.pages(ROW.path)] == ["ocr"]
        ledger.forget(ROW.path)
        assert ledger.files() == []
        assert ledger.pages(ROW.path) == []


def test_the_same_bytes_are_found_under_other_names(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.put(ROW)
        ledger.put(replace(ROW, path=Path("/in/b.pdf"), json="b.pdf.json"))
        ledger.put(replace(ROW, path=Path("/in/c.pdf"), sha256="2" * 64))
        ledger.put(replace(ROW, path=Path("/in/d.pdf"), state="failed"))
        assert [row.path.name for row in ledger.done(ROW.sha256 or "", "t")] == ["a.pdf", "b.pdf"]
        assert ledger.done(ROW.sha256 or "", "another tool") == []
        assert [row.path.name for row in ledger.twins()] == ["a.pdf", "b.pdf"]
        assert (ledger.claims("a.pdf.json"), ledger.claims("c.json")) == (3 - 1, 0)


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    odd = os.fsdecode(b"/in/b\xe1o.pdf")
    row = replace(ROW, path=Path(odd), json=f"{odd[4:]}.json", message=f"{odd}: damaged")
    with Ledger(tmp_path) as ledger:
        ledger.put(row)
        (back,) = ledger.files()
    assert (back.path, back.json) == (row.path, row.json)
    assert back.message == "/in/b�o.pdf: damaged"


def test_others_may_read_while_a_run_writes(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.put(ROW)
        reader = sqlite3.connect(tmp_path / NAME)
        assert reader.execute("SELECT count(*) FROM ledger_files").fetchone() == (1,)
        ledger.put(replace(ROW, path=Path("/in/b.pdf")))
        assert reader.execute("SELECT count(*) FROM ledger_files").fetchone() == (2,)
        assert reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        reader.close()


def test_an_old_store_is_brought_to_the_newest_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.put(ROW)
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE later (x)"))
    with Ledger(tmp_path) as ledger:
        assert ledger.files() == [ROW]
    with sqlite3.connect(tmp_path / NAME) as opened:
        assert opened.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
        assert opened.execute("SELECT count(*) FROM later").fetchone() == (0,)


def test_a_migration_that_fails_leaves_the_old_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(tmp_path).__exit__()
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE later (x); CREATE TABLE later (x)"))
    with pytest.raises(StoreUnavailable):
        Ledger(tmp_path)
    monkeypatch.undo()
    with Ledger(tmp_path) as ledger:
        assert ledger.files() == []
    with sqlite3.connect(tmp_path / NAME) as opened:
        assert opened.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert opened.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone() == (0,)


def test_a_newer_store_is_left_alone(tmp_path: Path) -> None:
    Ledger(tmp_path).__exit__()
    with sqlite3.connect(tmp_path / NAME) as opened:
        opened.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreTooNew, match="99"):
        Ledger(tmp_path)


def test_a_file_that_is_no_database_and_one_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(b"not a database, but long enough to look at" * 40)
    with pytest.raises(StoreDamaged):
        open_database(tmp_path / "bad")
    with pytest.raises(StoreUnavailable):
        open_database(tmp_path / "no folder" / NAME)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "tiny"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=384k", "none", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a tmpfs")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_fills_up_is_named_and_what_was_written_is_kept(tiny_disk: Path) -> None:
    written: list[Path] = []

    def fill(ledger: Ledger) -> None:
        while len(written) < 10_000:
            row = replace(ROW, path=Path(f"/in/{len(written)}.pdf"), message="x" * 2000)
            ledger.put(row)
            written.append(row.path)

    with Ledger(tiny_disk) as ledger, pytest.raises(DiskFull):
        fill(ledger)
    assert len(written) > 3
    with Ledger(tiny_disk) as ledger:
        assert {row.path for row in ledger.files()} == set(written)


def test_a_disk_that_is_full_from_the_start(tiny_disk: Path) -> None:
    filler = os.open(tiny_disk / "filler", os.O_WRONLY | os.O_CREAT)
    with contextlib.suppress(OSError):
        while os.write(filler, b"x" * 4096):
            pass
    os.close(filler)
    with pytest.raises(DiskFull):
        Ledger(tiny_disk)


def test_the_schema_is_documented(tmp_path: Path) -> None:
    opened = open_database(tmp_path / NAME)
    tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert tables
    for table in tables:
        section = re.search(rf"^## `{table}`(.*?)(?=^## |\Z)", DOCS, re.S | re.M)
        assert section, table
        columns = {row[1] for row in opened.execute(f"PRAGMA table_info({table})")}
        assert {c for c in columns if f"`{c}`" not in section[1]} == set()
    opened.close()

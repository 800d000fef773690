"""Claims kept in the store: the same as those made anew, and made anew when their report or the tool changes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import series

from extractor import extract, open_store
from extractor.batch import run as run_module
from extractor.compare.claims import docs_of, read_claims
from extractor.compare.diff import Selection, diff
from extractor.compare.kept_claims import Claims
from extractor.compare.panel import panel
from extractor.compare.rows import Row
from extractor.model import Report
from extractor.reading.watching import Watch
from extractor.store.store import Store

TABLE = "SELECT document, tool, data FROM claims ORDER BY document"


def reader(path: Path, source: str, watch: Watch) -> Report:
    report = extract(path)
    return replace(report, document=replace(report.document, source=source))


def other_reader(path: Path, source: str, watch: Watch) -> Report:
    return replace(reader(path, source, watch), figures=(), findings=())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over the two three-year series of corpus/."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "in").mkdir()
    for path in (*series.CORPUS.glob("yen-bai-giam-ngheo-202?.*"), *series.CORPUS.glob("thang-binh-ktxh-202?.*")):
        shutil.copy(path, folder / "in")
    run_module.run([folder / "in"], folder / "out", read=reader, workers=1)
    return folder / "out"


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "out"))


def compared(store: Store) -> list[Row]:
    sides = [Selection(store, docs_of(store, year), str(year)) for year in (2022, 2023)]
    return list(diff(*sides))


def test_what_is_kept_is_what_was_read(out: Path) -> None:
    with open_store(out) as store:
        docs = docs_of(store)
        read = [read_claims(store, doc) for doc in docs]
        first = [Claims(store).of(doc) for doc in docs]
        assert len(store.rows(TABLE).fetchall()) == len(docs) == 6
        assert first == read
        assert [Claims(store).of(doc) for doc in docs] == read
        assert sum(map(len, read)) > 400


def test_a_second_comparison_reads_no_figures(out: Path) -> None:
    with open_store(out) as store:
        rows = compared(store)
        cells = panel(store, "poverty_rate")
        store.database.execute("DELETE FROM figures")
        assert compared(store) == rows
        assert panel(store, "poverty_rate") == cells
        assert len(rows) > 100
        assert len(cells) >= 3


def test_claims_go_with_their_report(made: Path, out: Path) -> None:
    with open_store(out) as store:
        compared(store)
        before = {document for document, *_ in store.rows(TABLE)}
        (changed, *_) = docs_of(store, 2023)
    (out / "reports" / changed.json).unlink()
    run_module.run([made.parent / "in"], out, read=other_reader, workers=1)
    with open_store(out) as store:
        assert len({document for document, *_ in store.rows(TABLE)} & before) == 3
        (doc,) = [doc for doc in docs_of(store) if doc.json == changed.json]
        assert Claims(store).of(doc) == read_claims(store, doc) == []


def test_another_tool_reads_anew(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(out) as store:
        compared(store)
        before = store.rows(TABLE).fetchall()
        own = tmp_path / "patterns"
        own.mkdir()
        (own / "note.txt").write_text("another state of the user's own patterns")
        monkeypatch.setenv("EXTRACTOR_PATTERNS", str(own))
        compared(store)
        after = store.rows(TABLE).fetchall()
    tools = {document: tool for document, tool, _ in before}
    changed = {document for document, tool, _ in after if tool != tools[document]}
    assert len({tool for _, tool, _ in before}) == 1
    assert len(changed) == 4  # the documents of the two years


def test_a_store_that_cannot_be_written_is_compared_all_the_same(out: Path) -> None:
    with open_store(out) as store:
        rows = compared(store)
        store.database.execute("DELETE FROM claims")
        store.database.execute("PRAGMA query_only = ON")
        assert compared(store) == rows
        assert store.rows("SELECT count(*) FROM claims").fetchone() == (0,)

"""A comparison told by several processes: the same text, whatever becomes of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson
import pytest
from compare_made import report

from extractor import cli, extract_text
from extractor.compare import parts
from extractor.compare.claims import docs_of
from extractor.compare.diff import Selection, Summary, diff
from extractor.compare.places import Map
from extractor.compare.rows import Row
from extractor.store.database import NAME, StoreUnavailable, open_database
from extractor.store.documents import put
from extractor.store.store import Store, open_store

AREAS = ("VĂN BÀN", "BẢO YÊN", "BẮC HÀ", "SI MA CAI", "MƯỜNG KHƯƠNG", "BÁT XÁT", "BẢO THẮNG")


def in_json(rows: Iterable[Row]) -> bytes:
    return b"".join(orjson.dumps(row.to_dict()) + b"\n" for row in rows)


def in_json_once_killed(rows: Iterable[Row]) -> bytes:
    """As `in_json`, but a helper that comes to MƯỜNG KHƯƠNG is killed there, as where memory runs out."""
    text = in_json(rows)
    if multiprocessing.parent_process() is not None and "Mường Khương".encode() in text:
        os.kill(os.getpid(), signal.SIGKILL)
    return text


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A run's store of seven districts in two years; six of them have both."""
    database = open_database(tmp_path / NAME)
    for at, area in enumerate(AREAS):
        for year in (2022, 2023):
            if (area, year) == ("BẢO THẮNG", 2022):
                continue
            text = report(year, f"Toàn huyện còn {1320 + 10 * at - year % 100} hộ nghèo, giảm 210 hộ.", f"HUYỆN {area}")
            put(database, f"{at}-{year}.json", extract_text(text).to_json().encode())
    database.execute(
        "INSERT INTO ledger_files (path, source, state, json, json_sha256) "
        "SELECT json, source, 'done', json, json_sha256 FROM documents"
    )
    database.close()
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two helpers for a part of each area, though little is compared."""
    monkeypatch.setattr(parts, "LARGE", 2)
    monkeypatch.setattr(parts, "_AT_ONCE", 2)
    monkeypatch.setattr(parts, "cores", lambda: 2)


def sides(store: Store) -> tuple[Selection, Selection]:
    first, second = (Selection(store, docs_of(store, year), str(year)) for year in (2022, 2023))
    return first, second


@pytest.mark.usefixtures("two")
def test_what_a_killed_process_leaves_is_told(store: Store) -> None:
    alone, together = Summary(), Summary()
    rows = list(diff(*sides(store), summary=alone))
    texts = list(parts.told(*sides(store), in_json_once_killed, least=0.5, places=Map(), summary=together))
    assert b"".join(texts) == in_json(rows)
    assert together == alone
    assert len(texts) == 6  # the last has the area of one year too
    assert len({row.place for row in rows if row.status == "changed"}) == 6
    assert alone.alone
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("two")
def test_helpers_end_with_the_one_who_reads(store: Store) -> None:
    texts = parts.told(*sides(store), in_json, least=0.5, places=Map(), summary=Summary())
    assert next(texts)
    assert len(multiprocessing.active_children()) >= 2
    texts.close()
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("two")
def test_what_helpers_cannot_read_is_named(store: Store) -> None:
    store.database.execute("DROP TABLE sections")
    with pytest.raises(StoreUnavailable, match="sections"):
        list(parts.told(*sides(store), in_json, least=0.5, places=Map(), summary=Summary()))
    assert multiprocessing.active_children() == []


def test_the_command_prints_the_same(
    store: Store, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    command = ["diff", f"{store.out}@2022", f"{store.out}@2023", "--format", "json", "--status", "changed"]
    assert cli.main(command) == 0
    alone = capsys.readouterr().out
    request.getfixturevalue("two")
    assert cli.main(command) == 0
    assert capsys.readouterr().out == alone
    assert [row["status"] for row in orjson.loads(alone)["rows"]] == ["changed"] * 6

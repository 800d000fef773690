"""What takes long: child processes, comparisons looked at while they are made, what is made once a document."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from analysis_made import BODIES, archive, put
from compare_made import report
from web_site import client
from work_made import crash, fail

from extractor.compare import kept, series
from extractor.compare.claims import docs_of
from extractor.compare.panel import judged
from extractor.corrections import making
from extractor.corrections.folder import load, save
from extractor.search import index
from extractor.store.documents import Documents
from extractor.store.store import Store, open_store
from extractor.web import comparisons, preparing
from extractor.web.work import Job, Work


def wait(for_: Callable[[], object]) -> None:
    """Until it is so; a minute at most."""
    for _ in range(600):
        if for_():
            return
        time.sleep(0.1)
    raise AssertionError("not within a minute")


@pytest.mark.parametrize(("target", "said"), [(fail, "UsageError: nothing there"), (crash, "code 9")])
def test_work_that_fails_says_why(target: Callable[[], None], said: str) -> None:
    work = Work()
    job = work.start("a", target)
    assert isinstance(job, Job)
    wait(lambda: not job.running)
    assert said in (job.failed or "")


def test_only_so_much_of_a_kind_runs_at_once() -> None:
    work = Work()
    first = work.start("compare:1", time.sleep, 60, most=1)
    assert first is not None
    assert work.start("compare:1", time.sleep, 60, most=1) is first
    assert work.start("compare:2", time.sleep, 60, most=1) is None
    other = work.start("index", time.sleep, 60, most=1)
    assert other is not None
    for job in (first, other):
        job.process.terminate()


def test_pages_are_prepared_beside_them_and_say_how_far_that_is(tmp_path: Path) -> None:
    archive(tmp_path)
    pages = client(tmp_path)
    first = pages.get("/search", params={"q": "hộ nghèo"}).text
    assert "Đang lập chỉ mục để tìm kiếm: 0 / 3 văn bản" in first
    headers = {"hx-request": "true", "hx-current-url": "http://127.0.0.1:8765/search?q=h%E1%BB%99"}
    wait(lambda: "Đã chuẩn bị xong" in pages.get("/preparing/index", headers=headers).text)
    assert 'href="/search?q=h%E1%BB%99"' in pages.get("/preparing/index", headers=headers).text
    assert "<mark>nghèo</mark>" in pages.get("/search", params={"q": "hộ nghèo"}).text
    assert pages.get("/preparing/nothing").status_code == 404


def test_what_cannot_be_taken_in_is_said_and_not_tried_for_ever(tmp_path: Path) -> None:
    archive(tmp_path)
    gone = next((tmp_path / "reports" / "2023").glob("*.json"))
    gone.unlink()
    pages = client(tmp_path)
    wait(lambda: "1 văn bản chưa đưa vào được" in pages.get("/search").text)
    job = pages.app.state.work.job("index")  # type: ignore[attr-defined]
    assert "1 văn bản chưa đưa vào được" in pages.get("/search").text
    assert pages.app.state.work.job("index") is job  # type: ignore[attr-defined]


def test_a_large_comparison_is_made_beside_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparisons, "AT_ONCE", 0)
    archive(tmp_path)
    pages = client(tmp_path)
    asked = {"a": "2022", "b": "2023"}
    first = pages.get("/compare", params=asked).text
    assert 'hx-get="/compare/progress?' in first
    wait(lambda: "Đã so sánh xong" in pages.get("/compare/progress", params=asked).text)
    done = pages.get("/compare/progress", params=asked).text
    assert 'hx-select="#results"' in done
    assert "6,10" in pages.get("/compare", params=asked).text
    assert len(list((tmp_path / "cache" / "compare").iterdir())) == 1


@pytest.mark.parametrize("torn", [b"", b"SQLite format 3\x00 and then nothing", b"no database" * 500])
def test_a_comparison_that_a_killed_server_left_behind_is_made_anew(tmp_path: Path, torn: bytes) -> None:
    archive(tmp_path)
    pages = client(tmp_path)
    pages.get("/compare", params={"a": "2022", "b": "2023"})
    (path,) = (tmp_path / "cache" / "compare").iterdir()
    if torn:
        path.write_bytes(torn)
    else:  # in the middle of its work
        with sqlite3.connect(path) as database:
            database.execute("DELETE FROM about WHERE name = 'done'")
            database.execute("DELETE FROM rows")
    again = pages.get("/compare", params={"a": "2022", "b": "2023"}).text
    assert "6,10" in again
    state = kept.progress(path)
    assert state is not None
    assert state.done


def test_two_who_ask_for_the_same_get_the_same(tmp_path: Path) -> None:
    archive(tmp_path)
    pages = client(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: pages.get("/compare", params={"a": "2022", "b": "2023"}), range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.text for answer in answers}) == 1
    assert len(list((tmp_path / "cache" / "compare").iterdir())) == 1


def test_a_report_that_is_read_anew_is_compared_anew(tmp_path: Path) -> None:
    archive(tmp_path)
    pages = client(tmp_path)
    assert "5,02" in pages.get("/compare", params={"a": "2022", "b": "2023"}).text
    put(tmp_path, "2023/van-ban.txt", report(2023, BODIES[2023].replace("5,02%", "4,98%")))
    page = pages.get("/compare", params={"a": "2022", "b": "2023"}).text
    assert "4,98" in page
    assert "5,02" not in page


def test_what_a_person_corrects_is_seen_on_every_page(tmp_path: Path) -> None:
    archive(tmp_path)
    pages = client(tmp_path)
    asked = {"a": "2022", "b": "2023"}
    for make in (preparing.make_index, preparing.make_series):
        make(tmp_path)
    assert "5,02" in pages.get("/compare", params=asked).text
    assert "5,02" in pages.get("/indicators/poverty_rate").text
    name = "2023/van-ban.txt.json"
    now = load(tmp_path, name).corrected
    (figure,) = [f for f in now.report.figures if f.text.startswith("5,02")]
    save(tmp_path, name, [making.change(now, "figure", figure.id, {"value": Decimal("4.5")}, "Lan")])
    with Documents(tmp_path) as documents:
        documents.sync()
    for make in (preparing.make_index, preparing.make_series):
        make(tmp_path)
    (row,) = re.findall(r'<tr>(?:(?!<tr>).)*6,10(?:(?!<tr>).)*</tr>', pages.get("/compare", params=asked).text, re.S)
    assert "-1,6" in row
    assert "4,5" in pages.get("/indicators/poverty_rate").text
    assert "1 kết quả" in " ".join(pages.get("/search", params={"q": "4.5", "kind": "figures"}).text.split())
    with open_store(tmp_path) as store:
        assert series.wanting(store) == index.wanting(store.database) == 0


@pytest.mark.parametrize(("limit", "least", "left"), [("_KEPT", 2, 2), ("_BYTES", 1000, 1)])
def test_old_comparisons_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, least: int, left: int
) -> None:
    monkeypatch.setattr(comparisons, limit, least)
    archive(tmp_path)
    pages = client(tmp_path)
    for sure in ("0.5", "0.6", "0.7"):
        pages.get("/compare", params={"a": "2022", "b": "2023", "sure": sure})
    assert len(list((tmp_path / "cache" / "compare").iterdir())) == left


def test_why_a_comparison_failed_is_kept_and_shown(tmp_path: Path) -> None:
    archive(tmp_path)
    with open_store(tmp_path) as store:
        docs = docs_of(store)
        store.database.execute("DROP TABLE citations")
        store.database.execute("DROP TABLE places")
        with pytest.raises(Exception, match="places"):
            kept.make(store, docs[:1], docs[1:2], 0.5, "as-told", tmp_path / "c.sqlite")
    state = kept.progress(tmp_path / "c.sqlite")
    assert state is not None
    assert "places" in (state.failed or "")
    assert not state.done


def test_series_are_made_once_and_anew_for_what_is_read_anew(tmp_path: Path) -> None:
    archive(tmp_path)
    with open_store(tmp_path) as store:
        assert series.wanting(store) == 3
        series.make_series(store)
        assert series.wanting(store) == 0
        assert told(store) == [1530.0, 1320.0, 1330.0, 1105.0]
    put(tmp_path, "2023/van-ban.txt", report(2023, "Toàn huyện còn 1.100 hộ nghèo."))
    with open_store(tmp_path) as store:
        assert series.wanting(store) == 1
        series.make_series(store)
        assert told(store) == [1530.0, 1320.0, 1100.0]


def told(store: Store) -> list[float]:
    """The district's poor households by year and report."""
    found = series.told(store, "poor_households", "count", ["district van ban"], bare=True)
    return [one.told.value for one in judged(store, found)]


def test_what_is_kept_is_what_the_panel_says(tmp_path: Path) -> None:
    from extractor.compare.panel import cells, panel

    archive(tmp_path)
    with open_store(tmp_path) as store:
        series.make_series(store)
        keys = [key for (key,) in store.rows("SELECT DISTINCT place_key FROM series")]
        for indicator in ("poor_households", "poverty_rate"):
            rows = store.rows("SELECT DISTINCT variant FROM series WHERE indicator_id = ?", (indicator,))
            made = [one for (v,) in rows.fetchall() for one in series.told(store, indicator, v, keys, bare=False)]
            assert cells(store, made) == panel(store, indicator)


def test_preparing_twice_changes_nothing(tmp_path: Path) -> None:
    archive(tmp_path)
    for _ in range(2):
        preparing.make_series(tmp_path)
        preparing.make_index(tmp_path)
    with open_store(tmp_path) as store:
        rows = store.rows("SELECT count(*), count(DISTINCT document) FROM series").fetchone()
        assert rows[1] == 3
    page = client(tmp_path).get("/search", params={"q": "lợn"}).text
    assert len(re.findall('<li class="card">', page)) == 3

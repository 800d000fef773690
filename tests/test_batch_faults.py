"""Faults injected into workers, pages, files and disks: what each costs, and what stands in the ledger afterwards."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from faulty_reader import batch

from extractor.batch.run import run
from extractor.batch.summary import Summary
from extractor.model import Report
from extractor.pages import SourcePage
from extractor.reading import pdf
from extractor.serial import from_json
from extractor.store.database import NAME
from extractor.store.ledger import FileRow, Ledger, PageRow

NOBODY = 65534
CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def one(folder: Path, *pages: str, name: str = "a.txt") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n".join(pages) + "\n", encoding="utf8")
    return folder


def report(out: Path, name: str = "a.txt") -> Report:
    return from_json((out / f"reports/{name}.json").read_bytes())


def ledger(out: Path, path: Path) -> tuple[FileRow, list[PageRow]]:
    with Ledger(out) as opened:
        row = opened.file(path)
        assert row is not None
        return row, opened.pages(path)


def times_read(path: Path) -> dict[int, int]:
    numbers = [int(line) for line in Path(f"{path}.log").read_text().split()]
    return {number: numbers.count(number) for number in sorted(set(numbers))}


@pytest.mark.parametrize(
    ("fault", "error", "reason"),
    [
        ("segfault", "ReaderCrashed", "the reader crashed (SIGSEGV)"),
        ("exit", "ReaderCrashed", "the reader crashed (exit code 3)"),
        ("killed", "ReaderCrashed", "the reader crashed (SIGKILL)"),
        ("hang", "TimedOut", "it took longer than 1.5 seconds"),
        ("memory", "MemoryError", "reading it failed (MemoryError)"),
        ("defect", "ZeroDivisionError", "reading it failed (ZeroDivisionError)"),
    ],
)
def test_a_fault_costs_one_page(tmp_path: Path, fault: str, error: str, reason: str) -> None:
    inside, out = one(tmp_path / "in", "first", f"{fault} second", "third"), tmp_path / "out"
    one(inside, "other", name="b.txt")
    summary = batch(inside, out, page=1.5)
    assert (summary.exit_code, summary.status) == (0, {"read": 2})
    assert report(out).text == "first\n\nthird\n"
    assert report(out).warnings == (f"page 2: not read: {reason}",)
    assert [page.confidence for page in report(out).pages] == [1.0, 0.0, 1.0]
    row, pages = ledger(out, inside / "a.txt")
    assert row.state == "done"
    assert [(page.state, page.tries, page.error) for page in pages] == [
        ("read", 1, None),
        ("unreadable", 2, error),
        ("read", 1, None),
    ]
    assert times_read(inside / "a.txt") == {1: 1, 2: 2, 3: 1}  # what was read before the crash is not read again


@pytest.mark.parametrize("fault", ["segfault", "hang", "memory"])
def test_a_fault_that_does_not_come_again_costs_nothing(tmp_path: Path, fault: str) -> None:
    inside, out = one(tmp_path / "in", "first", f"once {fault}", "third"), tmp_path / "out"
    batch(inside, out, page=1.5)
    assert report(out).text == f"first\nonce {fault}\nthird\n"
    assert report(out).warnings == ()
    assert [(page.state, page.tries) for page in ledger(out, inside / "a.txt")[1]] == [
        ("read", 1),
        ("read", 2),
        ("read", 1),
    ]


def test_a_traceback_of_a_lost_page_is_in_the_log(tmp_path: Path) -> None:
    inside, out = one(tmp_path / "in", "first", "defect"), tmp_path / "out"
    batch(inside, out)
    assert "nobody expected this" in (out / "errors.log").read_text()


def test_several_pages_may_be_lost(tmp_path: Path) -> None:
    inside, out = one(tmp_path / "in", "segfault", "good", "exit", "hang"), tmp_path / "out"
    batch(inside, out, page=1.5)
    assert report(out).text == "\ngood\n\n\n"
    assert [warning[:7] for warning in report(out).warnings] == ["page 1:", "page 3:", "page 4:"]


@pytest.mark.parametrize(
    ("fault", "error", "says"),
    [
        ("segfault", "ReaderCrashed", "page 1: the reader crashed (SIGSEGV)"),
        ("hang", "TimedOut", "page 1: it took longer than 1.5 seconds"),
        ("defect", "ReaderCrashed", "page 1: reading it failed (ZeroDivisionError)"),
    ],
)
def test_a_file_without_a_good_page_fails_by_name(tmp_path: Path, fault: str, error: str, says: str) -> None:
    summary = batch(one(tmp_path / "in", fault, fault), tmp_path / "out", page=1.5)
    assert summary.exit_code == 3
    assert [(o.error, says in o.message) for o in summary.failures] == [(error, True)]


@pytest.mark.parametrize(
    ("fault", "error", "says"),
    [
        ("segfault", "ReaderCrashed", "SIGSEGV"),
        ("hang", "TimedOut", "not done in 3 seconds"),
        ("memory", "InternalError", "MemoryError"),
        ("defect", "InternalError", "nobody expected this"),
    ],
)
def test_a_fault_outside_of_pages_costs_the_file(tmp_path: Path, fault: str, error: str, says: str) -> None:
    inside, out = one(tmp_path / "in", "first", f"later {fault}"), tmp_path / "out"
    one(inside, "other", name="b.txt")
    summary = batch(inside, out, file=3)
    assert summary.exit_code == 2
    assert [(o.error, says in o.message) for o in summary.failures] == [(error, True)]
    row, _ = ledger(out, inside / "a.txt")
    assert (row.state, row.error) == ("failed", error)
    assert report(out, "b.txt").text == "other\n"


def test_a_file_that_hangs_on_every_page_ends_at_its_own_limit(tmp_path: Path) -> None:
    inside, out = one(tmp_path / "in", *["hang"] * 50), tmp_path / "out"
    assert [o.error for o in batch(inside, out, page=0.5, file=2).failures] == ["TimedOut"]


def test_workers_are_replaced_after_so_many_files(tmp_path: Path) -> None:
    inside, out = tmp_path / "in", tmp_path / "out"
    for n in range(7):
        one(inside, f"page of {n}", name=f"{n}.txt")
    assert batch(inside, out, workers=2, files=2).status == {"read": 7}


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    inside, out = one(tmp_path / "in", "first", "once append"), tmp_path / "out"
    assert [o.error for o in batch(inside, out).failures] == ["FileChanged"]
    assert batch(inside, out).status == {"read": 1}
    assert report(out).text == "first\nonce append\nmore\n"


def test_a_file_that_vanishes_while_it_is_read(tmp_path: Path) -> None:
    inside, out = one(tmp_path / "in", "first", "later vanish"), tmp_path / "out"
    assert [(o.error, "vanished" in o.message) for o in batch(inside, out).failures] == [("NotFound", True)]


def test_a_file_that_vanishes_before_its_turn(tmp_path: Path) -> None:
    inside, out = one(tmp_path / "in", "first"), tmp_path / "out"
    (inside / "b.txt").write_text("second")
    (inside / "a.txt").write_text("later vanish")
    (inside / "a.txt").rename(inside / "c.txt")
    os.link(inside / "c.txt", inside / "a.txt")
    batch(inside, out)
    assert not (inside / "a.txt").exists()
    assert ledger(out, inside / "a.txt")[0].error == "NotFound"


@pytest.fixture
def anybody() -> Iterator[Path]:
    """A folder of a user who is not root, and the test as that user: root may read everything."""
    user = os.geteuid()
    with tempfile.TemporaryDirectory() as name:
        if user == 0:
            os.chown(name, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            os.seteuid(user)


def test_a_folder_and_a_file_that_may_not_be_read(anybody: Path) -> None:
    inside, out = one(anybody / "in", "first"), anybody / "out"
    closed, locked = one(inside / "closed", "second"), inside / "locked.txt"
    locked.write_text("third")
    closed.chmod(0)
    locked.chmod(0)
    try:
        summary = batch(inside, out)
    finally:
        closed.chmod(0o700)
    assert summary.exit_code == 2
    assert [o.error for o in summary.failures] == ["NoPermission", "NoPermission"]
    assert [ledger(out, path)[0].error for path in (closed, locked)] == ["NoPermission", "NoPermission"]
    assert report(out).text == "first\n"


def test_files_that_may_not_grow_fail_by_name(tmp_path: Path) -> None:
    """What a quota of the process does to the JSONs; the ledger has its own room."""
    inside, out = one(tmp_path / "in", "x" * 2_000_000), tmp_path / "out"
    one(inside, "small", name="b.txt")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    try:
        summary = batch(inside, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [o.error for o in summary.failures] == ["CannotWrite"]
    assert report(out, "b.txt").text == "small\n"


def test_a_store_that_is_no_database(tmp_path: Path) -> None:
    inside, out = one(tmp_path / "in", "first"), tmp_path / "out"
    out.mkdir()
    (out / NAME).write_bytes(b"this is no database at all" * 100)
    from extractor.store.database import StoreDamaged

    with pytest.raises(StoreDamaged, match=r"remove OUT/extractor\.sqlite"):
        batch(inside, out)
    (out / NAME).unlink()
    assert batch(inside, out).status == {"read": 1}


def pdf_page_that(monkeypatch: pytest.MonkeyPatch, number: int, act: Callable[[], None]) -> None:
    """Make the reader of real PDFs misbehave on a page; forked workers inherit it."""
    real = pdf._page

    def page(document: Any, at: int, *others: Any) -> SourcePage:
        if at == number:
            act()
        return real(document, at, *others)

    monkeypatch.setattr(pdf, "_page", page)


def real_run(out: Path, name: str = "yen-bai-giam-ngheo-2022.pdf") -> Summary:
    return run([CORPUS / name], out, workers=1)


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked")
def test_a_real_pdf_keeps_its_other_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "yen-bai-giam-ngheo-2022.pdf"
    real_run(tmp_path / "whole")
    pdf_page_that(monkeypatch, 2, lambda: os._exit(9))
    summary = real_run(tmp_path / "out")
    assert summary.exit_code == 0
    whole, made = report(tmp_path / "whole", name), report(tmp_path / "out", name)
    assert made.document.page_count == whole.document.page_count >= 2
    assert made.warnings == ("page 2: not read: the reader crashed (exit code 9)", *whole.warnings)
    assert [p.confidence for p in made.pages if p.number == 2] == [0.0]
    assert any(f.page == 1 for f in made.figures)
    assert not any(f.page == 2 for f in made.figures)
    monkeypatch.undo()
    assert real_run(tmp_path / "out").status == {"unchanged": 1}  # to try again, remove its JSON
    (tmp_path / f"out/reports/{name}.json").unlink()
    real_run(tmp_path / "out")
    assert (tmp_path / f"out/reports/{name}.json").read_bytes() == (
        tmp_path / f"whole/reports/{name}.json"
    ).read_bytes()

"""A run that is interrupted or killed: what it keeps, what the next one reads again, and that both end alike."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from faulty_reader import batch

from extractor import open_store
from extractor.serial import from_json
from extractor.store.ledger import Ledger

HERE = Path(__file__).resolve().parent
PATIENCE = 60.0  # seconds after which a run that should have ended is taken to hang


def shelf(folder: Path, files: int, pages: int, seconds: float) -> Path:
    folder.mkdir()
    for n in range(files):
        lines = [f"sleep {seconds} page {m} of {n}" for m in range(pages)]
        (folder / f"n{n:03}.txt").write_text("\n".join(lines), encoding="utf8")
    return folder


def started(inside: Path, out: Path, workers: int = 2) -> subprocess.Popen[bytes]:
    """A run in a process group of its own."""
    command = [sys.executable, str(HERE / "faulty_reader.py"), str(inside), str(out), str(workers)]
    path = os.pathsep.join([str(HERE), str(HERE.parent)])
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path}, start_new_session=True)


def wait_for(what: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while not what() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)


def pages_read(inside: Path) -> Counter[tuple[str, str]]:
    """How often each page of each file was begun."""
    return Counter((log.name, line) for log in inside.glob("*.log") for line in log.read_text().split())


def jsons(out: Path) -> dict[str, bytes]:
    found = (out / "reports").rglob("*.json")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


DONE = "SELECT json, json_sha256 FROM ledger_files WHERE state = 'done' ORDER BY json"


def stored(out: Path) -> list[tuple[str, str]]:
    """The documents in the store, with the hash of the JSON that each was made from, which is checked."""
    with open_store(out) as store:
        rows = store.rows("SELECT json, json_sha256 FROM documents ORDER BY json").fetchall()
    for name, digest in rows:
        assert hashlib.sha256((out / "reports" / name).read_bytes()).hexdigest() == digest
    return rows


def reference(inside: Path, folder: Path) -> dict[str, bytes]:
    """What a run that nothing disturbs makes; its traces on the inputs are removed."""
    batch(inside, folder, workers=2)
    for log in inside.glob("*.log"):
        log.unlink()
    return jsons(folder)


def test_kills_at_random_moments_lose_the_pages_in_flight_only(tmp_path: Path) -> None:
    inside, out, kills = shelf(tmp_path / "in", 40, 6, 0.01), tmp_path / "out", 8
    expected = reference(inside, tmp_path / "reference")
    chance = random.Random(2)
    for _ in range(kills):
        process = started(inside, out)
        before = pages_read(inside).total()
        wait_for(lambda before=before: pages_read(inside).total() > before, process)  # type: ignore[misc]
        time.sleep(chance.random() * 0.15)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for made in out.glob("reports/*.json"):
            from_json(made.read_bytes())
        with open_store(out) as store:  # brings up to date what a kill left between JSON, ledger and store
            assert stored(out) == [(d, s) for d, s in store.rows(DONE)]
            assert store.missing == []
    assert 6 <= len(jsons(out)) < 40, "the kills came too early or too late to prove anything"
    summary = batch(inside, out, workers=2)
    assert summary.exit_code == 0
    assert jsons(out) == expected
    read = pages_read(inside)
    assert len(read) == 40 * 6
    assert read.total() - len(read) <= kills * 2  # two workers, each in one page
    assert not list(out.glob(".*.part"))
    assert not (out / ".pages").exists()
    with Ledger(out) as ledger:
        assert {row.state for row in ledger.files()} == {"done"}


def test_ctrl_c_finishes_the_pages_in_flight_and_the_next_run_reads_none_again(tmp_path: Path) -> None:
    inside, out = shelf(tmp_path / "in", 3, 30, 0.03), tmp_path / "out"
    expected = reference(inside, tmp_path / "reference")
    process = started(inside, out)
    wait_for(lambda: pages_read(inside).total() > 12, process)
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 130
    assert pages_read(inside).total() < 60
    with Ledger(out) as ledger:
        assert "waiting" in {row.state for row in ledger.files()}
        assert "reading" not in {row.state for row in ledger.files()}
    assert batch(inside, out, workers=2).exit_code == 0
    assert jsons(out) == expected
    assert set(pages_read(inside).values()) == {1}


def test_ctrl_c_twice_stops_at_once(tmp_path: Path) -> None:
    inside, out = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    (inside / "a.txt").write_text("first\nonce hang\nthird\n")
    process = started(inside, out)
    wait_for(lambda: pages_read(inside).total() == 2, process)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert process.poll() is None  # it waits for the page
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 130
    assert batch(inside, out).exit_code == 0
    assert pages_read(inside) == {("a.txt.log", "1"): 1, ("a.txt.log", "2"): 2, ("a.txt.log", "3"): 1}


def test_workers_end_with_a_killed_supervisor(tmp_path: Path) -> None:
    inside, out = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    (inside / "a.txt").write_text("hang\n")
    process = started(inside, out, workers=1)
    wait_for(lambda: pages_read(inside).total() == 1, process)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) == 1
    process.kill()
    process.wait()
    until = time.monotonic() + PATIENCE
    while Path(f"/proc/{children[0]}").exists() and time.monotonic() < until:
        if "zombie" in Path(f"/proc/{children[0]}/status").read_text():
            break  # no one waits for it where the test's init does not
        time.sleep(0.01)
    else:
        assert not Path(f"/proc/{children[0]}").exists()


def test_a_torn_page_that_was_kept_is_read_again(tmp_path: Path) -> None:
    inside, out = shelf(tmp_path / "in", 1, 20, 0.03), tmp_path / "out"
    expected = reference(inside, tmp_path / "reference")
    process = started(inside, out, workers=1)
    wait_for(lambda: pages_read(inside).total() > 8, process)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    (kept,) = (out / ".pages").iterdir()
    os.truncate(kept, kept.stat().st_size - 3)
    batch(inside, out)
    assert jsons(out) == expected
    assert sorted(pages_read(inside).values())[-2:] == [2, 2]  # the torn one and the one in flight


@pytest.mark.long
def test_fifty_kills_over_the_real_reports(tmp_path: Path) -> None:
    """The command itself on the corpus, five times over (each copy another text), killed fifty times."""
    inside = tmp_path / "in"
    for copy in range(5):
        for path in sorted(p for p in (HERE.parent / "corpus").iterdir() if p.is_file()):  # scans take minutes
            target = inside / str(copy) / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            if path.suffix in {".txt", ".pdf"}:
                with target.open("ab") as file:  # other bytes, so that it is read
                    file.write(b"\n" * (copy + 1))

    def command(out: Path) -> subprocess.Popen[bytes]:
        code = "import sys; from extractor.cli import main; sys.exit(main())"
        arguments = ["run", str(inside), "--out", str(out), "--quiet"]
        return subprocess.Popen([sys.executable, "-c", code, *arguments], start_new_session=True)

    assert command(tmp_path / "reference").wait() == 0
    expected, out = jsons(tmp_path / "reference"), tmp_path / "out"
    chance, kills = random.Random(4), 0
    while kills < 50:
        process = command(out)
        before = len(jsons(out)) if out.exists() else 0
        if before < len(expected) - 8:
            wait_for(lambda before=before: len(jsons(out)) > before, process)  # type: ignore[misc]
        time.sleep(chance.random() * 0.3)
        kills += process.poll() is None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    unfinished = len(expected) - len(jsons(out))
    assert command(out).wait() == 0
    print(f"{kills} kills, {unfinished} of {len(expected)} JSONs were left for the last run")
    assert jsons(out) == expected

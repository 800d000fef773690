"""What a run shows while it goes."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.batch.progress import line
from extractor.batch.summary import State

HERE = Path(__file__).resolve().parent
SHOWN = """
import sys
from pathlib import Path
from faulty_reader import read
from extractor.batch.progress import Progress
from extractor.batch.run import run
progress = Progress(quiet=len(sys.argv) > 3)
run([Path(sys.argv[1])], Path(sys.argv[2]), read=read, workers=1, observer=progress)
progress.close()
"""


@pytest.mark.parametrize(
    ("state", "seconds", "shown"),
    [
        (State(0, 10, 0, 0, 0, 1000), 0.0, "[....................] 0/10 files"),
        (State(5, 10, 30, 1, 5, 5), 10.0, "[##########..........] 5/10 files · 30 pages, 3.0/s · 0:10 left · 1 failed"),
        (State(5, 10, 0, 0, 0, 500), 10.0, "[##########..........] 5/10 files"),
        (State(1, 9999, 7, 0, 1, 7322), 1.0, "[....................] 1/9,999 files · 7 pages, 7.0/s · 2:02:02 left"),
        (State(10, 10, 20, 0, 10, 0), 1.0, "[####################] 10/10 files · 20 pages, 20.0/s"),
        (State(0, 0, 0, 0, 0, 0), 0.0, "[####################] 0/0 files"),
    ],
)
def test_the_line(state: State, seconds: float, shown: str) -> None:
    assert line(state, seconds) == shown


def on_a_terminal(*arguments: str) -> str:
    """What the program prints where its stderr is a terminal."""
    ours, theirs = pty.openpty()
    path = os.pathsep.join([str(HERE), str(HERE.parent)])
    environment = os.environ | {"PYTHONPATH": path, "COLUMNS": "120"}
    process = subprocess.Popen([sys.executable, "-c", SHOWN, *arguments], stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            more = os.read(ours, 4096)
        except OSError:  # how Linux tells that the other side is closed
            break
        if not more:
            break
        shown += more
    os.close(ours)
    assert process.wait() == 0
    return shown.decode("utf8")


def test_a_terminal_sees_how_far_the_run_is_and_failures_at_once(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    for n in range(6):
        (inside / f"{n}.txt").write_text(f"sleep 0.2 page of {n}\nsleep 0.2 second of {n}\n")
    (inside / "x.txt").write_text("damaged\n")
    shown = on_a_terminal(str(inside), str(tmp_path / "out"))
    assert re.search(r"\[#+\.+\] [1-6]/7 files · \d+ pages, \d+\.\d/s · \d:\d\d left", shown)
    assert f"extractor: DamagedFile: {inside}/x.txt" in shown
    assert shown.endswith("\x1b[K")  # the line is gone at the end
    assert on_a_terminal(str(inside), str(tmp_path / "again"), "quiet").count("\n") == 1

"""A reader for tests of the batch: of a text file each line is a page, and a page does what its first word says.

As a program (`python faulty_reader.py IN OUT [WORKERS]`) it is a whole run, to be killed from outside.
"""

from __future__ import annotations

import ctypes
import faulthandler
import hashlib
import os
import signal
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from samples import sample

from extractor.batch.run import run
from extractor.batch.settings import Settings
from extractor.batch.summary import Summary
from extractor.errors import DamagedFile
from extractor.model import Page, Report
from extractor.pages import SourcePage
from extractor.reading.watching import Watch


def read(path: Path, source: str, watch: Watch) -> Report:
    """The report of the file's lines. A line that begins with "later" acts once all pages are read."""
    lines = path.read_text(encoding="utf8").splitlines()
    read = [watch(n, partial(_page, path, n, line)) for n, line in enumerate(lines, 1)]
    for line in lines:
        if line.startswith("later "):
            _act(path, line.removeprefix("later ").split())
    text, pages = "", []
    for page in read:
        start, text = len(text), text + "".join(page.words) + "\n"
        pages.append(Page(page.number, start, len(text), confidence=page.confidence))
    document = replace(sample().document, source=source, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    return Report(document, text, tuple(pages), warnings=tuple(w for page in read for w in page.warnings))


def _page(path: Path, number: int, line: str) -> SourcePage:
    with Path(f"{path}.log").open("a") as log:
        log.write(f"{number}\n")
    _act(path, line.split())
    return SourcePage(number, None, None, words=(line,))


def _act(path: Path, words: list[str]) -> None:
    what = words[0] if words else ""
    if what == "once":  # only the first time
        mark = Path(f"{path}.once")
        if not mark.exists():
            mark.touch()
            _act(path, words[1:])
    elif what == "segfault":
        faulthandler.disable()  # pytest's, which would print a page
        ctypes.string_at(0)
    elif what == "exit":
        os._exit(3)
    elif what == "killed":  # as the kernel does where memory runs out
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "hang":
        time.sleep(10_000)
    elif what == "memory":
        raise MemoryError
    elif what == "defect":
        raise ZeroDivisionError("nobody expected this")
    elif what == "damaged":
        raise DamagedFile("it ends in the middle", path=path)
    elif what == "sleep":
        time.sleep(float(words[1]))
    elif what == "append":
        path.write_text(path.read_text() + "more\n")
    elif what == "vanish":
        path.unlink()


def batch(
    inside: Path, out: Path, workers: int = 1, page: float = 60.0, file: float = 60.0, files: int = 500
) -> Summary:
    """A run with this reader."""
    settings = Settings(page_seconds=page, file_seconds=file, worker_files=files)
    return run([inside], out, read=read, workers=workers, settings=settings)


if __name__ == "__main__":
    sys.exit(batch(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else 1).exit_code)

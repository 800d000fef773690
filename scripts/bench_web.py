"""How soon the pages are there with a store of many figures, in a browser.

    python scripts/bench_web.py [--documents 10000] [--figures 100] [--keep FOLDER]

The documents are those of scripts/bench_compare.py, each with its JSON and a PDF of the corpus as its file. Each page
is opened in a new context of headless Chromium (nothing cached there); what is told is the time until it is loaded with
its pictures, by the browser's own clock: the median and the worst of some openings. Of documents, each opening is of
another one whose picture was never drawn before ("new"), then again of these ("again"). The
page of failures, which shows none, tells what the browser and the machine take for themselves.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench_compare import jsons

from extractor.model import Report
from extractor.serial import to_bytes
from extractor.store.database import NAME, open_database
from extractor.store.documents import put

PDF = Path(__file__).resolve().parent.parent / "corpus" / "thang-binh-ktxh-2022.pdf"
SERVE = "import sys; from extractor.cli import main; main(['serve', sys.argv[1], '--port', sys.argv[2]])"
OPENINGS = 5
OWN = 1000
LEDGER = (
    "INSERT INTO ledger_files (path, source, sha256, state, json, json_sha256, tool) VALUES (?, ?, ?, 'done', ?, ?, '')"
)


def make(out: Path, documents: int, figures: int) -> None:
    """A folder as a run would have left it. Every `OWN`th document has a file of its own, the others share one."""
    shared = out / "sources" / "shared.pdf"
    shared.parent.mkdir(parents=True)
    shutil.copy(PDF, shared)
    database = open_database(out / NAME)
    for at, (name, data) in enumerate(jsons(documents, figures)):
        source = out / "sources" / f"{at}.pdf"
        if at % OWN:
            os.link(shared, source)
        else:
            source.write_bytes(PDF.read_bytes() + b"%%%d" % at)
        sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
        data = to_bytes(with_pages(Report.from_json(data), sha256))
        path = out / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        put(database, name, data)
        values = (str(source), name, sha256, name, hashlib.sha256(data).hexdigest())
        database.execute(LEDGER, values)
    database.close()


def with_pages(report: Report, sha256: str) -> Report:
    """The report as if it were of the PDF: boxes for its figures, a page of geometry."""
    from dataclasses import replace

    boxes = [((90.0 + 70 * (at % 6), 60.0 + 14 * (at // 6), 140.0 + 70 * (at % 6), 72.0 + 14 * (at // 6)),)
             for at in range(len(report.figures))]  # fmt: skip
    return replace(
        report,
        document=replace(report.document, sha256=sha256, type="Báo cáo", title=f"Kết quả năm {report.document.period}"),
        pages=tuple(replace(page, width=595.3, height=841.9) for page in report.pages),
        figures=tuple(replace(f, boxes=box) for f, box in zip(report.figures, boxes, strict=True)),
    )


def served(out: Path) -> tuple[subprocess.Popen[bytes], str]:
    """The pages of `out`, and their address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(out), str(port)])
    for _ in range(600):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return process, f"http://127.0.0.1:{port}"
        time.sleep(0.1)
    raise SystemExit("the pages were never served")


def measure(address: str, pages: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Print how long the paths of each page take."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for what, paths in pages:
            times, firsts, size = [], [], 0
            for path in paths:
                context = browser.new_context(viewport={"width": 1366, "height": 768})
                page = context.new_page()
                page.goto(address + path, wait_until="load")
                took = "performance.getEntriesByType('navigation')[0].loadEventEnd"
                page.wait_for_function(f"() => {took} > 0")
                times.append(float(page.evaluate(took)))
                firsts.append(float(page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")))
                size = len(page.content().encode())
                context.close()
            middle = statistics.median(times)
            print(f"{what:<24} median {middle:5.0f} ms  worst {max(times):5.0f} ms  "
                  f"first byte {statistics.median(firsts):5.0f} ms  {size / 1024:3.0f} kB of HTML")  # fmt: skip
        browser.close()


def main() -> None:
    """Make the store, serve it, open its pages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--figures", type=int, default=100, help="a document")
    parser.add_argument("--keep", type=Path, help="make the store there, or use the one that is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = options.keep or Path(folder)
        if not (out / NAME).exists():
            began = time.perf_counter()
            make(out, options.documents, options.figures)
            print(f"store made in {time.perf_counter() - began:.0f} s")
        with sqlite3.connect(out / NAME) as database:
            documents, figures = (database.execute(f"SELECT count(*) FROM {t}").fetchone()[0]
                                  for t in ("documents", "figures"))  # fmt: skip
        numbers = [f"/documents/{1 + OWN * at}" for at in range(1, 1 + min(OPENINGS, (documents - 1) // OWN))]
        print(f"{documents:,} documents, {figures:,} figures, {(out / NAME).stat().st_size / 1e6:.0f} MB")
        began = time.perf_counter()
        process, address = served(out)
        print(f"served after {time.perf_counter() - began:.1f} s")
        try:
            lists = ("/", "/?q=ket+qua+2023", "/?year=2023&page=50", "/?sort=grade", "/failures")
            measure(address, [(path, [path] * OPENINGS) for path in lists])
            measure(address, [("a document, new", numbers), ("a document, again", numbers),
                              ("an item of it", [f"{number}?item=f50" for number in numbers])])  # fmt: skip
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()

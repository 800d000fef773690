#!/usr/bin/env python3
"""Speed, peak memory and linearity of the extractor, as a table and as JSON.

    bench.py [--repeats N] [--shared DIR] [--only text|pdf|memory|linear …]

Pinned to one core; rates are medians of CPU time (a shared machine's wall clock tells of its other users), memory
is the peak of a process of its own (VmHWM). Floors are those of the issue that the measures stand in.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LONG = 1000  # pages of the file whose memory is measured
PATIENCE = 120  # seconds for one adversarial text at both lengths

ADVERSARIAL: dict[str, tuple[int, Callable[[int], str]]] = {
    "digits": (10**6, lambda n: "7" * n),
    "nested brackets": (10**5, lambda n: "(" * (n // 2) + "5 hộ" + ")" * (n // 2)),
    "one line": (10**6, lambda n: ("Toàn xã còn 1.204 hộ nghèo, đạt 87,5% kế hoạch; " * (n // 40))[:n]),
    "digits and points": (10**6, lambda n: "1." * (n // 2)),
    "digits and commas": (10**6, lambda n: "1,2 " * (n // 4)),
    "openers of lines": (2 * 10**5, lambda n: "1.\na)\n" * (n // 6)),
    "symbols": (10**6, lambda n: "12/QĐ-" * (n // 6)),
    "cue words": (10**6, lambda n: "xã huyện tỉnh Nghị quyết số " * (n // 28)),
    "unfinished dates": (10**6, lambda n: "ngày 1/" * (n // 7)),
    "spaces": (10**6, lambda n: "1" + " " * n + "hộ"),
}


def main() -> None:
    """Measure what `--only` names (default: all) and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--only", nargs="+", choices=("text", "pdf", "memory", "linear"))
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    parts: dict[str, Callable[[], Iterable[dict[str, Any]]]] = {
        "text": lambda: text_rates(options.repeats, options.shared),
        "pdf": lambda: pdf_rates(options.repeats),
        "memory": memory,
        "linear": linear,
    }
    rows = []
    for name in options.only or parts:
        for one in parts[name]():
            floor = f"  ({one['floor']})" if one["floor"] else ""
            print(f"{one['what']:50}{one['value']:>10,.2f} {one['unit']}{floor}", flush=True)
            rows.append(one)
    print(json.dumps(rows, ensure_ascii=False))


def text_rates(repeats: int, shared: Path) -> list[dict[str, Any]]:
    """MB of UTF-8 a second from text files to JSON, over our texts and the shared ones."""
    from extractor import extract

    first = seconds(lambda: extract(next(iter(sorted((ROOT / "gold").glob("*.txt"))))).to_json())
    rows = [row("first report (loads patterns, gazetteer, models)", first, "s")]
    for name, folder in {"gold/": ROOT / "gold", "shared": shared / "reports/text"}.items():
        paths = sorted(folder.glob("*.txt"))
        if not paths:
            continue
        size = sum(p.stat().st_size for p in paths) / 1e6

        def all_of_them(paths: list[Path] = paths) -> None:
            for path in paths:
                extract(path).to_json()

        rate = size / statistics.median(seconds(all_of_them) for _ in range(repeats))
        rows.append(row(f"text to JSON, {len(paths)} texts of {name}", rate, "MB/s", ">= 1"))
    return rows


def pdf_rates(repeats: int) -> list[dict[str, Any]]:
    """Pages a second from PDF files to JSON, and pdfplumber's words of the same files in the same run."""
    import pdfplumber

    from extractor import extract

    paths = sorted((ROOT / "corpus").glob("*.pdf"))
    pages = sum(extract(p).document.page_count for p in paths)

    def ours() -> None:
        for path in paths:
            extract(path).to_json()

    def theirs() -> None:
        for path in paths:
            with pdfplumber.open(path) as pdf:
                for page in pdf.pages:
                    page.extract_words()
                    page.close()

    our = statistics.median(seconds(ours) for _ in range(repeats))
    their = statistics.median(seconds(theirs) for _ in range(min(3, repeats)))
    return [
        row(f"PDF to JSON, {pages} pages of corpus/", pages / our, "pages/s", ">= 60"),
        row("pdfplumber extract_words, same pages", pages / their, "pages/s"),
        row("ratio to pdfplumber", their / our, "x", ">= 8"),
    ]


def memory() -> list[dict[str, Any]]:
    """Peak memory of a process that does what `run` does, on a file of 1,000 pages made of the corpus."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        child(_MAKE_LONG, str(path), str(LONG), *map(str, sorted((ROOT / "corpus").glob("*.pdf"))))
        peak, took = child(_READ_LONG, str(path)).split()
    return [
        row(f"peak memory, {LONG:,} pages", int(peak) / 1024, "MB", "<= 300"),
        row(f"{LONG:,} pages in one file", LONG / float(took), "pages/s"),
    ]


def linear() -> Iterator[dict[str, Any]]:
    """Seconds for adversarial texts, and how many times longer twice the length takes."""
    for name, (size, _) in ADVERSARIAL.items():
        try:
            half, whole = map(float, child(_ADVERSARIAL, str(Path(__file__)), name, timeout=PATIENCE).split())
        except subprocess.TimeoutExpired:
            yield row(f"{name}, {size:,} characters: gave up after", PATIENCE, "s")
            continue
        yield row(f"{name}, {size:,} characters", whole, "s")
        yield row("    twice the length takes", whole / half, "x", "linear: about 2")


_MAKE_LONG = """
import sys
import pypdfium2
target, count, *sources = sys.argv[1:]
whole = pypdfium2.PdfDocument.new()
opened = [pypdfium2.PdfDocument(s) for s in sources]
while len(whole) < int(count):
    for source in opened:
        whole.import_pages(source, list(range(min(len(source), int(count) - len(whole)))))
whole.save(target)
"""

_READ_LONG = """
import re, sys, time
from extractor import extract
from extractor.serial import to_bytes
began = time.process_time()
to_bytes(extract(sys.argv[1]))
took = time.process_time() - began
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1], took)
"""

_ADVERSARIAL = """
import runpy, sys, time
from extractor import extract_text
size, make = runpy.run_path(sys.argv[1])["ADVERSARIAL"][sys.argv[2]]
extract_text("Toàn xã còn 12 hộ nghèo.").to_json()
for n in (size // 2, size):
    text, best = make(n), float("inf")
    for _ in range(3):
        began = time.process_time()
        extract_text(text).to_json()
        best = min(best, time.process_time() - began)
    print(best)
"""


def child(code: str, *arguments: str, timeout: float | None = None) -> str:
    """What a Python process of its own prints."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=timeout).stdout


def seconds(action: Callable[[], object]) -> float:
    """CPU seconds of `action`."""
    began = time.process_time()
    action()
    return time.process_time() - began


def row(what: str, value: float, unit: str, floor: str = "") -> dict[str, Any]:
    """One measure."""
    return {"what": what, "value": round(value, 3), "unit": unit, "floor": floor}


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Speed, peak memory and linearity of the extractor, as a table and as JSON.

    bench.py [--repeats N] [--shared DIR] [--only text|citations|pdf|memory|linear …]

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
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import adversarial
from benchmarks.files import long_pdf, prose_pdf

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

PROSE = 30
"""Pages of the PDF of running text."""

LONG = 1000
"""Pages of the file whose memory is measured."""

PATIENCE = 120
"""Seconds for one room's adversarial texts."""

SURE = 0.002
"""Seconds below which a growth factor says nothing."""


def main() -> None:
    """Measure what `--only` names (default: all) and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--only", nargs="+", choices=("text", "citations", "pdf", "memory", "linear"))
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as made:
        parts: dict[str, Callable[[], Iterable[dict[str, Any]]]] = {
            "text": lambda: text_rates(options.repeats, options.shared),
            "citations": lambda: citation_rates(options.repeats),
            "pdf": lambda: pdf_rates(options.repeats, Path(made)),
            "memory": lambda: memory(Path(made)),
            "linear": linear,
        }
        rows = []
        for name in options.only or parts:
            for one in parts[name]():
                floor = f"  ({one['floor']})" if one["floor"] else ""
                print(f"{one['what']:60}{one['value']:>10,.2f} {one['unit']}{floor}", flush=True)
                rows.append(one)
    print(json.dumps(rows, ensure_ascii=False))


def text_rates(repeats: int, shared: Path) -> Iterator[dict[str, Any]]:
    """Seconds of the first report, then MB of UTF-8 a second from text files to JSON, ours and the shared ones."""
    from extractor import extract
    from extractor.gazetteer import gazetteer

    yield row("gazetteer loaded", seconds(gazetteer), "s", "<= 0.3")
    first = seconds(lambda: extract(next(iter(sorted((ROOT / "gold").glob("*.txt"))))).to_json())
    yield row("first report (loads patterns, models)", first, "s")
    for name, folder in {"gold/": ROOT / "gold", "shared": shared / "reports/text"}.items():
        paths = sorted(folder.glob("*.txt"))
        if paths:
            size = sum(p.stat().st_size for p in paths) / 1e6
            took = median_of(repeats, partial(_to_json, paths))
            yield row(f"text to JSON, {len(paths)} texts of {name}", size / took, "MB/s", ">= 1")


def citation_rates(repeats: int) -> Iterator[dict[str, Any]]:
    """Seconds to import the stand-alone functions, and MB of UTF-8 a second that they read."""
    code = (
        "import time; t = time.process_time(); import extractor; extractor.get_references;"
        " print(time.process_time() - t)"
    )
    took = statistics.median(float(child("-c", code)) for _ in range(repeats))
    yield row("import of get_references", took, "s", "<= 0.15")
    from extractor import get_references, resolve_references

    texts = [p.read_text(encoding="utf8") for p in sorted((ROOT / "gold").glob("*.txt"))]
    size = sum(len(t.encode()) for t in texts) / 1e6
    both = (("get_references", get_references, ">= 5"), ("resolve_references, both", resolve_references, ""))
    for name, function, floor in both:
        took = median_of(repeats, lambda read=function: [read(text) for text in texts])  # type: ignore[misc]
        yield row(f"{name}, {len(texts)} texts of gold/", size / took, "MB/s", floor)


def _to_json(paths: Sequence[Path]) -> None:
    from extractor import extract

    for path in paths:
        extract(path).to_json()


def pdf_rates(repeats: int, folder: Path) -> Iterator[dict[str, Any]]:
    """Pages a second from PDF files to JSON, and pdfplumber's words of the same files in the same run."""
    corpus = sorted((ROOT / "corpus").glob("*.pdf"))
    yield from _pdf_rates("corpus/, tables and all", corpus, repeats)
    yield from _pdf_rates("running text", [prose_pdf(folder / "prose.pdf", PROSE)], repeats)


def _pdf_rates(name: str, paths: Sequence[Path], repeats: int) -> Iterator[dict[str, Any]]:
    import pdfplumber

    from extractor import extract

    def theirs() -> None:
        for path in paths:
            with pdfplumber.open(path) as pdf:
                for page in pdf.pages:
                    page.extract_words()
                    page.close()

    found = [extract(p) for p in paths]
    pages = sum(report.document.page_count for report in found)
    letters = sum(len(report.text) for report in found) / pages
    our = median_of(repeats, partial(_to_json, paths))
    their = median_of(min(3, repeats), theirs)
    yield row(f"PDF to JSON, {name}: {pages} pages of {letters:,.0f} letters", pages / our, "pages/s", ">= 60")
    yield row("    pdfplumber extract_words, same pages", pages / their, "pages/s")
    yield row("    ratio to pdfplumber", their / our, "x", ">= 8")


def memory(folder: Path) -> Iterator[dict[str, Any]]:
    """Peak memory of a process that does what `run` does on one file of 1,000 pages."""
    sources = {"corpus/": sorted((ROOT / "corpus").glob("*.pdf")), "running text": [folder / "prose.pdf"]}
    if not sources["running text"][0].exists():
        prose_pdf(sources["running text"][0], PROSE)
    for name, paths in sources.items():
        peak, took = child("-c", _READ_LONG, str(long_pdf(folder / "long.pdf", paths, LONG))).split()
        yield row(f"peak memory, one file of {LONG:,} pages of {name}", int(peak) / 1024, "MB", "<= 300")
        yield row("    its speed", LONG / float(took), "pages/s")


_READ_LONG = """
import re, sys, time
from extractor import extract
from extractor.serial import to_bytes
began = time.process_time()
to_bytes(extract(sys.argv[1]))
took = time.process_time() - began
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1], took)
"""


def linear() -> list[dict[str, Any]]:
    """How many times longer each room takes for an adversarial text of twice the length: 2 is linear. Worst first."""
    grown, stuck = [], []
    for name in adversarial.TEXTS:
        try:
            found = child(str(HERE / "benchmarks/adversarial.py"), name, timeout=PATIENCE).splitlines()
        except subprocess.TimeoutExpired:
            stuck.append(row(f"{name}: gave up after", PATIENCE, "s"))
            continue
        for text, length, half, whole in map(json.loads, found):
            what = f"{name}, {length // 1000:,}k of {text}"
            if whole is None:
                stuck.append(row(f"{what[:52]}: half takes", half, "s"))
            elif whole >= SURE:
                grown.append(row(f"{what[:52]:52}{whole:7.3f} s", whole / half, "x twice", "linear: 2"))
    return stuck + sorted(grown, key=lambda one: -float(one["value"]))


def child(*arguments: str, timeout: float | None = None) -> str:
    """What a Python process of its own prints."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=timeout).stdout


def seconds(action: Callable[[], object]) -> float:
    """CPU seconds of `action`."""
    began = time.process_time()
    action()
    return time.process_time() - began


def median_of(repeats: int, action: Callable[[], object]) -> float:
    """The median CPU seconds of `action`."""
    return statistics.median(seconds(action) for _ in range(repeats))


def row(what: str, value: float, unit: str, floor: str = "") -> dict[str, Any]:
    """One measure."""
    return {"what": what, "value": round(value, 3), "unit": unit, "floor": floor}


if __name__ == "__main__":
    main()

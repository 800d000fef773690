#!/usr/bin/env python3
"""Measure our own recogniser beside Tesseract: the same pages, one process, one after the other.

    bench_eye.py --weights FOLDER [--networks S M] [--conditions scan200 …] [--reports NAME …] [--json FILE]
    bench_eye.py                      # no weights: Tesseract alone, and Tesseract on the lines that our cutter cuts

Of each condition and reader: words and characters wrong and numbers right in prose, cells right, seconds of CPU a page.
"digits" is the second reader, for numbers (PP-OCRv6), which every reader has but those named without it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_ocr import HELD_BACK, ROOT, TUNED_ON, scan_of
from real_pages import RealPage, errors, marks, transcribed
from scans.measure import Tally, laid_text
from scans.readers import CutTesseract, eye, reading_with

CONDITIONS = ("scan200", "copy200", "fax200", "stamp200", "faint200", "scan150", "scan300")
FLOORS = {"scan200": (99.7, 99), "copy200": (99.3, 92), "fax200": (98.5, 0), "stamp200": (99, 0)}
"""Per cent of numbers in prose and of cells that the issue asks for."""


def main() -> None:
    """Read every page with every reader, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, help="folder of S.onnx, M.onnx and their cards")
    parser.add_argument("--networks", nargs="+", default=["S"])
    parser.add_argument("--conditions", nargs="*", default=CONDITIONS, help="none: the real pages alone")
    parser.add_argument("--reports", nargs="+", default=[*TUNED_ON, *HELD_BACK])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    readers = _readers(options.weights, options.networks)
    rows = []
    if options.conditions:
        print(f"{'':10}{'reader':22}{'words %':>9}{'chars %':>9}{'numbers %':>11}{'cells %':>9}{'s/page':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for condition in options.conditions:
            for row in _measured(condition, options.reports, readers, Path(folder)):
                rows.append(row)
                shown = "".join(f"{row[key]:{wide}.2f}" for key, wide in _COLUMNS)
                print(f"{condition:10}{row['reader']:22}{shown}", flush=True)
            if condition in FLOORS:
                print(f"{'':10}{'(asked)':22}{'':18}{FLOORS[condition][0]:11}{FLOORS[condition][1] or '':>9}")
    rows += list(_real(options.shared, readers))
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf8")


_COLUMNS = (("words", 9), ("characters", 9), ("numbers", 11), ("cells", 9), ("seconds", 9))

Readers = dict[str, tuple[Callable[[], Any], bool]]
"""Name: what makes the recogniser, and whether the digit reader helps it."""


def _readers(weights: Path | None, networks: Sequence[str]) -> Readers:
    from extractor.recognising.tesseract import tesseract

    readers: Readers = {"Tesseract": (tesseract, True)}
    if weights is None:
        return {**readers, "Tesseract, cut lines": (CutTesseract, True)}
    for name in networks:
        path = weights / f"{name}.onnx"
        readers[name] = (partial(eye, path, second=True), True)
        readers[f"{name} without digits"] = (partial(eye, path, second=True), False)
        readers[f"{name} alone"] = (partial(eye, path, second=False), False)
    return readers


def _measured(
    condition: str, reports: Sequence[str], readers: Readers, folder: Path
) -> Iterator[dict[str, Any]]:
    from extractor.reading import open_source

    tallies, took, pages = {name: Tally() for name in readers}, dict.fromkeys(readers, 0.0), 0
    for report in reports:
        wanted = list(open_source(ROOT / "corpus" / f"{report}.pdf", "off").pages)
        path = scan_of(report, condition, folder)
        pages += len(wanted)
        for name, (make, digits) in readers.items():
            with reading_with(make(), digits=digits):
                began = time.process_time()
                found = list(open_source(path).pages)
                took[name] += time.process_time() - began
            for page, got in zip(wanted, found, strict=True):
                tallies[name].add(page, got)
    for name, tally in tallies.items():
        yield {
            "condition": condition,
            "reader": name,
            "words": 100 * tally.word_edits / max(1, tally.words),
            "characters": 100 * tally.edits / max(1, tally.characters),
            "numbers": 100 * tally.numbers_right / max(1, tally.numbers),
            "cells": 100 * tally.cells_right / max(1, tally.cells),
            "seconds": took[name] / max(1, pages),
        }


def _real(shared: Path, readers: Readers) -> Iterator[dict[str, Any]]:
    """The real pages whose text is known: one's stands beside it, the others were transcribed by eye (real_pages.py).

    "in any order" leaves out what the columns of a letterhead make of the order of words.
    """
    from extractor.reading import open_source

    folder = shared / "reports" / "pdf"
    if not folder.exists():
        print("../shared is not here: the real pages are not measured")
        return
    truth = (folder / "danang_4_1_gt.txt").read_text(encoding="utf8")
    known = [RealPage("danang_4_1_page.jpg", 1, tuple(marks(truth, "danang_4_1_page"))), *transcribed()]
    print(f"\n{'real page':34}{'reader':22}{'words %':>9}{'in any order':>14}{'numbers right':>16}")
    for file in dict.fromkeys(page.file for page in known):
        for name, (make, digits) in readers.items():
            with reading_with(make(), digits=digits):
                found = [laid_text(page) for page in open_source(folder / file, "force").pages]
            for page in (page for page in known if page.file == file):
                row = _real_row(page, found[page.number - 1])
                print(f"{row['condition']:34}{name:22}{row['words']:9.2f}{row['words, any order']:14.2f}"
                      f"{row['numbers of page']:>16}", flush=True)  # fmt: skip
                yield row | {"reader": name}


def _real_row(page: RealPage, text: str) -> dict[str, Any]:
    found = errors(page.words, marks(text, Path(page.file).stem))
    return {
        "condition": f"{page.file} {page.number}",
        "words": 100 * found.wrong / found.words,
        "words, any order": 100 * found.wrong_unordered / found.words,
        "numbers of page": f"{found.numbers_right} of {found.numbers}",
    }


if __name__ == "__main__":
    main()

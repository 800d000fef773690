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
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_ocr import HELD_BACK, ROOT, TUNED_ON, scan_of
from scans.measure import Tally, folded

CONDITIONS = ("scan200", "copy200", "fax200", "stamp200", "faint200", "scan150", "scan300")
FLOORS = {"scan200": (99.7, 99), "copy200": (99.3, 92), "fax200": (98.5, 0), "stamp200": (99, 0)}
"""Per cent of numbers in prose and of cells that the issue asks for."""


class CutTesseract:
    """Tesseract on the lines that our cutter cuts: what the cutter is worth without a network."""

    def __init__(self) -> None:
        from extractor.recognising.tesseract import tesseract

        self._engine = tesseract()

    def recognise(self, image: Any, dpi: float, cells: Sequence[Any] = ()) -> Any:
        """See `interface.Recogniser`."""
        from extractor.recognising.cutting import cut
        from extractor.recognising.eye import placed
        from extractor.recognising.interface import RecognisedPage

        def words(lines: Sequence[Any]) -> tuple[Any, ...]:
            return tuple(
                placed(word, line, number)
                for number, line in enumerate(lines)
                for word in self._engine.read_line(line.picture, dpi)
            )

        page = cut(image, dpi, cells)
        return RecognisedPage(words(page.lines), tuple(words(lines) for lines in page.cells), page.pens)


def main() -> None:
    """Read every page with every reader, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, help="folder of S.onnx, M.onnx and their cards")
    parser.add_argument("--networks", nargs="+", default=["S"])
    parser.add_argument("--conditions", nargs="+", default=CONDITIONS)
    parser.add_argument("--reports", nargs="+", default=[*TUNED_ON, *HELD_BACK])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    readers = _readers(options.weights, options.networks)
    rows = []
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
        readers["Tesseract, cut lines"] = (CutTesseract, True)
    for name in networks if weights else ():
        readers[name] = (_eye(weights / f"{name}.onnx", second=True), True)
        readers[f"{name} without digits"] = (_eye(weights / f"{name}.onnx", second=True), False)
        readers[f"{name} alone"] = (_eye(weights / f"{name}.onnx", second=False), False)
    return readers


def _eye(path: Path, *, second: bool) -> Callable[[], Any]:
    def make() -> Any:
        from extractor.recognising.eye import Eye
        from extractor.recognising.line_reader import LineReader
        from extractor.recognising.tesseract import tesseract
        from extractor.recognising.weights import checked

        return Eye(LineReader(checked(path)), tesseract() if second else None)

    return make


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
            with _reading_with(make(), digits=digits):
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


class _reading_with:  # noqa: N801  # used as a statement
    """Within it pages are recognised by the recogniser given, with the digit reader or without."""

    def __init__(self, recogniser: Any, *, digits: bool) -> None:
        from extractor.recognising import engines, numbers

        self._set = [(engines, "recogniser", lambda: recogniser)]
        if not digits:
            self._set.append((numbers, "number_reader", lambda: None))

    def __enter__(self) -> None:
        self._before = [(module, name, getattr(module, name)) for module, name, _ in self._set]
        for module, name, value in self._set:
            setattr(module, name, value)

    def __exit__(self, *_: object) -> None:
        for module, name, value in self._before:
            setattr(module, name, value)


def _real(shared: Path, readers: Readers) -> Iterator[dict[str, Any]]:
    """The real page whose text stands beside it (its header's order differs)."""
    from rapidfuzz.distance import Levenshtein

    from extractor import extract

    page, truth = shared / "reports/pdf/danang_4_1_page.jpg", shared / "reports/pdf/danang_4_1_gt.txt"
    if not page.exists():
        print("../shared is not here: the real page is not measured")
        return
    wanted = folded(truth.read_text(encoding="utf8"))
    for name, (make, digits) in readers.items():
        with _reading_with(make(), digits=digits):
            got = folded(extract(page).text)
        row = {
            "condition": page.name,
            "reader": name,
            "words": 100 * Levenshtein.distance(wanted.split(), got.split()) / len(wanted.split()),
            "characters": 100 * Levenshtein.distance(wanted, got) / len(wanted),
        }
        print(f"{'real':10}{name:22}{row['words']:9.2f}{row['characters']:9.2f}   {page.name}", flush=True)
        yield row


if __name__ == "__main__":
    main()

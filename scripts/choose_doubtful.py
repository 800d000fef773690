#!/usr/bin/env python3
"""Choose `eye.DOUBTFUL`, and whether the digit reader is kept, from what new weights read.

    choose_doubtful.py --weights FOLDER [--network S] [--conditions copy200 …] [--reports NAME …]

Reads the pages of the reports that may be tuned on with every threshold in turn: Tesseract's second opinion is asked on
lines less sure than it, on none at 0, on all at 1.01. Then once more with the threshold chosen and no digit reader. The
last two lines say what to set.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_ocr import ROOT, TUNED_ON, scan_of
from scans.measure import Tally
from scans.readers import reading_with

CONDITIONS = ("scan200", "copy200", "fax200", "stamp200")
THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.01)


@dataclass(frozen=True, slots=True)
class Found:
    """With a threshold: the per cent of lines that were read again, of words wrong, and of numbers and cells right."""

    doubtful: float
    asked: float
    words: float
    numbers: float
    cells: float


class Kept:
    """A way to read the picture of a line that reads each picture once, and counts how often it is asked."""

    def __init__(self, read: Callable[..., Any]) -> None:
        self._read, self.asked = read, 0
        self._known: dict[tuple[Any, bytes], Any] = {}

    def __call__(self, picture: Any, *more: Any) -> Any:
        """What `read` says of the picture."""
        self.asked += 1
        key = picture.shape, hashlib.sha256(picture.tobytes()).digest()
        if key not in self._known:
            self._known[key] = self._read(picture, *more)
        return self._known[key]


def main() -> None:
    """Read with every threshold, print, say what to set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--network", default="S")
    parser.add_argument("--conditions", nargs="+", default=CONDITIONS)
    parser.add_argument("--reports", nargs="+", default=TUNED_ON)
    parser.add_argument("--thresholds", nargs="+", type=float, default=THRESHOLDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = [(ROOT / "corpus" / f"{report}.pdf", scan_of(report, condition, Path(folder)))
                 for condition in options.conditions for report in options.reports]  # fmt: skip
        first, second = _readers(options.weights / f"{options.network}.onnx")
        print(f"{'DOUBTFUL':>9}{'asked %':>9}{'words wrong %':>15}{'numbers right %':>17}{'cells right %':>15}")
        found = [_said(read(pages, first, second, threshold)) for threshold in options.thresholds]
        best = chosen(found)
        without = _said(read(pages, first, second, best.doubtful, digits=False), "without the digit reader")
    print(f"eye.DOUBTFUL = {best.doubtful} ({best.asked:.1f} % of the lines are read again)")
    print(f"the digit reader is {'kept' if helps(best, without) else 'not needed'}")


def _readers(weights: Path) -> tuple[Kept, Kept]:
    from extractor.recognising.line_reader import LineReader
    from extractor.recognising.tesseract import tesseract
    from extractor.recognising.weights import checked

    return Kept(LineReader(checked(weights)).read), Kept(tesseract().read_line)


def read(
    pages: Sequence[tuple[Path, Path]], first: Kept, second: Kept, doubtful: float, *, digits: bool = True
) -> Found:
    """What is read of the pages (a report with its text, and a scan of it) with a threshold."""
    from extractor.reading import open_source
    from extractor.recognising.eye import Eye

    tally, before = Tally(), (first.asked, second.asked)
    ours: Any = Eye(SimpleNamespace(read=first), SimpleNamespace(read_line=second))  # type: ignore[arg-type]
    with reading_with(ours, digits=digits, doubtful=doubtful):
        for report, scan in pages:
            for page, got in zip(open_source(report, "off").pages, open_source(scan).pages, strict=True):
                tally.add(page, got)
    lines, again = first.asked - before[0], second.asked - before[1]

    def share(part: int, whole: int) -> float:
        return 100 * part / max(1, whole)

    return Found(doubtful, share(again, lines), share(tally.word_edits, tally.words),
                 share(tally.numbers_right, tally.numbers), share(tally.cells_right, tally.cells))  # fmt: skip


def chosen(found: Sequence[Found]) -> Found:
    """Fewest words wrong, to a tenth of a per cent; then most numbers right, then fewest lines read again."""
    return min(found, key=lambda one: (round(one.words, 1), -round(one.numbers, 1), one.asked))


def helps(with_digits: Found, without: Found) -> bool:
    """Whether the digit reader makes more numbers right, or as many of them and more cells."""
    return (with_digits.numbers, with_digits.cells) > (without.numbers, without.cells)


def _said(one: Found, note: str = "") -> Found:
    print(f"{one.doubtful:9.2f}{one.asked:9.1f}{one.words:15.2f}{one.numbers:17.2f}{one.cells:15.2f}  {note}".rstrip(),
          flush=True)  # fmt: skip
    return one


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measure recognition on scans made from corpus/: accuracy by condition, throughput, memory.

    bench_ocr.py [--conditions scan200 …] [--only accuracy f1 real speed memory] [--wrong]

The floors are those of the issue that asked for recognition. "held back": reports on which nothing was tuned.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from scans.measure import Tally, folded
from scans.render import write

ROOT = Path(__file__).resolve().parents[1]
HELD_BACK = ("yen-bai-giam-ngheo-2023", "thang-binh-ktxh-2024", "ha-tinh-nq-ngan-sach-2023",
             "kiem-thu-10-ke-hoach-phuong-moi")  # fmt: skip
TUNED_ON = ("yen-bai-giam-ngheo-2021", "yen-bai-giam-ngheo-2022", "thang-binh-ktxh-2022", "quang-ngai-giao-duc-2023",
            "kiem-thu-02-thong-bao-ket-luan", "kiem-thu-06-nghi-quyet-tinh-uy", "gia-lai-mua-lu-2021")  # fmt: skip
FLOORS = {"scan": 99.0, "copy": 98.0, "fax": 95.0, "stamp": 97.0}
CONDITIONS = ("scan200", "copy200", "fax200", "stamp200", "scan150", "scan300")
ROUNDS = 5
"""How often each page is read each way for speed; the quickest counts, which other programs slowed least."""

PARTS = ("accuracy", "f1", "real", "speed", "memory")


def main() -> None:
    """Run the parts asked for (default: all) and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conditions", nargs="+", default=CONDITIONS)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--reports", nargs="+", default=[*TUNED_ON, *HELD_BACK])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--scans", type=Path, help="folder of scans that are kept (default: a temporary one)")
    parser.add_argument("--wrong", action="store_true", help="list what was read wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        scans = options.scans or Path(made)
        parts = {
            "accuracy": lambda: accuracy(options.reports, options.conditions, scans, wrong=options.wrong),
            "f1": lambda: f1(options.reports, scans),
            "real": lambda: real(options.shared),
            "speed": lambda: speed(scans),
            "memory": lambda: memory(scans),
        }
        rows = []
        for name in options.only:
            for one in parts[name]():
                floor = f"  ({one['floor']})" if one["floor"] else ""
                print(f"{one['what']:66}{one['value']:>9,.2f} {one['unit']}{floor}", flush=True)
                rows.append(one)
    print(json.dumps(rows, ensure_ascii=False))


def row(what: str, value: float, unit: str, floor: str = "") -> dict[str, Any]:
    """One measure."""
    return {"what": what, "value": round(value, 3), "unit": unit, "floor": floor}


def scan_of(name: str, condition: str, folder: Path) -> Path:
    """The scan of a report, made where it is not there yet."""
    target = folder / condition / f"{name}.pdf"
    return target if target.exists() else write(ROOT / "corpus" / f"{name}.pdf", condition, target)


def accuracy(
    reports: Sequence[str], conditions: Sequence[str], folder: Path, *, wrong: bool
) -> Iterator[dict[str, Any]]:
    """Numbers, cells and characters right, by condition, of the reports tuned on and of those held back."""
    for condition in conditions:
        jobs = [(name, condition, folder) for name in reports]
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            tallies = dict(zip(reports, pool.imap(_tally, jobs), strict=True))
        for label, names in (("tuned on", TUNED_ON), ("held back", HELD_BACK), ("all", (*TUNED_ON, *HELD_BACK))):
            some = [tallies[name] for name in names if name in reports]
            if not some:
                continue
            total = Tally()
            for one in some:
                for key in ("numbers", "numbers_right", "cells", "cells_right", "edits", "characters"):
                    setattr(total, key, getattr(total, key) + getattr(one, key))
                total.wrong += one.wrong
            yield from _accuracy_rows(f"{condition}, {label}", total)
            if wrong and label != "all":
                print("\n".join(f"    {line}" for line in total.wrong))


def _accuracy_rows(name: str, total: Tally) -> Iterator[dict[str, Any]]:
    kind, scan = name.split(",")[0][:-3], name.startswith("scan200")
    if total.numbers:
        share = 100 * total.numbers_right / total.numbers
        floor = f">= {FLOORS[kind]:.0f}" if kind in FLOORS and "200" in name else ""
        yield row(f"{name}: numbers right in prose, of {total.numbers}", share, "%", floor)
        share = 100 * total.edits / total.characters
        yield row(f"{name}: characters wrong in prose, of {total.characters:,}", share, "%", "<= 0.5" if scan else "")
    if total.cells:
        share = 100 * total.cells_right / total.cells
        yield row(f"{name}: cells of ruled tables right, of {total.cells}", share, "%", ">= 97" if scan else "")


def _tally(job: tuple[str, str, Path]) -> Tally:
    from extractor.reading import open_source

    name, condition, folder = job
    tally = Tally()
    scan = scan_of(name, condition, folder)
    pages = open_source(ROOT / "corpus" / f"{name}.pdf", "off").pages
    for page, found in zip(pages, open_source(scan).pages, strict=True):
        tally.add(page, found)
    return tally


def f1(reports: Sequence[str], folder: Path) -> Iterator[dict[str, Any]]:
    """F1 of figures and references of the reports' own text, and after recognition of their scans."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pairs = dict(zip(reports, pool.imap(_scored, [(name, folder) for name in reports]), strict=True))
    for label, names in (("", TUNED_ON), (" held back", HELD_BACK)):
        for kind in ("figure", "reference"):
            some = [pairs[name] for name in names if name in pairs]
            if not some:
                continue
            text, scan = (100 * _f1([pair[side][kind] for pair in some]) for side in (0, 1))
            yield row(f"F1 of {kind}s{label}: of the text", text, "%")
            yield row(f"F1 of {kind}s{label}: of its scan200", scan, "%", f">= {text - 3:.1f}")


Counts = tuple[int, int, int]


def _f1(counts: Sequence[Counts]) -> float:
    hit, miss, spurious = (sum(column) for column in zip(*counts, strict=True))
    return 2 * hit / (2 * hit + miss + spurious) if hit else 0.0


def _scored(job: tuple[str, Path]) -> tuple[dict[str, Counts], dict[str, Counts]]:
    from extractor import extract
    from extractor.evaluate.gold import load_gold
    from extractor.evaluate.score import score

    name, folder = job
    gold, raw = load_gold(ROOT / "gold" / f"{name}.json"), (ROOT / "gold" / f"{name}.txt").read_text(encoding="utf8")
    made = []
    for path in (ROOT / "corpus" / f"{name}.pdf", scan_of(name, "scan200", folder)):
        counts = score(gold, raw, extract(path)).counts
        made.append({k: (counts[k].hit, counts[k].miss, counts[k].spurious) for k in ("figure", "reference")})
    return made[0], made[1]


def real(shared: Path) -> Iterator[dict[str, Any]]:
    """Characters and words wrong on the real page whose text stands beside it (its header's order differs)."""
    from rapidfuzz.distance import Levenshtein

    from extractor import extract

    page, truth = shared / "reports/pdf/danang_4_1_page.jpg", shared / "reports/pdf/danang_4_1_gt.txt"
    if not page.exists():
        print("    ../shared is not here: the real page is not measured")
        return
    wanted, got = folded(truth.read_text(encoding="utf8")), folded(extract(page).text)
    yield row("danang_4_1_page.jpg: characters wrong", 100 * Levenshtein.distance(wanted, got) / len(wanted), "%")
    a, b = wanted.split(), got.split()
    yield row("danang_4_1_page.jpg: words wrong", 100 * Levenshtein.distance(a, b) / len(a), "%")


def speed(folder: Path) -> Iterator[dict[str, Any]]:
    """Pages a second of two processes of one thread on two cores of their own (in CPU time, so that other programs do
    not count), and of bare Tesseract on the same pages in turn with it."""
    path = scan_of("thang-binh-ktxh-2022", "scan200", folder), scan_of("yen-bai-giam-ngheo-2021", "scan200", folder)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = pool.map(_race, path, chunksize=1)
    pages = sum(one[0] for one in found)
    for at, what in ((1, "default"), (2, "without the second reader"), (3, "bare Tesseract, same model")):
        took = sum(one[at] for one in found) / len(found)
        floor = {1: ">= 0.7"}.get(at, "")
        yield row(f"two processes, 200 dpi, {pages} pages, {what}", pages / took, "pages/s", floor)
    bare = sum(one[3] for one in found)
    yield row("    default to bare Tesseract", bare / sum(one[1] for one in found), "x", ">= 0.9")
    yield row("    without the second reader to bare Tesseract", bare / sum(one[2] for one in found), "x", ">= 0.9")


def _race(path: Path) -> tuple[int, float, float, float]:
    import os

    os.environ["OMP_THREAD_LIMIT"] = "1"
    import numpy as np
    import pypdfium2
    import tesserocr
    from scans.render import picture  # noqa: F401

    from extractor.recognising.models import tessdata
    from extractor.recognising.numbers import number_reader
    from extractor.recognising.page import read_page
    from extractor.recognising.tesseract import tesseract

    document = pypdfium2.PdfDocument(path)
    pictures = [np.asarray(page.render(scale=200 / 72, grayscale=True).to_pil()) for page in document]
    bare = tesserocr.PyTessBaseAPI(path=str(tessdata()), lang="vie", psm=tesserocr.PSM.AUTO)
    engine, second = tesseract(), number_reader()
    took = [0.0, 0.0, 0.0]

    def plain(image: Any) -> None:
        bare.SetImageBytes(image.tobytes(), image.shape[1], image.shape[0], 1, image.shape[1])
        bare.SetSourceResolution(200)
        bare.GetUTF8Text()

    ways = (lambda i: read_page(i, 200, engine, second), lambda i: read_page(i, 200, engine, None), plain)
    ways[0](pictures[0][:400])
    for image in pictures:
        rounds = [[_seconds(way, image) for way in ways] for _ in range(ROUNDS)]
        for k, times in enumerate(zip(*rounds, strict=True)):
            took[k] += min(times)
    return len(pictures), took[0], took[1], took[2]


def _seconds(way: Callable[[Any], Any], image: Any) -> float:
    began = time.process_time()
    way(image)
    return time.process_time() - began


def memory(folder: Path) -> Iterator[dict[str, Any]]:
    """Peak memory of a process that recognises the pages of one scan, and of one that extracts a report from it."""
    scan = scan_of("thang-binh-ktxh-2022", "scan200", folder)
    for what, code, floor in (
        ("recognition alone, without the second reader", _READ.format(ocr="one"), "<= 150"),
        ("recognition alone, with it", _READ.format(ocr="two"), "<= 1000"),
        ("a whole report, scan to JSON", _EXTRACT, ""),
    ):
        out = subprocess.run([sys.executable, "-c", code, str(scan)], stdout=subprocess.PIPE, text=True, check=True)
        yield row(f"peak memory: {what}", int(out.stdout.split()[-1]) / 1024, "MB", floor)


_PEAK = 'import re; print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])'
_READ = f"""
import sys
from extractor.recognising import numbers
if "{{ocr}}" == "one":
    numbers.numbers_model = lambda: None
from extractor.reading import open_source
from pathlib import Path
for page in open_source(Path(sys.argv[1])).pages:
    assert page.source == "ocr"
{_PEAK}
"""
_EXTRACT = f"""
import sys
from extractor import extract
extract(sys.argv[1]).to_json()
{_PEAK}
"""


if __name__ == "__main__":
    main()

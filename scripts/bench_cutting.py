#!/usr/bin/env python3
"""Measure the line cutter on scans made from corpus/, without recognising anything.

    bench_cutting.py [--conditions scan200 …] [--reports NAME …] [--wrong] [--draw DIR]

Of each condition: true lines, the share cut right, split, merged, lost; cuts where no line is, a page; seconds a page.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_ocr import HELD_BACK, ROOT, TUNED_ON
from scans.cuts import Cuts, Turn, true_lines
from scans.degrade import degrade
from scans.render import clean_pages, condition

CONDITIONS = (
    *("clean200", "scan150", "scan200", "scan300", "copy150", "copy200", "copy300", "fax150", "fax200", "fax300"),
    *("stamp150", "stamp200", "stamp300", "faint110", "faint200"),
)
COUNTS = ("lines", "right", "split", "merged", "lost", "spurious")


def main() -> None:
    """Cut and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conditions", nargs="+", default=CONDITIONS)
    parser.add_argument("--reports", nargs="+", default=[*TUNED_ON, *HELD_BACK])
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--wrong", action="store_true", help="list the lines that were not cut right")
    parser.add_argument("--draw", type=Path, help="write the pages with their cuts here")
    options = parser.parse_args()
    heads = "".join(f"{name:>9}" for name in ("right %", "split %", "merged %", "lost %"))
    print(f"{'':12}{'lines':>7}{heads}{'spurious/page':>15}{'s/page':>8}")
    for name in options.conditions:
        jobs = [(report, name, options.draw) for report in options.reports]
        with multiprocessing.get_context("spawn").Pool(options.processes) as pool:
            done = pool.map(_cut, jobs, chunksize=1)
        total = Cuts()
        for cuts, _, _ in done:
            for key in COUNTS:
                setattr(total, key, getattr(total, key) + getattr(cuts, key))
            total.wrong += cuts.wrong
        pages, took = sum(one[1] for one in done), sum(one[2] for one in done)
        shares = "".join(f"{100 * getattr(total, key) / total.lines:9.2f}" for key in COUNTS[1:5])
        print(f"{name:12}{total.lines:7}{shares}{total.spurious / pages:15.2f}{took / pages:8.3f}", flush=True)
        if options.wrong:
            print("\n".join(f"    {line}" for line in total.wrong))


def _cut(job: tuple[str, str, Path | None]) -> tuple[Cuts, int, float]:
    from extractor.reading import open_source
    from extractor.recognising import prepare
    from extractor.recognising.cutting import cut
    from extractor.recognising.grid import find_tables

    name, wear, folder = job
    kind, dpi = condition(wear)
    source = ROOT / "corpus" / f"{name}.pdf"
    tally, took, seed = Cuts(), 0.0, zlib.crc32(source.stem.encode())
    pages = list(open_source(source, "off").pages)
    for k, (page, clean) in enumerate(zip(pages, clean_pages(source, dpi), strict=True)):
        scan = degrade(clean, kind, dpi, seed + k)
        grey = scan.pixels if scan.pixels.ndim == 2 else scan.pixels[..., 0]
        image = prepare.even(_saved(grey, scan.quality), dpi)
        tilt = prepare.tilt_of(prepare.small_ink(image))
        straight = prepare.straightened(image, tilt)
        cells = [cell.inside for table in find_tables(straight, dpi) for cell in table.cells]
        ready, _ = prepare.despeckled(straight, dpi)
        began = time.process_time()
        made = cut(ready, dpi, cells)
        lines = [line for group in (made.lines, *made.cells) for line in group]
        took += time.process_time() - began
        size = clean.shape[1] * 72 / dpi, clean.shape[0] * 72 / dpi
        turn = Turn(*size, dpi / 72, scan.degrees + tilt)
        tally.add(true_lines(page), [line.box for line in lines], turn)
        if folder is not None:
            _draw(folder / f"{wear}-{name}-{k}.png", ready, lines)
    return tally, len(pages), took


def _saved(grey: Any, quality: int) -> Any:
    import cv2
    import numpy as np

    if not quality:
        return grey
    data = cv2.imencode(".jpg", np.ascontiguousarray(grey), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)


def _draw(path: Path, page: Any, lines: Sequence[Any]) -> None:
    import cv2

    made = cv2.cvtColor(page, cv2.COLOR_GRAY2BGR)
    for k, line in enumerate(lines):
        x0, top, x1, bottom = line.box
        colour = ((220, 60, 0), (0, 120, 220), (0, 160, 0))[k % 3]
        cv2.rectangle(made, (x0, top), (x1, bottom), colour, 1)
        cv2.putText(made, str(k), (x0 - 20, bottom), cv2.FONT_HERSHEY_SIMPLEX, 0.4, colour, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), made)


if __name__ == "__main__":
    main()

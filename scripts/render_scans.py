#!/usr/bin/env python3
"""Render the PDFs of corpus/ to scans with known text.

    render_scans.py [--out DIR] [--conditions scan200 …] [NAME …]
    render_scans.py --samples

Writes DIR/CONDITION/NAME.pdf. A condition is a kind (scan, copy, fax, stamp, clean) and pixels an inch. Same corpus,
same bytes. Too large to be committed, but for the SAMPLES in corpus/scans, which --samples makes again.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from scans.render import write

ROOT = Path(__file__).resolve().parents[1]
CONDITIONS = ("scan200", "copy200", "fax200", "stamp200", "scan150", "scan300")

SAMPLES = {  # file in corpus/scans: condition
    "gia-lai-mua-lu-2021.pdf": "fax200",
    "thang-binh-ktxh-2024.tif": "fax200",
    "ha-tinh-nq-ngan-sach-2023.jpg": "stamp200",
    "kiem-thu-10-ke-hoach-phuong-moi.jpg": "scan150",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="reports of corpus/ (default: all that are PDF)")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "scans")
    parser.add_argument("--conditions", nargs="+", default=CONDITIONS)
    parser.add_argument("--samples", action="store_true", help="make corpus/scans again")
    options = parser.parse_args()
    if options.samples:
        for file, name in SAMPLES.items():
            target = ROOT / "corpus" / "scans" / file
            print(write(ROOT / "corpus" / f"{target.stem}.pdf", name, target))
        return
    for source in sorted((ROOT / "corpus").glob("*.pdf")):
        if not options.names or source.stem in options.names:
            for name in options.conditions:
                print(write(source, name, options.out / name / source.name))


if __name__ == "__main__":
    main()

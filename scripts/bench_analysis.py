"""How long the first answer of each analysis page takes with a large archive.

    python scripts/bench_analysis.py [--documents 10000] [--figures 100] [--keep OUT]

The archive is that of scripts/bench_compare.py, each report with ten citations (a few documents are cited by most
reports, many by few) and three findings more. Times are wall-clock seconds of the whole answer, medians of five, on a
server in this process; what is prepared once after a run (index of search, series of indicators) is measured apart.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import orjson
from bench_compare import jsons

from extractor.store.database import NAME, open_database
from extractor.store.documents import put
from extractor.store.ledger import FileRow, Ledger

_RULES = ("parts_total", "ratio_percent", "count_percent", "change_levels", "table_total", "stated_twice", "bounds")
_KEYS = [f"{number}/{year}/{body}" for body in ("NĐ-CP", "QĐ-TTg", "NQ-HĐND", "TT-BTC") for number in range(1, 51)
         for year in range(2018, 2023)]  # fmt: skip


def make_archive(out: Path, documents: int, figures: int) -> None:
    """Write OUT as a run leaves it: JSONs, ledger and store."""
    rng = random.Random(2)
    weights = [1 / (i + 1) for i in range(len(_KEYS))]
    rng.shuffle(keys := [*_KEYS])
    out.mkdir(parents=True, exist_ok=True)
    with Ledger(out) as ledger:
        database = open_database(out / NAME)
        for name, plain in jsons(documents, figures):
            data = orjson.dumps(_richer(orjson.loads(plain), rng.choices(keys, weights, k=10), rng))
            path = out / "reports" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            source = name.replace(".json", ".pdf")
            sha256 = hashlib.sha256(data).hexdigest()
            row = FileRow(Path("/archive") / source, source, "done", sha256, json=name, json_sha256=sha256, tool="made")
            ledger.put(row)
            put(database, name, data)
        database.close()


def _richer(report: dict[str, Any], keys: list[str], rng: random.Random) -> dict[str, Any]:
    """The report with citations below its text, and findings."""
    text, references = report["text"], []
    for at, key in enumerate(dict.fromkeys(keys)):
        kind = "Nghị định" if "NĐ" in key else "Quyết định" if "QĐ" in key else "Văn bản"
        before, words = "Thực hiện ", f"{kind} số {key}"
        start = len(text) + len(before)
        text += f"{before}{words} về phát triển kinh tế - xã hội.\n"
        references.append(
            {"id": f"r{at + 1}", "start": start, "end": start + len(words), "text": words, "key": key, "type": kind,
             "page": 1, "resolved": key, "relation": "implements", "confidence": 1.0}
        )  # fmt: skip
    findings = []
    for _ in range(3):
        figure = rng.choice(report["figures"])
        findings.append(
            {"rule": rng.choice(_RULES), "severity": rng.choice(("error", "warning")), "evidence": [figure["id"]],
             "message": f"04/195 = 2,05 %, the report says {figure['text']}", "start": figure["start"],
             "end": figure["end"], "page": 1}
        )  # fmt: skip
    pages = [{**report["pages"][0], "end": len(text)}]
    about = {**report["document"], "type": "Báo cáo", "title": "Kết quả phát triển kinh tế - xã hội"}
    return {**report, "document": about, "text": text, "pages": pages, "references": references, "findings": findings}


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--figures", type=int, default=100, help="a document")
    parser.add_argument("--keep", type=Path, help="make the archive there, or use the one that is there")
    options = parser.parse_args()
    with nullcontext(options.keep) if options.keep else tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        if not (out / NAME).exists():
            make_archive(out, options.documents, options.figures)


if __name__ == "__main__":
    main()

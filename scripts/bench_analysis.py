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
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import orjson
from bench_compare import jsons
from starlette.testclient import TestClient

from extractor.store.database import NAME, open_database
from extractor.store.documents import put
from extractor.store.ledger import FileRow, Ledger
from extractor.store.store import open_store
from extractor.web.app import create_app
from extractor.web.preparing import make_index, make_series

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
        _prepare("index of search", make_index, out)
        _prepare("series of indicators", make_series, out)
        for path in (out / "cache" / "compare").glob("*"):
            path.unlink()
        with TestClient(create_app(out), base_url="http://127.0.0.1") as client:
            _measure(client, out)
            _compare(client)


def _prepare(what: str, make: Callable[[Path], None], out: Path) -> None:
    began, began_wall = time.process_time(), time.perf_counter()
    make(out)
    print(f"{what}: {time.process_time() - began:.1f} s of CPU ({time.perf_counter() - began_wall:.1f} s)")


def _measure(client: TestClient, out: Path) -> None:
    with open_store(out) as store:
        (key,) = store.rows("SELECT key FROM citations GROUP BY key ORDER BY count(*) DESC LIMIT 1").fetchone()
        (place,) = store.rows("SELECT place FROM documents WHERE id = 1").fetchone()
    print(f"{'first':>8} {'median':>8} {'CPU':>8}  {'kB':>5}  page")
    for path in (
        "/search", "/search?q=ho+ngheo", "/search?q=ho+ngheo&year=2022&page=9", "/search?q=lon&kind=figures", "/audit",
        "/audit?rule=bounds&year=2022&page=80", "/compare", f"/compare?a=2022&b=2023&area={place}", "/citations",
        "/citations?q=27+CP", f"/citations/{key}", "/indicators", "/indicators/pupils",
        "/indicators/pupils?all=1&page=9",
    ):  # fmt: skip
        walls, cpus, size = [], [], 0
        for _ in range(6):
            began, began_wall = time.process_time(), time.perf_counter()
            answer = client.get(path)
            walls.append(time.perf_counter() - began_wall)
            cpus.append(time.process_time() - began)
            assert answer.status_code == 200, (path, answer.status_code)
            size = len(answer.content)
        median, cpu = statistics.median(walls[1:]), statistics.median(cpus[1:])
        print(f"{walls[0]:7.3f}s {median:7.3f}s {cpu:7.3f}s  {size / 1000:5.0f}  {path}")


def _compare(client: TestClient) -> None:
    """Two whole years: the first answer, and until all is compared."""
    began = time.perf_counter()
    client.get("/compare?a=2022&b=2023")
    print(f"two whole years: first answer in {time.perf_counter() - began:.2f} s")
    rows = None
    while "Đã so sánh xong" not in (text := client.get("/compare/progress?a=2022&b=2023").text):
        if rows is None and not re.search(r", 0 dòng", text):
            rows = time.perf_counter() - began
            print(f"first rows after {rows:.1f} s")
        time.sleep(1)
    print(f"all rows after {time.perf_counter() - began:.0f} s")
    began = time.perf_counter()
    client.get("/compare?a=2022&b=2023&status=changed&page=1000")
    print(f"a page of them in {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()

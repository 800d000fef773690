#!/usr/bin/env python3
"""Search over many passages: how fast the index is built, and how long a query takes.

    bench_search.py [--passages N] [--keep FILE]

The passages are the sentences of gold/*.txt over and over, each time with other numbers and names of places, 100 a
document. Times are CPU time on one core (a shared machine's wall clock tells of its other users), with the file in the
system's cache; medians.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from extractor.finding.sentences import sentences
from extractor.search.index import add_items, make_tables
from extractor.search.query import search
from extractor.search.rows import Item
from extractor.store.database import open_database, transaction

ROOT = Path(__file__).resolve().parents[1]
A_DOCUMENT = 100
AT_ONCE = 500
QUERIES = (
    "hộ nghèo Bắc Hà", "ho ngheo bac ha", "hộ nghèo", "duong giao thong nong thon", '"giảm nghèo bền vững"',
    "116/2018/NĐ-CP", "xây dựng nông thôn mới", "tín dụng chính sách xã hội", "chuyển đổi số", "ngheo*", "hạn mặn",
    "dịch tả lợn châu Phi", '"chương trình mục tiêu quốc gia"', "bao hiem y te", "giải ngân vốn đầu tư công",
    "Mù Cang Chải", "tỷ lệ hộ nghèo giảm", "giáo viên", "rung phong ho", "nghị quyết đại hội",
)  # fmt: skip


def made(count: int) -> Iterator[str]:
    """`count` passages."""
    chance = random.Random(6)
    texts = [path.read_text(encoding="utf8") for path in sorted((ROOT / "gold").glob("*.txt"))]
    known = [" ".join(text[a:b].split()) for text in texts for a, b in sentences(text) if b - a > 30]
    names = [
        "Bắc Hà",
        "Mường Khương",
        "Thăng Bình",
        "An Minh",
        "Cư M'gar",
        "Lục Ngạn",
        "Tam Kỳ",
        "Đồng Phú",
        "Yên Thành",
    ]
    for _ in range(count):
        text = re.sub(r"\d+", lambda m: str(chance.randrange(10 ** min(len(m[0]), 6))), chance.choice(known))
        yield text + (f" tại huyện {chance.choice(names)}" if chance.random() < 0.1 else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="leave the database there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "search.sqlite"
        database = open_database(path)
        make_tables(database)
        spent, characters, batch, document = 0.0, 0, [], 0
        for i, text in enumerate(made(options.passages), 1):
            characters += len(text)
            batch.append(text)
            if len(batch) == AT_ONCE * A_DOCUMENT or i == options.passages:
                started = time.process_time()
                with transaction(database):
                    for first in range(0, len(batch), A_DOCUMENT):
                        document += 1
                        database.execute(
                            "INSERT INTO search_documents VALUES"
                            " (?, ?, '', '', ?, ?, ?, ?, 'Báo cáo', NULL, NULL, NULL)",
                            (document, f"{document}.json", f"{document}.pdf", 2015 + document % 10, "Lào Cai", "UBND"),
                        )
                        texts = batch[first : first + A_DOCUMENT]
                        items = [Item(n, "1", 1, 0, len(t), t, t) for n, t in enumerate(texts)]
                        add_items(database, "passages", document, items)
                spent += time.process_time() - started
                batch = []
        rate = options.passages / spent
        print(
            f"{options.passages:,} passages of {characters / options.passages:.0f} characters: {rate:,.0f} a second, "
            f"{path.stat().st_size / 1e6:,.0f} MB"
        )
        times = []
        for query in QUERIES:
            each = []
            for _ in range(3):
                started = time.process_time()
                found = search(database, query)
                each.append(time.process_time() - started)
            times.append(statistics.median(each))
            print(f"{times[-1] * 1000:8.1f} ms  {found.total:8,} found  {query}")
        print(f"median {statistics.median(times) * 1000:.1f} ms, slowest {max(times) * 1000:.1f} ms")
        database.close()


if __name__ == "__main__":
    main()

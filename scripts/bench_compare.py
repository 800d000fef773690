"""How long a store of many figures takes to load and two of its years to compare, and how much memory.

    python scripts/bench_compare.py [--documents 10000] [--figures 100]

The documents are made in memory: half of them of one year, half of the next, of so many communes, with the indicators
of scripts/generate_pairs.toml as indicators of their figures. They are compared by `extractor diff --format json`, as
a user does it: seconds by the clock, CPU seconds of all its processes, memory of the largest of them.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from generate_pairs import INDICATORS, RATES

from extractor.gazetteer import gazetteer
from extractor.linking.catalogue import identify
from extractor.model import Document, Figure, Kind, Page, PlaceName, Report
from extractor.serial import to_bytes
from extractor.store.database import NAME, open_database
from extractor.store.documents import put


def report(number: int, year: int, figures: int, rng: random.Random) -> Report:
    """A report of the commune `number`, which keeps four of five of its wordings from year to year."""
    unit, own = _COMMUNES[number % len(_COMMUNES)], random.Random(number)
    place = PlaceName(unit.name, "commune", unit.code)
    names = [*INDICATORS, *RATES]
    text, found = "", []
    for at in range(figures):
        name, group = names[at % len(names)], at // len(names)
        wordings = INDICATORS[name][1] if name in INDICATORS else RATES[name][1]
        usual = own.choice(wordings)
        wording = usual if rng.random() < 0.8 else rng.choice(wordings)
        before, _, after = wording.replace("{area}", "xã").partition("{v}")
        before = f"Thôn {group}: {before}" if group else before
        value = Decimal(rng.randint(100, 9000))
        unit_words = "%" if name in RATES else after.strip().split(",")[0]
        kind: Kind = "percent" if name in RATES else "household" if unit_words.startswith("hộ") else "other"
        start = len(text) + len(before)
        text += f"{before}{value}{after}.\n"
        found.append(
            Figure(f"f{at + 1}", start, start + len(str(value)), str(value), kind, value, unit=unit_words,
                   indicator=before.strip(), indicator_id=identify(before.strip(), kind), period=str(year), page=1)
        )  # fmt: skip
    document = Document(
        f"d{number}-{year}", f"{year}/{number}.pdf", f"{number}-{year}", "application/pdf", 1, type_code="BC",
        issuer=f"UBND xã {unit.name}", issued_on=f"{year}-12-20", period=str(year), place=place,
    )  # fmt: skip
    return Report(document, text, (Page(1, 0, len(text)),), figures=tuple(found))


_COMMUNES = [u for u in gazetteer().units if u.level == "commune" and u.until is not None]


def jsons(documents: int, figures: int) -> Iterator[tuple[str, bytes]]:
    """The JSONs, two a commune."""
    rng = random.Random(1)
    for number in range(documents // 2):
        for year in (2022, 2023):
            yield f"{year}/{number}.json", to_bytes(report(number, year, figures, rng))


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--figures", type=int, default=100, help="a document")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        database = open_database(path)
        seconds = wall = 0.0
        for name, data in jsons(options.documents, options.figures):
            began, began_wall = time.process_time(), time.perf_counter()
            put(database, name, data)
            seconds, wall = seconds + time.process_time() - began, wall + time.perf_counter() - began_wall
        (figures,) = database.execute("SELECT count(*) FROM figures").fetchone()
        print(f"store: {figures:,} figures of {options.documents:,} documents in {seconds:.1f} s of CPU ({wall:.1f} s)")
        database.execute(
            "INSERT INTO ledger_files (path, source, state, json, json_sha256) "
            "SELECT json, source, 'done', json, json_sha256 FROM documents"
        )  # what no run has done is no part of a store
        database.close()
        for what in ("first diff, claims made and kept", "diff, claims kept"):
            compared(Path(folder), what)
        print(f"size: {path.stat().st_size / 1e6:.0f} MB")


def compared(out: Path, what: str) -> None:
    """Compare the two years and print what that took."""
    command = [
        sys.executable,
        "-c",
        "import sys; from extractor.cli import main; sys.exit(main())",
        "diff",
        f"{out}@2022",
        f"{out}@2023",
    ]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with (out / "rows.json").open("wb") as rows:
        subprocess.run([*command, "--format", "json"], stdout=rows, check=True)
    seconds, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    with (out / "rows.json").open("rb") as rows:
        count = sum(line.startswith(b'{"status') for line in rows)
    print(f"{what}: {count:,} rows in {seconds:.1f} s ({cpu:.1f} s of CPU), {used.ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

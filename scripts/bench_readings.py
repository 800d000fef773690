"""What this version reads differently from the last one that `make bench` was run with, over corpus/.

    python scripts/bench_readings.py [--keep FOLDER]

Reads corpus/ into FOLDER/new (default .bench), prints gains and losses against FOLDER/old, and makes the
new one the old.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from extractor.batch.run import run
from extractor.compare.tool import run_tool_diff

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run, compare, keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--keep", type=Path, default=ROOT / ".bench")
    keep: Path = parser.parse_args().keep
    old, new = keep / "old", keep / "new"
    shutil.rmtree(new, ignore_errors=True)
    run([ROOT / "corpus"], new)
    if old.exists():
        run_tool_diff(str(old), str(new), "table")
        shutil.rmtree(old)
    else:
        print("nothing to compare with yet; kept for the next time")
    new.rename(old)


if __name__ == "__main__":
    main()

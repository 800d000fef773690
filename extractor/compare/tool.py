"""What two versions of the tool, or of its patterns, read differently in the same files: gains and losses.

A change of the tool must never be taken for a change of the world, so this compares readings, not facts.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from extractor import output
from extractor.errors import UsageError
from extractor.store.store import Store, open_uncorrected

_WHAT = {
    "figures": ("exact", "unit", "kind", "indicator", "indicator_id", "direction", "role", "period", "place",
                "place_code", "section", "out_of", "value_to", "amount", "comparator"),
    "citations": ("key", "type", "issuer", "date", "pinpoint", "section"),
    "places": ("name", "level", "code", "district", "province"),
    "sections": ("number", "level", "parent"),
    "findings": ("severity",),
}  # fmt: skip
_TEXT = {"sections": "title", "findings": "message"}
COLUMNS = ("change", "kind", "document", "page", "text", "was", "now")


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that only one version read (`lost`, `gained`), or both `differently`: what it `was` and is `now`."""

    change: Literal["lost", "gained", "differently", "document lost", "document gained"]
    kind: str
    document: str
    page: int | None
    text: str
    was: str
    now: str


def tool_diff(old: Store, new: Store) -> Iterator[Reading]:
    """The readings that differ, document by document. Documents are known by their JSON's name and their bytes."""
    ours, theirs = _documents(old), _documents(new)
    for json in sorted(ours.keys() | theirs.keys()):
        a, b = ours.get(json), theirs.get(json)
        if a is None or b is None:
            gained = a is None
            yield Reading("document gained" if gained else "document lost", "documents", json, None, json, "", "")
        elif a[1] == b[1]:  # the same bytes
            for table in _WHAT:
                yield from _compared(table, json, _items(old, a[0], table), _items(new, b[0], table))


def _documents(store: Store) -> dict[str, tuple[int, str]]:
    return {json: (key, sha256) for key, json, sha256 in store.rows("SELECT id, json, sha256 FROM documents")}


def _items(store: Store, document: int, table: str) -> list[dict[str, Any]]:
    columns = ("start", "page", _TEXT.get(table, "text"), *_WHAT[table])
    rows = store.rows(f"SELECT {', '.join(columns)} FROM {table} WHERE document = ? ORDER BY row", (document,))
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _compared(table: str, json: str, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[Reading]:
    text = _TEXT.get(table, "text")
    for a, b in _paired(old, new, text):
        page = (b or a or {}).get("page")
        if a is None or b is None:
            change: Literal["gained", "lost"] = "gained" if a is None else "lost"
            yield Reading(change, table, json, page, (a or b or {})[text], _said(a, table), _said(b, table))
        elif differing := [k for k in _WHAT[table] if a[k] != b[k]]:
            was, now = ({k: item[k] for k in differing} for item in (a, b))
            yield Reading("differently", table, json, page, a[text], _shown(was), _shown(now))


def _paired(
    old: list[dict[str, Any]], new: list[dict[str, Any]], text: str
) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Items at one place of the text; what is left, of one wording in its order (the text may be laid otherwise)."""

    def by(items: list[dict[str, Any]], *keys: str) -> dict[Hashable, list[dict[str, Any]]]:
        found: dict[Hashable, list[dict[str, Any]]] = defaultdict(list)
        for item in items:
            found[tuple(item[k] for k in keys)].append(item)
        return found

    for keys in (("start", text), (text,)):
        theirs = by(new, *keys)
        left = []
        for item in old:
            same = theirs.get(tuple(item[k] for k in keys))
            if same:
                yield item, same.pop(0)
            else:
                left.append(item)
        old, new = left, [item for items in theirs.values() for item in items]
    yield from ((item, None) for item in old)
    yield from ((None, item) for item in new)


def _said(item: dict[str, Any] | None, table: str) -> str:
    return "" if item is None else _shown({k: item[k] for k in _WHAT[table] if item[k] is not None})


def _shown(values: dict[str, Any]) -> str:
    return ", ".join(f"{key}: {'–' if value is None else value}" for key, value in values.items())


def run_tool_diff(old: str, new: str, format: output.Format) -> int:
    """`extractor diff --tool`: prints what the machine read differently, without what people corrected.

    Raises UsageError where a side names a year.
    """
    if "@" in old or "@" in new:
        raise UsageError("--tool compares whole folders: name them without a year")
    with open_uncorrected(old) as first, open_uncorrected(new) as second:
        readings = list(tool_diff(first, second))
    rows = [asdict(reading) for reading in readings]
    if format == "json":
        sys.stdout.write(output.as_json({"readings": rows}))
    elif format == "csv":
        sys.stdout.write(output.as_csv(rows, COLUMNS))
    else:
        for row in rows:
            row.update({key: " ".join(str(row[key]).split())[:60] for key in ("text", "was", "now")})
        counts = Counter(f"{r.kind} {r.change}" for r in readings)
        shown = output.as_table(rows, COLUMNS) if rows else ""
        sys.stdout.write(shown + (", ".join(f"{k} {n}" for k, n in sorted(counts.items())) or "no difference") + "\n")
    return 0

"""One report's JSON as rows of the store's tables.

The JSON is read with orjson and not as a `Report`: a store of a million figures is made in a minute, not in five.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import orjson

from extractor.grading import grade
from extractor.model import Document, Finding, Page, Reading, Report
from extractor.serial import check_version, from_json

Row = tuple[Any, ...]
_EXACT_DIGITS = 15
"""Every decimal of so many digits survives the way through a double."""


class _NotExactError(Exception):
    pass


def rows_of(data: bytes) -> tuple[Row, dict[str, list[Row]]]:
    """The columns of `documents` behind `json_sha256`, and the rows of each other table without their document.

    Raises `NotAReport` where `data` is not a report of this contract.
    """
    try:
        report = orjson.loads(data)
        check_version(report)
        return _document(report), _tables(report)
    except (orjson.JSONDecodeError, _NotExactError, KeyError, TypeError, AttributeError, IndexError):
        # Rare: a number of more than 15 digits, or no report; then the slow reader names what is wrong.
        report = _as_data(data)
        return _document(report), _tables(report)


def _as_data(data: bytes) -> dict[str, Any]:
    """The report read exactly and checked: numbers as `Decimal`."""
    import dataclasses

    return dataclasses.asdict(from_json(data))


def _document(report: dict[str, Any]) -> Row:
    document = report["document"]
    place = document.get("place") or {}
    return (
        document["id"], document["source"], document["sha256"], document["media_type"], document["page_count"],
        document.get("type"), document.get("type_code"), document.get("number"), document.get("title"),
        document.get("issuer"), document.get("issued_on"), document.get("issued_at"), document.get("signer"),
        document.get("signer_role"), _json(document.get("recipients", ())), document.get("period"), year_of(report),
        place.get("name"), place.get("level"), place.get("code"), _json(report.get("warnings", ())),
        report["schema_version"],
    )  # fmt: skip


def year_of(report: dict[str, Any]) -> int | None:
    """The year that a report is about: of its period (its last one), else of its date."""
    document = report["document"]
    return last_year(document.get("period")) or last_year(document.get("issued_on"))


@lru_cache(maxsize=4096)
def last_year(period: str | None) -> int | None:
    """`2023`, `2023-10`, `2023-Q2` → 2023, `2021-2025` → 2025."""
    if not period:
        return None
    last = period[5:9]
    text = last if len(period) == 9 and last.isdigit() else period[:4]
    return int(text) if text.isdigit() else None


def _tables(report: dict[str, Any]) -> dict[str, list[Row]]:
    heads = {table["id"]: _heads(table) for table in report.get("tables", ())}
    return {
        "texts": [(report["text"],)],
        "grades": [_grade(report)],
        "pages": [
            (p["number"], p["start"], p["end"], p.get("width"), p.get("height"), p.get("source", "text"),
             p.get("confidence", 1.0))
            for p in report.get("pages", ())
        ],
        "sections": [
            (i, s["id"], s["number"], s["title"], s["level"], s.get("parent"), s["start"], s["end"], s.get("page"))
            for i, s in enumerate(report.get("sections", ()))
        ],
        "figures": list(_figures(report, heads)),
        "citations": [
            (i, r["id"], r["start"], r["end"], r["text"], r["key"], r.get("type"), r.get("issuer"), r.get("date"),
             r.get("pinpoint"), r.get("section"), r.get("page"), _json(r.get("boxes", ())), r.get("confidence", 1.0))
            for i, r in enumerate(report.get("references", ()))
        ],
        "places": [
            (i, p["start"], p["end"], p["text"], p["name"], p["level"], p.get("code"), p.get("district"),
             p.get("province"), _json(p.get("current", ())), p.get("score", 1.0), p.get("page"),
             _json(p.get("boxes", ())))
            for i, p in enumerate(report.get("places", ()))
        ],
        "tables": [
            (i, t["id"], t["page"], t.get("caption"), t.get("header_rows", 0), _json(t.get("rows", ())))
            for i, t in enumerate(report.get("tables", ()))
        ],
        "findings": [
            (i, f["rule"], f["severity"], f["message"], _json(f.get("evidence", ())), f.get("start"), f.get("end"),
             f.get("page"))
            for i, f in enumerate(report.get("findings", ()))
        ],
    }  # fmt: skip


def _grade(report: dict[str, Any]) -> Row:
    """The grade and its reasons, from the parts of the report that it depends on."""
    document = report["document"]
    row = grade(
        Report(
            Document(document["id"], document["source"], document["sha256"], document["media_type"], 0),
            report["text"],
            tuple(Page(p["number"], p["start"], p["end"], source=p.get("source", "text"),
                       confidence=float(p.get("confidence", 1.0))) for p in report.get("pages", ())),
            findings=tuple(Finding(f["rule"], f["severity"], f["message"], page=f.get("page"))
                           for f in report.get("findings", ())),
            readings=tuple(Reading(r["start"], r["end"], r["text"], r["first"], r.get("second"), r["reason"],
                                   page=r.get("page")) for r in report.get("readings", ())),
            warnings=tuple(report.get("warnings", ())),
        )
    ).row()  # fmt: skip
    return row["grade"], _json(row["reasons"])


def _figures(report: dict[str, Any], heads: dict[str, list[str]]) -> Iterator[Row]:
    own = _where([place] if (place := report["document"].get("place")) else [])
    for i, f in enumerate(report.get("figures", ())):
        get = f.get
        places, period, cell = get("places"), get("period"), get("table") or _NO_CELL
        column = cell.get("column")
        columns = heads.get(cell["id"], ()) if cell else ()
        yield (
            i, f["id"], f["start"], f["end"], f["text"], f["kind"], float(f["value"]), _exact(f["value"]),
            _float(get("of")), _float(get("value_to")), get("unit", ""), _whole(get("amount")),
            get("comparator"), get("indicator"), get("indicator_id"), get("direction"), get("role"),
            period, last_year(period), *(_where(places) if places else own),
            not places, get("section"), get("page"), _json(boxes) if (boxes := get("boxes")) else "[]",
            get("confidence", 1.0), cell.get("id"), cell.get("row"), column,
            columns[column] if column is not None and column < len(columns) else None,
        )  # fmt: skip


_NO_CELL: dict[str, Any] = {}


def _where(places: Sequence[dict[str, Any]]) -> tuple[str | None, str | None, str | None]:
    """The names of places, their level where they have one, and their codes."""
    levels = {p["level"] for p in places}
    return (
        "; ".join([p["name"] for p in places]) or None,
        levels.pop() if len(levels) == 1 else None,
        " ".join([p.get("code") or "-" for p in places]) or None,
    )


def _heads(table: dict[str, Any]) -> list[str]:
    """The words above each column, from the widest head to the narrowest."""
    rows = table.get("rows", ())[: table.get("header_rows", 0)]
    width = max(map(len, rows), default=0)
    columns: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        for words, cell in zip(columns, row, strict=False):
            text = " ".join(cell.split())
            if text and text not in words:
                words.append(text)
    return [" – ".join(words) for words in columns]


def _exact(value: Any) -> str:
    """The number as it stands in the JSON."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        text = repr(value)
        if len(text) > _EXACT_DIGITS or "e" in text:
            raise _NotExactError
        return text.removesuffix(".0")
    return format(value, "f")  # a Decimal: of `_as_data`


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _whole(value: int | None) -> int | None:
    """SQLite's whole numbers end at 64 bits; an amount beyond them is no real one, and its `exact` number remains."""
    return None if value is None or value.bit_length() > 63 else value


def _json(value: Any) -> str:
    return orjson.dumps(value, default=float).decode()

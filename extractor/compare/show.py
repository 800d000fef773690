"""A comparison on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from extractor import output
from extractor.compare.diff import Summary
from extractor.compare.rows import Row

_LONG = 46


def number(value: float | None, language: str = "vi") -> str:
    """A number as people write it: `1.234,5` in Vietnamese, `1,234.5` in English; no trailing zeros."""
    if value is None:
        return ""
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    if text == "-0":
        text = "0"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def signed(value: float | None, language: str = "vi") -> str:
    """`number` with its sign."""
    return "" if value is None else ("+" if value > 0 else "") + number(value, language)


def terminal(rows: Sequence[Row], summary: Summary) -> str:
    """The rows with two sides as a table, and how many there are of each status."""
    paired = [row for row in rows if row.a and row.b]
    shown = [
        {
            "status": row.status,
            "place": _short(row.place, 20),
            "indicator": _short(row.indicator, _LONG),
            "a": row.a.claim.text if row.a else "",
            "b": row.b.claim.text if row.b else "",
            "change": signed(row.change)
            + (f" ({signed(row.change_percent)}%)" if row.change_percent is not None else ""),
            "sure": f"{row.confidence:.2f}",
            "reason": row.reason.say() if row.reason else "",
        }
        for row in paired
    ]
    columns = ("status", "place", "indicator", "a", "b", "change", "sure", "reason")
    text = output.as_table(shown, columns) if shown else "no figure of one side has a counterpart on the other\n"
    counts = ", ".join(f"{status} {count}" for status, count in summary.status.most_common())
    notes = [f"\n{counts}; told again unchanged {summary.told_again}\n"]
    if summary.alone:
        notes.append(f"without a counterpart: {len(summary.alone)} documents, for instance {summary.alone[0]}\n")
    return text + "".join(notes)


def _short(text: str, length: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"

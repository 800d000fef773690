"""The caption of a table, its unit line, and the way from a mention (`Phụ biểu 3.1`) to the table.

Source of the forms: Nghị định 30/2020/NĐ-CP (annexes: `Phụ lục`, with title and `(Kèm theo …)`), and the habit of state
reports (`Biểu số 1`, `Bảng 1. …`, `ĐVT: triệu đồng` at the right above the table).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.finding.lazy import lazy
from extractor.model import Table
from extractor.pages import LaidTable

MOST_LINES = 6
"""So many lines above a table may belong to its caption."""

LONGEST = 300
"""A longer line above a table is text."""

_LABEL = lazy(
    r"(?i:(?P<word>phụ\s*(?:biểu|lục)|biểu(?:\s+mẫu)?|bảng(?:\s+(?:biểu|kê))?|mẫu(?:\s+biểu)?|danh\s+mục)(?:\s+số)?)\s*[:.]?\s*"
    r"(?P<number>(?:\d{1,3}|[IVX]{1,5}|[A-ZĐ])(?:[.\-/]?(?:\d{1,3}|[a-zA-ZĐđ])(?!\w))*+)?(?!\w)"
)
_UNIT = lazy(
    r"[(\[]?\s*(?i:đơn\s+vị(?:\s+tính)?|đvt|đv\s+tính|đ\.v\.t)\s*(?:[:=]|là(?!\w))?\s*"
    r"(?P<unit>[^()\[\]\n;]{1,60}?)\s*[)\]]?\s*[.;]?\s*$"
)
_ATTACHED = lazy(r"[(\[]?\s*(?i:(?:ban\s+hành\s+)?kèm\s+theo|(?:đính|gửi)\s+kèm|theo\s+(?:công\s+văn|báo\s+cáo))")
_BODY = lazy(r"[-–+*•]\s|(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s|.*[.;:…]\s*$|(?i:nơi\s+nhận|[-–]\s*như\s+trên)")


@dataclass(frozen=True, slots=True)
class Caption:
    """A table's caption: `text` without its unit, `unit` as written, None where the lines above name none."""

    text: str | None = None
    unit: str | None = None


def caption_of(text: str, table: LaidTable, before: int = 0) -> Caption:
    """The caption above the table, from the lines after the offset `before` (the end of the table before it)."""
    end = table.lines[0][0]
    lines = _lines_above(text, before, end)
    found: list[str] = []
    unit: str | None = None
    for near, line in enumerate(lines):
        said = _UNIT.search(line)
        if said is not None and unit is None:
            unit = said["unit"].strip()
            line = line[: said.start()].strip(" ,;.–-")
            if not line:
                continue
        if _ATTACHED.match(line):
            continue
        label = _LABEL.match(line)
        if label is not None and (label["number"] or line.isupper() or near < 2):
            found.append(line)
            above = lines[near + 1] if near + 1 < len(lines) else ""
            if not label["number"] and _LABEL.match(above) is not None and len(above.split()) < 5:
                found.append(above)
            break
        if _BODY.match(line) is not None or len(line) > LONGEST:
            found = found if _titled(found) else []
            break
        found.append(line)
    else:
        found = found[:1]
    if found and _LABEL.match(found[-1]) is None:
        found = found[:1] if _titled(found[:1]) else []
    return Caption(" ".join(reversed(found)) or None, unit)


def unit_line(line: str) -> str | None:
    """The unit that a line ends with: `ĐVT: triệu đồng`."""
    said = _UNIT.search(line)
    return said["unit"].strip() if said is not None else None


def _titled(lines: Sequence[str]) -> bool:
    """Whether lines without a label may be a title: there are words, more than a name has."""
    return bool(lines) and len(lines[0].split()) > 4


def _lines_above(text: str, low: int, end: int) -> list[str]:
    """The last lines before `end`, nearest first."""
    lines: list[str] = []
    stop = end
    while stop > low and len(lines) < MOST_LINES:
        start = max(text.rfind("\n", low, stop - 1) + 1, low)
        line = text[start:stop].strip()
        if line:
            lines.append(line)
        stop = start
    return lines


def label_key(text: str) -> tuple[str, str] | None:
    """The comparable form of a table's label at the start of `text`: `Phụ biểu số 03.1` is ("phụ biểu", "3.1")."""
    match = _LABEL.match(text)
    if match is None or not match["number"]:
        return None
    parts = [part.lstrip("0") or "0" for part in match["number"].lower().replace("-", ".").replace("/", ".").split(".")]
    return " ".join(match["word"].lower().split()[:2]), ".".join(parts)


_ANNEX = frozenset(("phụ biểu", "phụ lục", "biểu", "bảng"))


def table_for(mention: str, tables: Sequence[Table]) -> Table | None:
    """The table whose caption bears the label that `mention` opens with (`Phụ biểu 3.1 kèm theo`): the same words, or
    the same number under another word for an annex where only one table bears it (`Biểu 3.1`)."""
    key = label_key(mention)
    if key is None:
        return None
    labels = [(label_key(table.caption or ""), table) for table in tables]
    same = next((table for label, table in labels if label == key), None)
    if same is not None or key[0] not in _ANNEX:
        return same
    others = [table for label, table in labels if label is not None and label[1] == key[1] and label[0] in _ANNEX]
    return others[0] if len(others) == 1 else None

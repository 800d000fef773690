"""The figures of tables: every numeric cell with its unit, and what it is about, from its row, column and caption."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractor.finding import numbers
from extractor.finding.figures import find_figures
from extractor.finding.lazy import lazy
from extractor.finding.units import Unit
from extractor.layout.table_heads import is_number
from extractor.linking import catalogue
from extractor.linking.captions import Caption, caption_of, unit_line
from extractor.linking.table_cells import CellNumber, habit_of, is_year, read_cell, value_of
from extractor.linking.table_columns import (
    Column,
    about_items,
    about_places,
    bare,
    columns_of,
    filler,
    located_columns,
    period_in,
    planned,
    subject_columns,
)
from extractor.linking.table_units import implied_by, literal, named_by, said_in, unit_of
from extractor.model import Cell, Figure, Kind, Level, Place, PlaceName, Table
from extractor.pages import LaidCell, LaidTable

_RANK: dict[Level, int] = {"commune": 0, "district": 1, "province": 2}
_TOTAL = lazy(
    r"(?i:(?:tổng(?:\s+(?:số|cộng))?|(?:tổng\s+)?cộng|bình\s+quân(?:\s+chung)?)?\s*[,:]?\s*"
    r"(?:(?:toàn|cả)\s+(?:tỉnh|huyện|xã|thành\s+phố|thị\s+xã|quốc|ngành|nước|vùng)|chung)?\s*(?:[(\[:].{0,40})?\W{0,3})"
)
_PART = lazy(r"^(?:[-–+*•]\s?|(?i:trong\s+đó)\s?:?\s?)")


def read_tables(text: str, laid: Sequence[LaidTable]) -> list[tuple[Table, Caption]]:
    """The tables with their captions."""
    found, end = [], 0
    for table in laid:
        caption = caption_of(text, table, end)
        found.append((replace(table.table, caption=caption.text), caption))
        end = table.lines[-1][1]
    return found


def table_figures(
    text: str,
    laid: Sequence[LaidTable],
    *,
    places: Sequence[Place] = (),
    blocked: Sequence[tuple[int, int]] = (),
    period: str | None = None,
    own: PlaceName | None = None,
) -> list[Figure]:
    """The figures of the tables in order, with table, row and column; ids, pages and boxes are not set.

    A cell that is a number is a figure, row numbers, codes and years aside; a minus stays in its value. Cells of words
    are searched as text is. `places`, `blocked`: what was found in `text`, sorted; `period`, `own`: the report's own
    period and area.
    """
    if not laid:
        return []
    found: list[Figure] = []
    habit = numbers.read_habit(text[s:e] for s, e in numbers.numerals(text))
    for table, (read, caption) in zip(laid, read_tables(text, laid), strict=True):
        reader = _Reader(text, table, read, caption)
        reader.link(places, own, period)
        found += reader.figures(habit, blocked)
    return sorted(found, key=lambda f: f.start)


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row is about: `unit` is that of its unit column, `said` one in its
    label, `total`: it sums the others."""

    label: str = ""
    places: tuple[PlaceName, ...] = ()
    unit: Unit | None = None
    said: Unit | None = None
    period: str | None = None
    total: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """A row that rows below may belong to: the lower its rank the higher it stands; `valued`: it has numbers itself."""

    rank: int
    label: str
    valued: bool


class _Reader:
    """Reads one table."""

    def __init__(self, text: str, laid: LaidTable, table: Table, caption: Caption) -> None:
        self.text, self.table, self.caption = text, table, caption
        self.rows: dict[int, list[LaidCell]] = {}
        self.merged: dict[tuple[int, int], str] = {}
        for cell in laid.cells:
            self.rows.setdefault(cell.row, []).append(cell)
            for row in range(cell.row + 1, cell.row + cell.rows):
                self.merged[row, cell.column] = text[cell.start : cell.end]
        self.columns = columns_of(table)
        self.subjects = subject_columns(table, self.columns)
        self.located = located_columns(self.columns, self.subjects)
        self.items = about_items(self.columns, self.subjects)
        self.numbers = self._numbers()
        self.labels = Counter(
            bare(text[cell.start : cell.end]) for cell in laid.cells if cell.column in self.subjects[:1]
        )
        self.unit = _caption_unit(table, caption)
        self.places: dict[int, tuple[PlaceName, ...]] = {}
        self.column_places: dict[int, tuple[PlaceName, ...]] = {}
        self.period: str | None = None
        self.planned = self.placed = False

    def link(self, places: Sequence[Place], own: PlaceName | None, period: str | None) -> None:
        """Say where and when the table holds."""
        self.places = {row: self._places_in(row, self.located, places, own) for row in self.rows}
        self.period = period_in(self.caption.text or "") or period
        self.planned = planned(self.caption.text or "")
        valued = {row for row, _ in self.numbers}
        named = sum(bool(self._places_in(row, self.subjects, places, own)) for row in valued)
        said = about_places(self.columns, self.subjects)
        self._place_columns(places, own)
        self.placed = not self.items and named > 0 and (said or named > 0.5 * len(valued))

    def figures(self, habit: numbers.Habit, blocked: Sequence[tuple[int, int]]) -> list[Figure]:
        """The table's figures. `habit`: how the report prints numbers."""
        habits = self._habits(habit)
        found: list[Figure] = []
        groups: list[_Group] = []
        above = _Row()
        for row in sorted(self.rows):
            if row < self.table.header_rows:
                continue
            above = self._row(row, groups, above)
            for cell in self.rows[row]:
                number = self.numbers.get((row, cell.column))
                if number is not None:
                    figure = self._figure(cell, number, above, habits[cell.column])
                    found += [figure] if figure else []
                elif self.columns[cell.column].kind in ("text", "value"):
                    found += self._inside(cell, above, blocked)
        return found

    def _numbers(self) -> dict[tuple[int, int], CellNumber]:
        """The cells that are figures."""
        found: dict[tuple[int, int], CellNumber] = {}
        for row, cells in self.rows.items():
            for cell in cells if row >= self.table.header_rows else ():
                if self.columns[cell.column].kind not in ("value", "text") or cell.column in self.subjects:
                    continue
                number = read_cell(self.text[cell.start : cell.end])
                if number is not None:
                    found[row, cell.column] = number
        for k, column in enumerate(self.columns):
            mine = [key for key in found if key[1] == k] if column.kind == "text" else []
            if all(is_year(found[key]) for key in mine):
                for key in mine:
                    del found[key]
        return found

    def _habits(self, habit: numbers.Habit) -> dict[int, numbers.Habit]:
        """How each column prints numbers: as its own cells show, else the table's, else the report's."""
        by_column: dict[int, list[CellNumber]] = {}
        for (_, column), number in self.numbers.items():
            by_column.setdefault(column, []).append(number)
        whole = habit_of(self.numbers.values(), habit)
        return {column: habit_of(cells, whole) for column, cells in by_column.items()}

    def _place_columns(self, places: Sequence[Place], own: PlaceName | None) -> None:
        """Take columns whose head is a place for what it counts there."""
        for row in range(self.table.header_rows):
            for cell in self.rows.get(row, ()):
                at = bisect_left(places, cell.start, key=lambda p: p.start)
                if at == len(places) or places[at].end != cell.end:
                    continue
                place = PlaceName(places[at].name, places[at].level, places[at].code)
                head = bare(self.text[cell.start : cell.end])
                for k in range(cell.column, min(cell.column + cell.columns, len(self.columns))):
                    if self.columns[k].kind == "value":
                        self.column_places[k] = (place,) if place != own else ()
                        label = " – ".join(p for p in self.columns[k].label.split(" – ") if p != head)
                        self.columns[k] = replace(self.columns[k], label=label, path=())

    def _places_in(
        self, row: int, columns: Collection[int], places: Sequence[Place], own: PlaceName | None
    ) -> tuple[PlaceName, ...]:
        """The smallest places that the row names in these columns."""
        found: list[Place] = []
        for cell in self.rows[row]:
            if cell.column in columns:
                first = bisect_left(places, cell.start, key=lambda p: p.start)
                last = bisect_left(places, cell.end, key=lambda p: p.start)
                found += places[first:last]
        if not found:
            return ()
        low = min(_RANK[p.level] for p in found)
        named = dict.fromkeys(PlaceName(p.name, p.level, p.code) for p in found if _RANK[p.level] == low)
        return tuple(name for name in named if name != own)

    def _row(self, row: int, groups: list[_Group], above: _Row) -> _Row:
        """What the row is about; `groups` are the rows above that it may belong to, the outer ones first."""
        cells: dict[int, str] = {}
        for cell in self.rows[row]:
            cells[cell.column] = f"{cells.get(cell.column, '')} {self.text[cell.start : cell.end]}".strip()
        valued = any((row, k) in self.numbers for k in cells)
        label = " ".join(filter(None, (cells.get(k) or self.merged.get((row, k)) for k in self.subjects)))
        if not label:
            words = (t for k, t in cells.items() if self.columns[k].kind in ("text", "value") and not is_number(t))
            label = next(words, "")
        ordinal = next((cells[k] for k, c in enumerate(self.columns) if c.kind == "count" and k in cells), "")
        rank = _rank(ordinal, label, valued)
        while groups and groups[-1].rank >= rank:
            groups.pop()
        group = groups[-1] if groups else None
        total = bool(label) and _TOTAL.fullmatch(label) is not None
        groups.append(_Group(rank, _PART.sub("", bare(label), 1), valued))
        period = period_in(label) if filler(label) else None
        name = "" if period else _PART.sub("", bare(label), 1).strip(" :")
        short = self.items and group is not None and not group.valued and self._unclear(name)
        if group and group.label and name and (rank >= _DASH or short):
            name = f"{group.label} – {name}"
        unit, said = self._row_unit(cells, above), said_in(label) if self.items else None
        return _Row(name, () if total else self.places[row], unit, said, period, total)

    def _unclear(self, name: str) -> bool:
        """Whether a row's label needs the heading above it: it is short, or stands in the table again."""
        return len(name.split()) < 3 or self.labels[name] > 1

    def _row_unit(self, cells: dict[int, str], above: _Row) -> Unit | None:
        """The unit in the row's unit column; a ditto mark repeats the one above."""
        words = next((cells[k] for k, c in enumerate(self.columns) if c.kind == "unit" and k in cells), None)
        if words is None:
            return None
        if words.strip(' "”“') in ("", "nt", "-nt-", "-", "–"):
            return above.unit if words.strip(" -–") else None
        return unit_of(words) or literal(words)

    def _unit(self, number: CellNumber, column: Column, row: _Row) -> Unit | None:
        """The cell's unit, by what stands nearest: in the cell, its row, its head, the caption."""
        label = row.label.rpartition(" – ")[2] if self.items and not column.label else ""
        percent = next((u for u in (column.said, column.implied) if u is not None and u.kind == "percent"), None)
        choices = (
            number.unit,
            percent,
            row.unit,
            row.said,
            column.said,
            implied_by(label) if label else None,
            column.implied,
            self.unit,
            named_by(label) if label else None,
            next((u for part in reversed(column.path) if (u := named_by(bare(part))) is not None), None),
        )
        return next((unit for unit in choices if unit is not None), None)

    def _figure(self, cell: LaidCell, number: CellNumber, row: _Row, habit: numbers.Habit) -> Figure | None:
        column_at = cell.column
        column = self.columns[column_at]
        unit = self._unit(number, column, row)
        read = value_of(number, unit, habit)
        if read is None:
            return None
        value, of, to, sure = read
        start, end = cell.start + number.start, cell.start + number.end
        amount = value * unit.amounts if unit is not None and unit.kind == "money" and unit.amounts else None
        direction = column.direction
        if column.by_sign and value:
            direction = "decrease" if value < 0 else "increase"
        indicator = self._indicator(row, column)
        kind = unit.kind if unit is not None else "other"
        compared = self.items and any(u is not None and u.kind == "percent" for u in (column.said, column.implied))
        return Figure(
            id="",
            start=start,
            end=end,
            text=self.text[start:end],
            kind=kind,
            value=value,
            of=of,
            value_to=to,
            unit=unit.name if unit is not None else "",
            amount=int(amount) if amount is not None and amount == amount.to_integral_value() else None,
            comparator=number.comparator,
            indicator=indicator,
            indicator_id=None if compared else _known(indicator, kind, direction is not None),
            direction=direction,
            role=self._role(column),
            period=self._when(row, column),
            places=self._where(row, column_at),
            confidence=round(sure * (0.95 if unit is not None else 0.8), 3),
            table=Cell(self.table.id, cell.row, cell.column),
        )

    def _indicator(self, row: _Row, column: Column) -> str | None:
        """What is counted: the column's head where the rows are places, else the row with what its column adds."""
        if row.total or (self.placed and row.places):
            return column.label or self.caption.text
        head = column.label or ("" if self.items or not column.path else bare(column.path[-1]))
        return " – ".join(part for part in (row.label, head) if part) or self.caption.text

    def _where(self, row: _Row, column: int) -> tuple[PlaceName, ...]:
        return row.places or self.column_places.get(column, ())

    def _role(self, column: Column) -> Literal["plan", "estimate"] | None:
        if column.role is not None or column.done or not self.planned:
            return column.role
        return "plan"

    def _when(self, row: _Row, column: Column) -> str | None:
        period = column.period or row.period
        if period or column.opening:
            return period
        if column.earlier and self.period and self.period[:4].isdigit() and len(self.period) != 9:
            return str(int(self.period[:4]) - 1) + self.period[4:]
        if self._role(column) == "plan" and self.period and len(self.period) == 7 and self.period[4] == "-":
            return self.period[:4]
        return self.period

    def _inside(self, cell: LaidCell, row: _Row, blocked: Sequence[tuple[int, int]]) -> list[Figure]:
        """The figures in a cell of words."""
        words = self.text[cell.start : cell.end]
        if not any(map(str.isdigit, words)):
            return []
        first = bisect_left(blocked, (cell.start, 0))
        last = bisect_left(blocked, (cell.end, 0))
        own = [(s - cell.start, e - cell.start) for s, e in blocked[max(0, first - 1) : last] if e > cell.start]
        column = self.columns[cell.column]
        return [
            replace(
                figure,
                start=figure.start + cell.start,
                end=figure.end + cell.start,
                indicator=self._indicator(row, column),
                role=self._role(column),
                period=self._when(row, column),
                places=self._where(row, cell.column),
                table=Cell(self.table.id, cell.row, cell.column),
            )
            for figure in find_figures(words, own)
        ]


def _known(indicator: str | None, kind: Kind, changed: bool) -> str | None:
    """The id of a known indicator; `Hộ nghèo – Tỷ lệ` is read as `Tỷ lệ hộ nghèo`, too."""
    if not indicator:
        return None
    turned = " ".join(reversed(indicator.split(" – ")))
    return catalogue.identify(turned, kind, changed) or catalogue.identify(indicator, kind, changed)


def _caption_unit(table: Table, caption: Caption) -> Unit | None:
    """The unit above the table, or in a head that stands across it."""
    across = (next(filter(None, row)) for row in table.rows[: table.header_rows] if len({t for t in row if t}) == 1)
    words = next(filter(None, (caption.unit, *map(unit_line, across))), None)
    return unit_of(words) if words else None


_DASH = 70


def _rank(ordinal: str, label: str, valued: bool) -> int:
    """How deep a row stands, by its number: A, I, 1, 1.1, a, -, +; totals highest."""
    ordinal = ordinal.strip(" .)(")
    if not ordinal:
        if label[:1] in "-–—*•":
            return _DASH
        if label[:1] == "+":
            return _DASH + 10
        if _PART.match(label) is not None:
            return _DASH
        return 0 if label and _TOTAL.fullmatch(label) else 50 if valued else 25
    if ordinal in "-–*•":
        return _DASH
    if ordinal == "+":
        return _DASH + 10
    if ordinal[0].isdigit():
        return 30 + 5 * min(ordinal.count("."), 3)
    if ordinal[0].islower():
        return 60
    return 20 if set(ordinal) <= set("IVX") else 10

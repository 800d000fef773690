"""Tables checked against themselves: totals rows, totals columns, percentages; relations are taken from the rows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samples import sample

from extractor.auditing import audit
from extractor.model import Cell, Figure, Finding, Report, Table

HEAD = ("TT", "Xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Tỷ lệ (%)")
ROWS = [
    ("1", "Tân Lập", "1.000", "120", "80", "12,0"),
    ("2", "Phú Thịnh", "2.000", "180", "150", "9,0"),
    ("3", "Minh Sơn", "1.500", "150", "90", "10,0"),
    ("4", "Yên Định", "800", "40", "60", "5,0"),
    ("", "Tổng cộng", "5.300", "490", "380", "9,2"),
]


def report(rows: list[tuple[str, ...]]) -> Report:
    """A report with one table, every numeric cell a figure."""
    text, figures = "", []
    for r, row in enumerate(rows, 1):
        for c, cell in enumerate(row):
            if c > 1 and cell:
                percent = c == 5
                value = Decimal(cell.replace(".", "").replace(",", "."))
                kind, unit = ("percent", "%") if percent else ("household", "hộ")
                figure = Figure(
                    f"f{len(figures) + 1}", len(text), len(text) + len(cell), cell, "other", value, unit=unit
                )
                figures.append(replace(figure, kind=kind, table=Cell("t1", r, c)))  # type: ignore[arg-type]
            text += cell + "\t"
        text += "\n"
    table = Table("t1", 1, header_rows=1, rows=(HEAD, *rows))
    return replace(sample(), text=text, figures=tuple(figures), references=(), places=(), sections=(), tables=(table,))


def changed(row: int, column: int, value: str) -> list[tuple[str, ...]]:
    """The rows with one cell changed."""
    rows = [list(r) for r in ROWS]
    rows[row][column] = value
    return [tuple(r) for r in rows]


def rules(found: tuple[list[Finding], object]) -> set[str]:
    """The rules of the findings."""
    return {f.rule for f in found[0]}


def test_a_sound_table_is_left_alone_and_counted() -> None:
    findings, coverage = audit(report(ROWS))
    assert findings == []
    assert coverage.checked == coverage.figures == 20


def test_a_wrong_total_is_found_by_its_column() -> None:
    findings, _ = audit(report(changed(4, 4, "390")))
    assert [(f.rule, f.message) for f in findings] == [("table_total", "the column makes 380, the total says 390")]
    assert len(findings[0].evidence) == 5


def test_a_wrong_cell_is_found_by_its_column_and_its_share() -> None:
    assert rules(audit(report(changed(1, 3, "810")))) == {"table_total", "table_percent"}


def test_a_wrong_percentage_is_found_by_its_row() -> None:
    findings, _ = audit(report(changed(2, 5, "11,0")))
    assert [(f.rule, f.message) for f in findings] == [("table_percent", "150 of 1.500 = 10,00 %, the row says 11,0")]


def test_percentages_are_not_added_up() -> None:
    assert audit(report(changed(4, 5, "9,2")))[0] == []


def test_groups_are_added_up_and_not_their_members() -> None:
    rows = [
        ("I", "Vùng thấp", "3.000", "300", "230", "10,0"),
        ("1", "Tân Lập", "1.000", "120", "80", "12,0"),
        ("2", "Phú Thịnh", "2.000", "180", "150", "9,0"),
        ("II", "Vùng cao", "2.300", "190", "150", "8,3"),
        ("1", "Minh Sơn", "1.500", "150", "90", "10,0"),
        ("2", "Yên Định", "800", "40", "60", "5,0"),
        ("", "Tổng cộng", "5.300", "490", "380", "9,2"),
    ]
    assert audit(report(rows))[0] == []


def test_a_blank_cell_is_nothing_and_a_total_without_label_is_none() -> None:
    assert audit(report([*ROWS[:4], ("5", "Ia Mơ", "9.000", "5", "", "0,1")]))[0] == []


def stated(*places: tuple[str, str | None]) -> set[str]:
    """The rules found where the same indicator is stated as 12,5 % and as 13,5 %, each in a (section, table)."""
    figures = []
    text = "Tỷ lệ hộ nghèo 12,5%.\nTỷ lệ hộ nghèo 13,5%.\n"
    for number, ((section, table), surface) in enumerate(zip(places, ("12,5%", "13,5%"), strict=True)):
        at = text.index(surface)
        value = Decimal(surface[:-1].replace(",", "."))
        figure = Figure(f"f{number}", at, at + len(surface), surface, "percent", value, unit="%", section=section)
        said = replace(figure, indicator="tỷ lệ hộ nghèo", indicator_id="poverty_rate", period="2023")
        figures.append(replace(said, table=Cell(table, 1, number) if table else None))
    made = replace(sample(), text=text, figures=tuple(figures), references=(), places=(), sections=(), tables=())
    return rules(audit(made))


def test_an_indicator_stated_twice_is_compared_over_sections_and_with_tables() -> None:
    assert stated(("s1", None), ("s2", None)) == {"stated_twice"}
    assert stated(("s1", None), ("s1", "t1")) == {"stated_twice"}


def test_one_passage_or_two_cells_may_say_two_things() -> None:
    assert stated(("s1", None), ("s1", None)) == set()
    assert stated(("s1", "t1"), ("s1", "t1")) == set()

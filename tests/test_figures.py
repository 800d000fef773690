"""Figures, through `find_figures`: sentences of every sector with what must be found in them, and nothing else."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import patterns
from extractor.finding.dates import find_dates
from extractor.finding.figures import check_refusals, check_surfaces, find_figures
from extractor.finding.references import find_references
from extractor.model import Figure

HERE = Path(__file__).parent
TABLES = ("figures_table.txt", "figures_hard.txt", "figures_guards.txt", "figures_classes.txt", "figures_lists.txt")
MARK = re.compile(r"⟦([^¦⟧]*)¦([^¦⟧]*)¦([^⟧]*)⟧")


def rows(name: str) -> list[str]:
    """The sentences of a table file; `#` opens a heading."""
    lines = (HERE / name).read_text(encoding="utf8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_row(row: str) -> tuple[str, list[tuple[int, str, str]]]:
    """A sentence without its marks (`⏎`: a line break), and the expected (start, value, unit) of each figure."""
    row = row.replace("⏎", "\n")
    text, expected, last = "", [], 0
    for mark in MARK.finditer(row):
        text += row[last : mark.start()]
        expected.append((len(text), mark[2], mark[3]))
        text += mark[1]
        last = mark.end()
    return text + row[last:], expected


def find(text: str) -> list[Figure]:
    """Figures as the pipeline finds them: outside dates and references."""
    dates = find_dates(text)
    taken = [(d.start, d.end) for d in dates] + [(r.start, r.end) for r in find_references(text, dates)]
    return find_figures(text, sorted(taken))


def shown(figure: Figure) -> tuple[int, str, str]:
    value = f"{figure.value.normalize():f}" + (f"/{figure.of.normalize():f}" if figure.of is not None else "")
    return figure.start, value, figure.unit


def same(expected: tuple[int, str, str], found: tuple[int, str, str]) -> bool:
    """Equal, but that a counted noun may carry more or fewer of its own words (`ca` / `ca mắc`)."""
    if expected[:2] != found[:2]:
        return False
    a, b = expected[2], found[2]
    return a == b or a.startswith(b + " ") or b.startswith(a + " ")


@pytest.mark.parametrize("row", [r for name in TABLES for r in rows(name)])
def test_sentence(row: str) -> None:
    text, expected = read_row(row)
    found = [shown(f) for f in find(text)]
    assert len(found) == len(expected), (expected, found)
    assert all(same(e, f) for e, f in zip(expected, found, strict=True)), (expected, found)


@pytest.mark.parametrize(
    ("text", "kind", "unit", "value", "amount"),
    [
        ("Giải ngân 825 tỷ 776 triệu đồng.", "money", "tỷ đồng", "825.776", 825_776_000_000),
        ("Giải ngân 1.184,300 tỷ đồng.", "money", "tỷ đồng", "1184.300", 1_184_300_000_000),
        ("Dư nợ 1,2 triệu tỷ đồng.", "money", "triệu tỷ đồng", "1.2", 1_200_000_000_000_000),
        ("Chi 3 tỷ 250 triệu 500 nghìn đồng.", "money", "tỷ đồng", "3.2505", 3_250_500_000),
        ("Thu nhập 25 triệu/người/năm.", "money", "triệu đồng/người/năm", "25", 25_000_000),
        ("Phạt 500.000đ.", "money", "đồng", "500000", 500_000),
        ("Xuất khẩu 360 triệu USD.", "money", "triệu USD", "360", None),
        ("Còn 630 hộ nghèo.", "household", "hộ", "630", None),
        ("Cho 2.310 lượt hộ vay.", "household", "lượt hộ", "2310", None),
        ("Tăng 2,3 điểm phần trăm.", "percent", "điểm %", "2.3", None),
        ("Mức giảm sinh 0,2‰.", "percent", "‰", "0.2", None),
        ("Đạt 5,8 tiêu chí/xã.", "criteria", "tiêu chí/xã", "5.8", None),
        ("Tăng 1.6 chỉ tiêu/ 01 xã.", "criteria", "chỉ tiêu/xã", "1.6", None),
        ("Có 452 nhóm/lớp.", "other", "nhóm/lớp", "452", None),
        ("Chăn nuôi 3,5 triệu con.", "other", "triệu con", "3.5", None),
    ],
)
def test_kind_unit_and_amount(text: str, kind: str, unit: str, value: str, amount: int | None) -> None:
    (figure,) = find(text)
    assert (figure.kind, figure.unit, figure.value, figure.amount) == (kind, unit, Decimal(value), amount)


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("Trên 40 xã bị ngập.", ">"),
        ("Giảm trên 10% số hộ.", ">"),
        ("Có hơn 150.000 nhà bị ngập.", ">"),
        ("Cao hơn 2% so với năm trước.", None),
        ("Đạt ít nhất 15 tiêu chí.", ">="),
        ("Giảm tối thiểu 30,5%.", ">="),
        ("Có tỷ lệ hộ nghèo từ 40% trở lên.", ">="),
        ("Tỷ lệ đạt ≥ 95%.", ">="),
        ("Nợ xấu dưới 1%.", "<"),
        ("Không quá 500.000 đồng/người.", "<="),
        ("Vay tối đa 100 triệu đồng.", "<="),
        ("Đạt 20 tiêu chí trở xuống.", "<="),
        ("Khoảng 180 tỷ đồng.", "~"),
        ("Chi khoảng180 tỷ đồng.", "~"),
        ("Sơ tán gần 20.000 hộ.", "~"),
        ("Có 12 xã trên địa bàn.", None),
    ],
)
def test_comparator_stays_outside_the_surface(text: str, comparator: str | None) -> None:
    (figure,) = find(text)
    assert figure.comparator == comparator
    assert figure.text[0].isdigit()


def test_surface_is_the_text_at_its_span() -> None:
    text = "Giao 13/19 tiêu chí,\xa0chi 1.250\xa0triệu\xa0đồng, đạt 87,5 %."
    assert [f.text for f in find(text)] == ["13/19 tiêu chí", "1.250\xa0triệu\xa0đồng", "87,5 %"]
    assert all(text[f.start : f.end] == f.text for f in find(text))


def test_nothing_stands_in_blocked_spans() -> None:
    text = "Có 12 xã và 15 thôn."
    assert [f.text for f in find_figures(text, [(3, 8)])] == ["15 thôn"]


def test_a_line_break_ends_a_figure_where_the_next_line_stands_for_itself() -> None:
    assert find("Tổng số: 12\nXã Bình Minh dẫn đầu.") == []
    assert [f.text for f in find("Giải quyết cho 145\nlao động.")] == ["145\nlao động"]


def test_doubtful_readings_say_so() -> None:
    mixed = "Diện tích 83.06 ha, 0.95 ha, 8,33 km, 7,5 km và 1.250 ha."
    assert [f.confidence < 1 for f in find(mixed)] == [False, False, False, False, True]
    (unknown,) = find("Phục dựng 2 nghi lễ.")
    assert unknown.confidence < 1


@pytest.mark.parametrize("name", ["units", "not_figures"])
def test_the_patterns_find_their_own_examples(name: str) -> None:
    check = check_surfaces if name == "units" else check_refusals
    for entries in patterns.load(name).values():
        for entry in entries if isinstance(entries, list) else []:
            for marked in [*entry.get("examples", ()), *entry.get("counter_examples", ())]:
                found = check(entry, re.sub("[⟦⟧]", "", marked))
                assert found == re.findall("⟦(.*?)⟧", marked), (entry["name"], marked)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1" * 200_000, []),
        ("1." * 50_000, []),
        ("1/" * 50_000, []),
        ("(" * 100_000 + "12 hộ", ["12 hộ"]),
        ("12 " * 20_000, []),
        ("Có 12 hộ, " * 5_000, ["12 hộ"] * 5_000),
        ("xã A: 12; " * 5_000, []),
        (" " * 200_000 + "12" + " " * 200_000 + "hộ", ["12 hộ"]),
        ("12/19 " * 10_000, []),
        ("1-" * 20_000 + "5%", ["1", "5%"]),
        ("xã, " * 50_000, []),
        ("12 xã" + ", xã" * 5_000, ["12 xã" + ", xã" * 30]),
        ("5 triệu" + " tỷ" * 50_000, ["5 triệu tỷ"]),
        ("5 đồng" + "/người" * 50_000, ["5 đồng" + "/người" * 4]),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_endless_rows_of_one_thing(text: str, found: list[str]) -> None:
    assert [" ".join(f.text.split()) for f in find_figures(text)] == found


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789.,/-–% \n()xãhộđồngtriệuTiêu", max_size=80))
def test_any_text_gives_ordered_disjoint_figures(text: str) -> None:
    figures = find_figures(text)
    assert all(text[f.start : f.end] == f.text for f in figures)
    assert all(a.end <= b.start for a, b in itertools.pairwise(figures))

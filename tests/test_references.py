"""References: the marked sentences of references_table.py, offsets, order, time, and the stand-alone call."""

import re
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.finding.dates import find_dates
from extractor.finding.references import find_references, get_references
from tests.references_table import TABLES

ROWS = [pytest.param(row, id=f"{name}{i}") for name, rows in TABLES.items() for i, row in enumerate(rows)]
MARK = re.compile(r"⟦(.*?)⟧", re.DOTALL)


def expected(row):
    """The plain text of a marked row, and for each mark (start, surface, key, attributes)."""
    text, wanted, done = "", [], 0
    for mark in MARK.finditer(row):
        text += row[done : mark.start()]
        surface, key, *attributes = [part.strip(" ") for part in mark[1].split("¦")]
        wanted.append((len(text), surface, key, dict(a.split("=", 1) for a in attributes)))
        text += surface
        done = mark.end()
    return text + row[done:], wanted


@pytest.mark.parametrize("row", ROWS)
def test_marked_sentence(row):
    text, wanted = expected(row)
    found = find_references(text)
    assert [(r.start, r.text, r.key) for r in found] == [w[:3] for w in wanted]
    for reference, (_, _, _, attributes) in zip(found, wanted, strict=True):
        assert reference.date == attributes.pop("date", None)
        for name, value in attributes.items():
            assert str(getattr(reference, name)) == value, name


@pytest.mark.parametrize("row", ROWS)
def test_dates_given_or_not(row):
    text, _ = expected(row)
    assert find_references(text, find_dates(text)) == find_references(text)


def test_get_references_numbers_them():
    found = get_references("Nghị định số 1/2020/NĐ-CP; Nghị định số 2/2020/NĐ-CP")
    assert [(r.id, r.key) for r in found] == [("r1", "1/2020/NĐ-CP"), ("r2", "2/2020/NĐ-CP")]


def test_doubtful_references_say_so():
    certain, bare = get_references("Nghị quyết số 9/NQ-CP; Nghị quyết 18,")
    assert certain.confidence == 1.0
    assert bare.confidence < 1.0


PIECES = st.sampled_from(
    "Nghị định|số|12/2020/NĐ-CP|20-NQ/TU|ngày 3/4/2021|của|UBND tỉnh|Luật|Đất đai|năm 2013|, |và|;|"
    "\n|Điều 5|khoản 2|/|-|"
    "QĐ|UBND|5/12|%|(|)|số 7|Số:|sửa đổi, bổ sung một số điều của|Hiến pháp|TTLT / BTC-BNV|Quyết định 15".split("|")
)


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_spans_are_ordered_and_true(text):
    found = find_references(text)
    assert all(text[r.start : r.end] == r.text and r.text.strip() == r.text for r in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(" " not in r.key for r in found if "/" in r.key)


@given(st.text(alphabet="/-0123456789AĐCPNQTUKH lớsốLuậtĐ\n,.()", max_size=200))
def test_any_text_is_read(text):
    assert all(text[r.start : r.end] == r.text for r in find_references(text))


@pytest.mark.parametrize(
    "unit", ["/A", "12/", "1-", "Điều 1 ", "số ", "1", "(", "Luật sửa đổi một số điều của "]
)
def test_what_never_becomes_a_reference_is_read_to_its_end(unit):
    assert get_references(unit * 10_000) == []
    assert [r.key for r in get_references(unit * 10_000 + "\nQuyết định 5/QĐ-UBND")] == ["5/QĐ-UBND"]


@pytest.mark.parametrize("unit", ["Luật A ", "12/KH-UBND, ", "12/KH-UBND của "])
def test_a_line_of_references_without_end(unit):
    assert [r.text for r in get_references(unit * 5_000)] == [unit.removesuffix("của ").strip(" ,")] * 5_000


def test_import_is_light():
    heavy = ("regex", "spacy", "underthesea", "lxml")
    code = f"import sys; import extractor.finding.references; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_place_is_no_type_of_document_that_lost_its_diacritics():
    assert not find_references("ỦY BAN NHÂN DÂN\nHUYỆN VĂN BÀN\nSố: 12/BC-UBND\nVăn Bàn, ngày 20 tháng 12 năm 2023\n")
    (found,) = find_references("theo Nghi quyêt số 12/NQ-HĐND của HĐND huyện")
    assert (found.text, found.type) == ("Nghi quyêt số 12/NQ-HĐND", "Nghị quyết")

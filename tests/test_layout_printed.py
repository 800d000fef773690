"""Layout of pages with geometry: order of reading, wraps seen by the room left, furniture, footnotes, the map back."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.layout import lay_out
from extractor.model import Document, Report
from extractor.pages import LaidText, SourcePage
from extractor.reading import open_source
from extractor.reading.text import text_pages
from extractor.word_boxes import WordBoxes, encoded

DOCUMENT = Document("d1", "a.pdf", "0" * 64, "application/pdf", 2)
LEFT, RIGHT, WIDE = 85.0, 538.0, 595.0
Piece = tuple[float, float, float, str]  # x, top, font size, words; a letter is half an em wide


def width(text: str, size: float) -> float:
    """How wide the typesetter of these tests sets `text`."""
    return 0.5 * size * len(text)


def page(number: int, pieces: Sequence[Piece]) -> SourcePage:
    """A page of words set where the pieces say, in their order. `^1` behind a word is a raised mark of its own box."""
    words: list[str] = []
    boxes, sizes = array("f"), array("f")

    def put(word: str, x: float, top: float, size: float) -> float:
        words.append(word)
        boxes.extend((x, top, x + width(word, size), top + 1.2 * size))
        sizes.append(size)
        return x + width(word, size)

    for x, top, size, text in pieces:
        for word in text.split():
            plain, mark, rest = re.fullmatch(r"([^^]*)(?:\^(\d))?(.*)", word).groups()  # type: ignore[union-attr]
            if plain:
                x = put(plain, x, top, size)
            if mark:
                x = put(mark, x, top - 1, 0.6 * size)
            if rest:
                x = put(rest, x, top, size)
            x += 0.5 * size
    return SourcePage(number, WIDE, 842.0, tuple(words), boxes, sizes)


def wrapped(
    top: float, text: str, size: float = 14, indent: float = 36, left: float = LEFT, right: float = RIGHT
) -> list[Piece]:
    """A paragraph set ragged between the margins, its first line indented."""
    pieces: list[Piece] = []
    line, x = "", left + indent
    for word in text.split():
        longer = f"{line} {word}".strip()
        if x + width(longer.replace("^", ""), size) > right:
            pieces.append((x, top, size, line))
            line, x, top = word, left, top + 1.4 * size
        else:
            line = longer
    return [*pieces, (x, top, size, line)]


def below(pieces: Sequence[Piece]) -> float:
    """The top of the line under the pieces."""
    return pieces[-1][1] + 1.4 * pieces[-1][2] + 4


def stack(top: float, paragraphs: Sequence[str]) -> list[Piece]:
    """Paragraphs one under the other."""
    pieces: list[Piece] = []
    for text in paragraphs:
        pieces += wrapped(top, text)
        top = below(pieces)
    return pieces


def centred(top: float, text: str, size: float = 14) -> Piece:
    return ((LEFT + RIGHT - width(text, size)) / 2, top, size, text)


BODY = [
    "Thực hiện chương trình giảm nghèo bền vững trên địa bàn tỉnh, các cấp, các ngành đã tập trung chỉ đạo và triển"
    " khai đồng bộ nhiều giải pháp; huy động được sự tham gia của cả hệ thống chính trị và của người dân.",
    "I. KẾT QUẢ THỰC HIỆN",
    "1. Công tác chỉ đạo",
    "- Ủy ban nhân dân tỉnh đã ban hành Kế hoạch số 55/KH-UBND ngày 12/3/2023 và giao nhiệm vụ cho từng sở, ngành, địa"
    " phương với thời hạn hoàn thành cụ thể.",
    "Đến nay toàn tỉnh còn 12.500 hộ nghèo.",
]


def text_of(*pages: SourcePage) -> LaidText:
    return lay_out(pages)


def test_wrapped_lines_are_joined_and_paragraphs_kept() -> None:
    assert text_of(page(1, stack(100, BODY))).text.split("\n") == BODY


def test_paragraph_goes_on_over_the_page() -> None:
    pieces = stack(100, BODY[:1])
    first, second = pieces[:2], pieces[2:]
    result = text_of(page(1, first), page(2, [*second, *stack(below(second), BODY[1:])]))
    assert result.text.split("\n") == BODY
    assert [p.number for p in result.pages] == [1, 2]
    assert result.page_at(5) == 1
    assert result.page_at(len(result.text) - 1) == 2
    assert result.text[result.pages[1].start :].startswith(second[0][3])


def test_boxes_lead_back_to_the_words() -> None:
    result = text_of(page(1, stack(100, BODY)))
    start = result.text.index("12.500 hộ")
    (box,) = result.boxes(start, start + len("12.500 hộ"))
    x = LEFT + 36 + width("Đến nay toàn tỉnh còn ", 14)
    assert box[0] == pytest.approx(x, abs=0.2)
    assert box[2] == pytest.approx(x + width("12.500 hộ", 14), abs=0.2)
    assert len(result.boxes(0, len(BODY[0]))) == len(wrapped(100, BODY[0]))


def test_letterhead_is_read_column_by_column() -> None:
    head: list[Piece] = [
        (100, 60, 13, "UBND TỈNH BÌNH AN"), (300, 60, 13, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (110, 78, 13, "SỞ NÔNG NGHIỆP"), (340, 78, 13, "Độc lập - Tự do - Hạnh phúc"),
        (115, 104, 13, "Số: 145/BC-SNN"), (320, 104, 13, "Bình An, ngày 12 tháng 6 năm 2024"),
        centred(150, "BÁO CÁO"), centred(170, "Kết quả thực hiện chương trình giảm nghèo"),
        centred(190, "năm 2023 của tỉnh Bình An"),
    ]
    assert text_of(page(1, [*head, *stack(230, BODY)])).text.split("\n") == [
        "UBND TỈNH BÌNH AN", "SỞ NÔNG NGHIỆP", "Số: 145/BC-SNN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Bình An, ngày 12 tháng 6 năm 2024",
        "BÁO CÁO", "Kết quả thực hiện chương trình giảm nghèo năm 2023 của tỉnh Bình An", *BODY,
    ]


def test_signature_block_is_read_column_by_column() -> None:
    end: list[Piece] = [
        (85, 400, 12, "Nơi nhận:"), (330, 400, 13, "TM. ỦY BAN NHÂN DÂN"),
        (85, 415, 11, "- Thường trực Tỉnh ủy;"), (360, 418, 13, "KT. CHỦ TỊCH"),
        (85, 428, 11, "- Các sở, ban, ngành"), (350, 436, 13, "PHÓ CHỦ TỊCH"),
        (85, 441, 11, "thuộc tỉnh;"), (85, 454, 11, "- Lưu: VT."), (345, 500, 13, "Trần Văn Bình"),
    ]
    assert text_of(page(1, [*stack(100, BODY), *end])).text.split("\n") == [
        *BODY, "Nơi nhận:", "- Thường trực Tỉnh ủy;", "- Các sở, ban, ngành thuộc tỉnh;", "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bình",
    ]


def test_body_columns_are_read_one_after_the_other() -> None:
    left = [p for i in range(3) for p in wrapped(100 + 90 * i, BODY[3], 11, 0, 60, 280)]
    right = [p for i in range(3) for p in wrapped(100 + 90 * i, BODY[0], 11, 0, 315, 535)]
    assert text_of(page(1, [*left, *right])).text.split("\n") == [BODY[3]] * 3 + [BODY[0]] * 3


def test_tables_are_read_row_by_row_with_tabs_between_cells() -> None:
    rows = [("TT", "Huyện", "Kế hoạch", "Đạt"), ("1", "Tân Phú", "1.200", "900"), ("2", "Long Hải", "2.300", "1.100")]
    edges = (90.0, 130.0, 260.0, 400.0)
    table = [(x, 600.0 + 20 * n, 12.0, cell) for n, row in enumerate(rows) for x, cell in zip(edges, row, strict=True)]
    text = text_of(page(1, [*stack(100, BODY), *table])).text
    assert text.split("\n")[len(BODY) :] == ["\t".join(row) for row in rows]


def test_markers_set_off_by_tabs_open_their_lines() -> None:
    lines = [("I.", "KẾT QUẢ"), ("1.", "Công tác chỉ đạo"), ("-", "Ban hành 12 văn bản."), ("a)", "Về thu")]
    edges = (85.0, 130.0)
    pieces = [(x, 100.0 + 20 * n, 14.0, t) for n, line in enumerate(lines) for x, t in zip(edges, line, strict=True)]
    assert text_of(page(1, pieces)).text.split("\n") == [" ".join(line) for line in lines]


def test_running_heads_page_numbers_and_stamps_are_furniture() -> None:
    bodies = [BODY[k:] + BODY[:k] for k in range(4)]
    pages = []
    for n, body in enumerate(bodies, 1):
        stamp: list[Piece] = [(60, 10, 8, "Ký bởi: UBND tỉnh"), (60, 22, 8, "Thời gian ký: 12.06.2024 08:30:11")]
        head = [*stamp[: 2 if n == 1 else 0], centred(40, str(n), 13), (LEFT, 58, 10, "Báo cáo của tỉnh Bình An")]
        pages.append(page(n, [*head, *stack(100, body)]))
    result = text_of(*pages)
    assert result.text.split("\n") == [text for body in bodies for text in body]
    assert Counter(f.kind for f in result.furniture) == {"page_number": 4, "header": 4, "stamp": 2}
    assert all(f.box is not None for f in result.furniture)


def test_footnotes_move_behind_their_paragraph_and_marks_stand_apart() -> None:
    first = "Đã điều động 8 người^1 về xã và triển khai 02 mô hình^2, trong đó có mô hình nuôi dê với 145 hộ tham gia."
    body = [first, BODY[4]]
    notes: list[Piece] = [
        (LEFT, 700, 10, "^1 Huyện Tân Phú: điều động 05 công chức; huyện Long Hải: điều động 03 công chức về các xã"),
        (LEFT, 714, 10, "đặc biệt khó khăn."),
        (LEFT, 728, 10, "^2 Mô hình nuôi dê và mô hình nuôi ong."),
    ]
    result = text_of(page(1, [*stack(100, body), *notes]))
    paragraphs = result.text.split("\n")
    assert paragraphs[0].startswith("Đã điều động 8 người 1 về xã và triển khai 02 mô hình 2, trong đó")
    assert paragraphs[1].startswith("1 Huyện Tân Phú")
    assert paragraphs[1].endswith("về các xã đặc biệt khó khăn.")
    assert paragraphs[2:] == ["2 Mô hình nuôi dê và mô hình nuôi ong.", BODY[4]]
    assert [(n.mark, result.text[(n.anchor or 0) - 6 : (n.anchor or 0) + 1]) for n in result.notes] == [
        ("1", "người 1"), ("2", " hình 2"),
    ]


def test_footnotes_do_not_tear_a_sentence_that_goes_on_overleaf() -> None:
    pieces = stack(100, [BODY[0].replace("chỉ đạo", "chỉ đạo^1")])
    note: list[Piece] = [(LEFT, 700, 10, "^1 Gồm 12 sở, ngành.")]
    result = text_of(page(1, [*pieces[:2], *note]), page(2, [*pieces[2:], *stack(below(pieces), BODY[4:])]))
    assert result.text.split("\n") == [BODY[0].replace("chỉ đạo", "chỉ đạo 1"), "1 Gồm 12 sở, ngành.", BODY[4]]


def test_a_raised_power_and_a_lowered_index_stay_with_their_word() -> None:
    words = ("khí", "CO", "2", "giảm")
    boxes = array("f", (85, 100, 110, 117, 115, 100, 135, 117, 135, 110, 140, 119, 147, 100, 180, 117))
    result = text_of(SourcePage(1, WIDE, 842.0, words, boxes, array("f", (14, 14, 8, 14))))
    assert result.text == "khí CO2 giảm"


def test_words_laid_over_a_gap_stand_in_it() -> None:
    date: list[Piece] = [(85, 100, 13, "Bình An, ngày"), (200, 100, 13, "tháng 6 năm 2024"), (182, 100, 13, "12")]
    assert "ngày 12 tháng 6" in text_of(page(1, [*date, *stack(200, BODY)])).text


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(20, 500), st.integers(20, 800), st.sampled_from([9, 12, 14]),
            st.sampled_from("Nơi nhận:|1 Huyện A|8 người^1 đã|7|I.|CỘNG HÒA XÃ HỘI|- và các|Trang 2/3|a b".split("|")),
        ),
        max_size=14,
    )
)
def test_no_word_is_lost_or_doubled_and_every_word_is_mapped(pieces: list[Piece]) -> None:
    source = [page(1, pieces), page(2, pieces[::-1])]
    result = lay_out(source)
    want = Counter("".join(w for p in source for w in p.words))
    found = Counter(c for c in result.text if not c.isspace())
    for item in result.furniture:
        found.update(c for c in item.text if not c.isspace())
    assert found == want
    starts = list(result.word_starts)
    assert starts == sorted(set(starts))
    assert len(starts) == len(result.word_pages) == len(result.word_lines) == len(result.word_boxes) // 4
    assert all(at == 0 or not result.text[at].isspace() for at in starts)
    report = Report(DOCUMENT, result.text, result.pages, word_boxes=encoded(result))
    words, ends = WordBoxes(report), [*starts[1:], len(result.text)]
    for first, start in enumerate(starts):
        assert words.page(start) == result.page_at(start)
        for end in ends[first : first + 4]:
            assert words.boxes(start, end) == result.boxes(start, end)


def test_the_boxes_of_a_page_set_straight_and_of_any_size_come_back_as_they_are() -> None:
    """Lying pages, words beyond the edges, huge plans."""
    made = page(1, [(-40.25, 30000.05, 12, "Xa"), (20, 700, 9, "hộ"), (20, 700, 9, "hộ"), (9000.75, 12, 14, "Bìa")])
    for shown in (None, (0.0, -1.0, 842.0, 1.0, 0.0, 0.0), (0.7, 0.7, -3.3, -0.7, 0.7, 9.9)):
        result = lay_out([replace(made, shown=shown)])
        words = WordBoxes(Report(DOCUMENT, result.text, result.pages, word_boxes=encoded(result)))
        assert words.boxes(0, len(result.text)) == result.boxes(0, len(result.text)) != ()
    assert encoded(lay_out(text_pages("Một dòng\nhai dòng"))) == ()


HTML = """
<style>@page {{ size: A4; margin: 2cm 2cm 2cm 3cm; @top-center {{ content: counter(page) }} }}
@page :first {{ @top-center {{ content: none }} }}
body {{ font: 14pt/1.3 'Liberation Serif'; text-align: justify }} p {{ text-indent: 1.27cm; margin: 6pt 0 }}
td {{ vertical-align: top; text-align: center; width: 50% }} .f {{ float: footnote; font-size: 10pt }}
.f::footnote-call {{ font-size: 9pt; vertical-align: super }}</style>
<table><tr><td>UBND TỈNH BÌNH AN<br>SỞ NÔNG NGHIỆP<br>Số: 145/BC-SNN</td>
<td>CỘNG HÒA XÃ HỘI<br>Độc lập - Tự do - Hạnh phúc<br>Bình An, ngày 12 tháng 6 năm 2024</td></tr></table>
{body}
<table><tr><td>Nơi nhận:<br>- Như trên;<br>- Lưu: VT.</td>
<td>KT. GIÁM ĐỐC<br>PHÓ GIÁM ĐỐC<br>Trần Văn Bình</td></tr></table>
"""


def test_a_typeset_report(tmp_path: Path) -> None:
    weasyprint = pytest.importorskip("weasyprint")
    note = "<span class=f>Gồm 05 người của phòng Kế hoạch.</span>"
    paragraphs = [f"Sở đã cử 12 người{note} xuống cơ sở để hướng dẫn bà con chăn nuôi.", *BODY * 4]
    path = tmp_path / "report.pdf"
    weasyprint.HTML(string=HTML.format(body="".join(f"<p>{p}</p>" for p in paragraphs))).write_pdf(path)
    result = lay_out(open_source(path).pages)
    lines = result.text.split("\n")
    assert lines[:6] == [
        "UBND TỈNH BÌNH AN", "SỞ NÔNG NGHIỆP", "Số: 145/BC-SNN",
        "CỘNG HÒA XÃ HỘI", "Độc lập - Tự do - Hạnh phúc", "Bình An, ngày 12 tháng 6 năm 2024",
    ]
    assert lines[6] == "Sở đã cử 12 người 1 xuống cơ sở để hướng dẫn bà con chăn nuôi."
    assert lines[7].endswith("Gồm 05 người của phòng Kế hoạch.")
    assert lines[8:-6] == BODY * 4
    assert lines[-6:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Bình"]
    assert [f.text for f in result.furniture] == [str(n) for n in range(2, len(result.pages) + 1)]


@pytest.mark.parametrize("foot", ["", "Nơi nhận:"], ids=["plain", "signature at the end"])
def test_a_page_of_many_rows(foot: str) -> None:
    words, boxes, sizes = [], array("f"), array("f")
    for n in range(4_000):
        for x in (60.0, 320.0):
            words.append(foot if n == 3_999 and foot else "từ")
            boxes.extend((x, 10.0 * n, x + 30, 10.0 * n + 9))
            sizes.append(9)
    found = lay_out([SourcePage(1, WIDE, 90_000.0, tuple(words), boxes, sizes)])
    assert sorted(found.text.split()) == sorted(" ".join(words).split())

"""Layout of plain text: paragraphs, healed breaks, furniture, footnotes, Unicode; nothing seen is lost or doubled."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.layout import lay_out
from extractor.layout.unicode import clean
from extractor.pages import LaidText, SourceLine, SourcePage
from extractor.reading.text import text_pages


def laid(text: str) -> LaidText:
    """The laid text of plain text, form feeds between its pages."""
    return lay_out(
        SourcePage(n, None, None, lines=tuple(SourceLine(line) for line in page.split("\n")))
        for n, page in enumerate(text.split("\f"), 1)
    )


def seen(text: str) -> Counter[str]:
    """The characters of `text` that are seen."""
    return Counter(c for c in clean(text) if not c.isspace())


WRAPPED = """\
Thực hiện chương trình giảm nghèo bền vững giai đoạn 2021 - 2025 trên địa bàn
tỉnh, các cấp, các ngành đã tập trung chỉ đạo và triển khai đồng bộ nhiều giải
pháp; huy động được sự tham gia của cả hệ thống chính trị và của người dân ở
các thôn, bản vùng sâu, vùng xa.

Đến nay toàn tỉnh còn 12.500 hộ nghèo, trong đó có 9.300 hộ là đồng bào dân tộc
thiểu số; số hộ thoát nghèo trong kỳ là 2.145 hộ, đạt 103% kế hoạch được giao
và tăng 5,2% so với cùng kỳ.
"""

SPACED = WRAPPED.replace("\n\n", "\n").replace("\n", " \n\n")


def test_single_breaks_wrap_and_blank_lines_part_paragraphs() -> None:
    first, second = laid(WRAPPED).text.split("\n")
    assert (first[:9], first[-8:]) == ("Thực hiện", "vùng xa.")
    assert (second[:7], second[-8:]) == ("Đến nay", "cùng kỳ.")


def test_every_line_followed_by_a_blank_one() -> None:
    assert laid(SPACED).text == laid(WRAPPED).text


def test_every_paragraph_on_its_own_line() -> None:
    text = "Nghị quyết về ngân sách\nCăn cứ Luật Ngân sách nhà nước ;\nĐiều 1 . Thu 900 tỷ đồng\n- Thuế : 500 tỷ đồng ."
    assert laid(text).text == text


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("theo Nghị quyết số 12/2023/NQ-\nHĐND ngày 10/7/2023", "theo Nghị quyết số 12/2023/NQ-HĐND ngày 10/7/2023"),
        ("theo Kế hoạch số 55/KH-\n\nUBND của tỉnh.", "theo Kế hoạch số 55/KH-UBND của tỉnh."),
        ("Căn cứ Nghị định số\n45/2017/NĐ-CP của Chính phủ;", "Căn cứ Nghị định số 45/2017/NĐ-CP của Chính phủ;"),
        ("Huyện Tân Phú có 1.144\nlao động", "Huyện Tân Phú có 1.144 lao động"),
        ("tại Tờ trình số 89/TTr\n- SXD ngày 28/5/2019", "tại Tờ trình số 89/TTr- SXD ngày 28/5/2019"),
        ("2.\n\nCông tác chỉ đạo\n\na)\nBan hành", "2. Công tác chỉ đạo\na) Ban hành"),
        ("c) Bãi bỏ Điều\n12.", "c) Bãi bỏ Điều 12."),
        ("giai đoạn 2021-\n2025 đã đạt", "giai đoạn 2021-2025 đã đạt"),
        ("I.\nĐÁNH GIÁ TÌNH HÌNH", "I. ĐÁNH GIÁ TÌNH HÌNH"),
        ("2.\nXác định khu vực ưu tiên", "2. Xác định khu vực ưu tiên"),
        ("IV.\n\nKINH PHÍ", "IV. KINH PHÍ"),
        ("Phần thứ hai\nPHƯƠNG HƯỚNG", "Phần thứ hai PHƯƠNG HƯỚNG"),
        ("Chương II\nTỔ CHỨC THỰC HIỆN", "Chương II TỔ CHỨC THỰC HIỆN"),
        ("gồm các xã Tân Lập,\nPhú Mỹ và Long Hòa.", "gồm các xã Tân Lập, Phú Mỹ và Long Hòa."),
        ("của Ủy ban nhân dân\ntỉnh", "của Ủy ban nhân dân tỉnh"),
    ],
)
def test_broken_words_numbers_and_markers_are_healed(torn: str, whole: str) -> None:
    assert laid(torn).text == whole


@pytest.mark.parametrize(
    "text",
    [
        "BÁO CÁO\nKết quả thực hiện nhiệm vụ năm 2023",
        "BÁO CÁO\nkết quả công tác năm 2023",
        "I. KẾT QUẢ\n1. Công tác chỉ đạo\n- Ban hành 12 văn bản;\n- Mở 03 hội nghị.\n2. Kết quả\na) Về thu\nb) Về chi",
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Bình",
        "- Bản đồ quy hoạch:\n+ Bản đồ hiện trạng;\n+ Bản đồ kế hoạch.",
        "1\nQuý I/2023",
        "-------\nSố: 12/BC-UBND",
    ],
)
def test_lines_that_stand_alone_stay_alone(text: str) -> None:
    assert laid(text).text == text


def test_letterhead_organs_are_whole() -> None:
    text = (
        "HỘI ĐỒNG NHÂN\nDÂN\nTỈNH BÌNH AN\n-------\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nSố:\n37/NQ-HĐND"
    )
    assert laid(text).text.split("\n") == [
        "HỘI ĐỒNG NHÂN DÂN TỈNH BÌNH AN",
        "-------",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 37/NQ-HĐND",
    ]


def test_wrapped_marker_lookalikes_stay_in_their_sentence() -> None:
    text = WRAPPED + (
        "\n- Giai đoạn đầu: Tổ chức lực lượng đến ngay các vùng bị ngập, ưu tiên cấp độ\n1. Cấp ngay lương khô và nước"
        " uống cho người dân ở những nơi bị chia cắt và\nhỗ trợ thuốc men.\n\nCó ba việc: (1) Rà soát các công"
        " trình dở dang; (2) Bố trí đủ vốn; và\n(3) Nghiệm thu đúng hạn.\n"
    )
    assert len(laid(text).text.split("\n")) == 4


def test_page_numbers_and_stamps_are_kept_apart_and_recorded() -> None:
    stamp = "Ký bởi: Ủy ban nhân dân tỉnh\nEmail: ubnd@binhan.gov.vn\nThời gian ký: 12.06.2024 08:30:11 +07:00\n"
    result = laid(f"{SPACED}\n\n\n7 \n\n\n{SPACED}\n\n- 8 -\n\n{SPACED}\n\nTrang 9/12\n\n{stamp}")
    assert [(f.kind, f.text) for f in result.furniture] == [
        ("page_number", "7"),
        ("page_number", "- 8 -"),
        ("page_number", "Trang 9/12"),
        ("stamp", "Ký bởi: Ủy ban nhân dân tỉnh"),
        ("stamp", "Email: ubnd@binhan.gov.vn"),
        ("stamp", "Thời gian ký: 12.06.2024 08:30:11 +07:00"),
    ]
    assert len(result.text.split("\n")) == 6


def test_running_heads_without_page_breaks() -> None:
    text = "".join(f"{SPACED}\n\n\n{n}\n\nBáo cáo của tỉnh Bình An\n\n" for n in range(2, 6))
    result = laid(text)
    assert Counter(f.kind for f in result.furniture) == {"page_number": 4, "header": 4}
    assert len(result.text.split("\n")) == 8


@pytest.mark.parametrize(
    "text",
    [
        "Khu vực Dương Sơn đạt 89%.\n\n2\n\nII. MỤC TIÊU NĂM 2026",
        "Danh sách các xã, phường\n\n                                   2\n\nII. MỤC TIÊU NĂM 2026",
    ],
)
def test_page_number_between_short_lines(text: str) -> None:
    assert [f.text for f in laid(text).furniture] == ["2"]


def test_numbers_in_a_table_column_are_no_page_numbers() -> None:
    text = "TT\n\nXã\n\n1\n\nTân Lập\n\n2\n\nPhú Mỹ\n\n3\n\nLong Hòa"
    assert laid(text).furniture == ()


def test_running_heads_of_pages() -> None:
    body = ["Số hộ nghèo giảm 120 hộ.", "Đã mở 5 lớp nghề.", "Có 3 xã đạt chuẩn.", "Thu ngân sách tăng."]
    text = "\f".join(f"BÁO CÁO NĂM 2023\n{line}\n{n}" for n, line in enumerate(body, 1))
    result = laid(text)
    assert result.text.split("\n") == body
    assert {f.kind for f in result.furniture} == {"header", "page_number"}
    assert [(p.number, result.text[p.start : p.end].strip()) for p in result.pages] == list(enumerate(body, 1))


def test_sentence_across_a_page_break() -> None:
    text = WRAPPED.replace("của người dân ở\n", "của người dân ở\n\f")
    assert laid(text).text == laid(WRAPPED).text


NOTED = """\
Đã điều động 8 người1 và triển khai 02 mô hình2; mở 9 lớp3 tập huấn.
"""
NOTES = """\
1 Huyện Tân Phú: điều động 01 công chức.
2 (1) Mô hình nuôi dê; (2) Mô hình nuôi ong.
3 Gồm 02 lớp trồng trọt và 07 lớp chăn nuôi.
"""


def test_footnote_marks_stand_apart_and_are_recorded() -> None:
    result = laid(NOTED + "\n" + NOTES)
    assert result.text.split("\n")[0] == "Đã điều động 8 người 1 và triển khai 02 mô hình 2; mở 9 lớp 3 tập huấn."
    assert [n.mark for n in result.notes] == ["1", "2", "3"]
    for note in result.notes:
        assert note.anchor is not None
        assert result.text[note.anchor : note.anchor + 1] == note.mark
        assert result.text[note.start : note.end].startswith(note.mark + " ")


def test_digits_without_a_note_stay_glued() -> None:
    text = "Giống lê VH6, diện tích 12 m2, xe biển số A1 và đường tỉnh ĐT3."
    result = laid(text)
    assert (result.text, result.notes) == (text, ())


def test_the_exponent_of_an_area_is_no_mark_and_the_page_number_no_note() -> None:
    text = "Bình quân 945 m²/người, cả xã 12 km².\n\n                2\n\nĐiều 3. Nguồn lực:\n"
    assert laid(text).text.split("\n") == ["Bình quân 945 m²/người, cả xã 12 km².", "Điều 3. Nguồn lực:"]


def test_bracketed_notes_at_the_end() -> None:
    result = laid("Theo quyết định của tỉnh[1], các xã đã nhận hỗ trợ.\n\n[1] Gồm xã Tân Lập và xã Phú Mỹ.")
    assert [(n.mark, result.text[n.anchor or 0 :][:3]) for n in result.notes] == [("1", "[1]")]


def test_notes_inside_a_torn_sentence_move_behind_its_paragraph() -> None:
    torn = WRAPPED.replace("của cả hệ thống chính trị", "của cả hệ thống1 chính trị").replace(
        "của người dân ở\n", "của người dân ở\n1 Gồm 12 sở, ngành.\n"
    )
    paragraphs = laid(torn).text.split("\n")
    assert paragraphs[0].endswith("của người dân ở các thôn, bản vùng sâu, vùng xa.")
    assert paragraphs[1] == "1 Gồm 12 sở, ngành."


def test_body_after_a_note_at_a_page_end_is_no_part_of_the_note() -> None:
    note = "1 Gồm các xã vùng cao đặc biệt khó khăn của hai huyện Tân Phú và Long Hải, trong đó có\n\n12 thôn ở xa."
    text = SPACED.replace("chính trị", "chính trị1").rstrip() + f"\n\n{note}\n Tổ chức 47 buổi tuyên truyền.\n"
    result = laid(text)
    assert result.text.split("\n")[-1] == "Tổ chức 47 buổi tuyên truyền."
    assert [n.mark for n in result.notes] == ["1"]


def test_note_whose_number_stands_on_its_own_line() -> None:
    result = laid(NOTED + "\n1\n\nHuyện Tân Phú: 01 công chức.\n2\n\nMô hình nuôi dê.\n")
    assert result.text.split("\n")[1:] == ["1 Huyện Tân Phú: 01 công chức.", "2 Mô hình nuôi dê."]
    assert [n.mark for n in result.notes] == ["1", "2"]


def test_notes_between_whole_paragraphs_stay() -> None:
    text = NOTED + "\n" + NOTES + "\nKết quả chung là tốt.\n"
    assert laid(text).text.split("\n")[1].startswith("1 Huyện Tân Phú")
    assert laid(text).text.split("\n")[-1] == "Kết quả chung là tốt."


def test_notes_of_word_files_keep_their_place_and_get_an_anchor() -> None:
    lines = (
        SourceLine("Đã cử 8 người¹ xuống cơ sở.", "paragraph"),
        SourceLine("Theo Quyết định số 12/QĐ-UBND.", "note", "1"),
        SourceLine("xã Tân Lập\t120\t15", "cell"),
    )
    result = lay_out([SourcePage(1, None, None, lines=lines)])
    assert result.text == "Đã cử 8 người ¹ xuống cơ sở.\nTheo Quyết định số 12/QĐ-UBND.\nxã Tân Lập\t120\t15"
    assert [(n.mark, n.anchor) for n in result.notes] == [("1", result.text.index("¹"))]


@pytest.mark.parametrize(
    ("wild", "tame"),
    [
        (unicodedata.normalize("NFD", "Đường Hòa Bình ở xã Nậm Chày"), "Đường Hòa Bình ở xã Nậm Chày"),
        ("58/2025/NÐ-CP", "58/2025/NĐ-CP"),
        ("ðường", "đường"),
        ("1.250\u00a0hộ\u2009nghèo", "1.250 hộ nghèo"),
        ("hộ\u200b nghèo\ufeff", "hộ nghèo"),
        ("nông\u00adthôn", "nôngthôn"),
        ("nhà nƣớc", "nhà nước"),
        ("2021 – 2025", "2021 – 2025"),
    ],
)
def test_unicode_as_found_in_the_wild(wild: str, tame: str) -> None:
    assert laid(wild).text == tame


LINES = st.sampled_from(
    "I. KẾT QUẢ|1. Công tác|2.|a) Về thu|- Ban hành 12 văn bản;|và các xã còn lại|Đến nay còn 12.500 hộ nghèo, trong đó"
    "|7|- 3 -|8 người1 và 2 lớp2,|1 Huyện Tân Phú: điều động|2 Gồm 02 lớp.|[1] Xã Phú Mỹ|tỉnh[1] đã|KH-|UBND tỉnh||"
    "|Nơi nhận:|Nơi nhận:     KT. CHỦ TỊCH|UBND XÃ     CỘNG HÒA XÃ HỘI"
    "|(2) Bố trí vốn|“2. Các Sở”|HỘI ĐỒNG NHÂN|DÂN|-----|Thời gian ký: 12.06.2024|Trang 3/4|12/BC|\t a\tb".split("|")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=25), st.integers(1, 4))
def test_no_character_is_lost_or_doubled(lines: list[str], pages: int) -> None:
    text = "\f".join("\n".join(lines[k::pages]) for k in range(pages))
    result = laid(text)
    found = seen(result.text)
    for item in result.furniture:
        found.update(seen(item.text))
    assert found == seen(text)
    assert [p.number for p in result.pages] == list(range(1, pages + 1))
    assert all(0 <= p.start <= p.end <= len(result.text) for p in result.pages)
    for note in result.notes:
        assert 0 <= note.start < note.end <= len(result.text)
        assert note.anchor is None or note.anchor < note.start


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\f"), max_size=200))
def test_any_text_is_laid_out_in_nfc(text: str) -> None:
    result = laid(text)
    assert unicodedata.is_normalized("NFC", result.text)
    found = seen(result.text)
    for item in result.furniture:
        found.update(seen(item.text))
    assert found == seen(text)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("1" * 1_000_000, 1),
        ("[1]" * 20_000 + "\n[1] Xã", 2),
        ("(" * 100_000 + ")" * 100_000, 1),
        ("và các xã\n" * 10_000, 1),
        ("người1\n1 Huyện\n" * 5_000, 4_999),
        ("7\n\n" * 10_000, 10_000),
        ("(1) x; (2) y;\n(3) z\n" * 5_000, 5_000),
        ("Nơi nhận:\n- A\nB\n" * 5_000, 15_000),
    ],
    ids=["digits", "marks", "brackets", "wraps", "notes", "numbers", "inline lists", "zones"],
)
def test_endless_rows_of_one_thing(text: str, paragraphs: int) -> None:
    found = laid(text)
    assert len(found.text.split("\n")) == paragraphs
    assert seen(found.text + "".join(f.text for f in found.furniture)) == seen(text)


def test_rows_of_tables_drawn_with_spaces_become_cells() -> None:
    text = (
        "TT    Huyện           Kế hoạch     Kết quả\n 1    Tân Phú            1.200         900\n"
        " 2    Long Hải           2.300       1.100\n"
        "(Kèm theo Báo cáo số      /BC-UBND ngày      tháng 6 năm 2024)\n"
    )
    assert laid(text).text.split("\n")[:3] == [
        "TT\tHuyện\tKế hoạch\tKết quả", "1\tTân Phú\t1.200\t900", "2\tLong Hải\t2.300\t1.100",
    ]


def test_a_form_with_blanks_is_no_table() -> None:
    text = "(Ban hành theo Tờ trình số          -TTr/HPN, ngày      /8/2024 của Hội)"
    assert laid(text).text == text


def test_columns_that_stand_side_by_side_are_read_one_after_the_other() -> None:
    text = (
        "   UBND TỈNH BÌNH AN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "   SỞ NÔNG NGHIỆP                    Độc lập - Tự do - Hạnh phúc\n"
        "   Số: 145/BC-SNN                  Bình An, ngày 12 tháng 6 năm 2024\n"
        "\n"
        "                        BÁO CÁO\n"
        "Đến nay toàn tỉnh còn 12.500 hộ nghèo và đã có 3 xã đạt chuẩn nông thôn mới.\n"
        "\n"
        "Nơi nhận:                              KT. GIÁM ĐỐC\n"
        "- UBND tỉnh;                          PHÓ GIÁM ĐỐC\n"
        "- Lưu: VT.\n"
        "                                      Trần Văn Bình\n"
    )
    assert laid(text).text.split("\n") == [
        "UBND TỈNH BÌNH AN", "SỞ NÔNG NGHIỆP", "Số: 145/BC-SNN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Bình An, ngày 12 tháng 6 năm 2024", "BÁO CÁO",
        "Đến nay toàn tỉnh còn 12.500 hộ nghèo và đã có 3 xã đạt chuẩn nông thôn mới.",
        "Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Bình",
    ]


@pytest.mark.parametrize("torn", ["%", "% .", ") ."])
def test_a_line_that_only_closes_the_one_before_is_joined(torn):
    text = f"4 . Trồng mới 1.200 ha rừng , nâng độ che phủ của toàn huyện lên mức bình quân 48,2\n{torn}\n5 . Đường xã"
    assert lay_out(text_pages(text)).text.split("\n")[0].endswith(f"48,2 {torn}")

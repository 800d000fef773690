"""The section tree from numbering alone, in the styles of many provinces, parties and decrees.

A case is a document whose sections are written in the margin: each line is `level number | text`, or `| text` for text
that is no section. The tree that `segment` returns must be exactly the one in the margin.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.pages import Note
from extractor.segmenting import segment

CASES = {
    "state report: roman, arabic, decimal, letters, brackets": """
        1 I    | I. TÌNH HÌNH CHUNG
        2 1    | 1. Công tác chỉ đạo
               | - Ban hành 12 văn bản.
        2 3    | 3. Kết quả thực hiện
        3 3.1  | 3.1. Giảm nghèo
        4 a    | a) Hộ nghèo
        4 b    | b) Hộ cận nghèo
        3 3.2  | 3.2 Hạ tầng
        4 3.2.1| 3.2.1 Giao thông
        5 a    | a) Kế hoạch giao: 12 công trình.
        6 1    | (1) Đường thôn: 3 công trình.
        6 2    | (2) Đường xã: 9 công trình.
        5 b    | b) Kết quả
        4 3.2.2| 3.2.2. Nhu cầu
        5 1    | (1) Năm 2024
        5 2    | (2) Năm 2025
        2 4    | 4. Nông thôn mới: Đến nay có 3 xã đạt chuẩn.
        1 II   | II. NHIỆM VỤ
        2 1    | 1. Tuyên truyền
    """,
    "party report: I- 1- a-": """
        1 I    | I- Tình hình đảng bộ
        2 1    | 1- Công tác tư tưởng
        3 a    | a- Ưu điểm
        3 b    | b- Khuyết điểm
        2 2    | 2- Công tác tổ chức
        3 a    | a- Phát triển đảng viên
        1 II   | II- Nhiệm vụ
        2 1    | 1- Xây dựng kế hoạch
    """,
    "points and dashes: I.- 1.- a.-": """
        1 I    | I.- TÌNH HÌNH CHUNG
        2 1    | 1.- Thuận lợi
        2 2    | 2.- Khó khăn
        3 a    | a.- Về vốn: còn thiếu.
        3 b    | b.- Về đất: còn hẹp.
        1 II   | II.- NHIỆM VỤ
        2 1    | 1.- Trồng rừng
    """,
    "commas: I, 1, a,": """
        1 I    | I, TÌNH HÌNH CHUNG
        2 1    | 1, Thuận lợi
        2 2    | 2, Khó khăn
        3 a    | a, Về vốn: còn thiếu.
        3 b    | b, Về đất: còn hẹp.
        1 II   | II, NHIỆM VỤ
    """,
    "party resolution: slashes": """
        1 I    | I/ Đánh giá tình hình
        2 1    | 1/ Kết quả
        3 a    | a/ Về kinh tế
        2 2    | 2/ Hạn chế
        1 II   | II/ Phương hướng
    """,
    "plan in parts": """
        1 Phần thứ nhất | Phần thứ nhất: KẾT QUẢ THỰC HIỆN
        2 I    | I. Bối cảnh
        3 1    | 1. Thuận lợi
        3 2    | 2. Khó khăn
        2 II   | II. Kết quả
        1 Phần thứ hai  | Phần thứ hai: PHƯƠNG HƯỚNG
        2 I    | I. Quan điểm
        2 II   | II. Mục tiêu
        3 1    | 1. Mục tiêu chung
        3 2    | 2. Mục tiêu cụ thể
    """,
    "parts in capitals with roman numbers, chapters of letters": """
        1 PHẦN I | PHẦN I KẾT QUẢ NĂM 2022
        2 A    | A. LĨNH VỰC KINH TẾ
        3 I    | I. Nông nghiệp
        4 1    | 1. Trồng trọt
        4 2    | 2. Chăn nuôi
        3 II   | II. Công nghiệp
        2 B    | B. LĨNH VỰC XÃ HỘI
        3 I    | I. Giáo dục
        1 PHẦN II | PHẦN II NHIỆM VỤ NĂM 2023
        2 A    | A. MỤC TIÊU
    """,
    "socio-economic report of bare decimals": """
        1 1    | 1. Tăng trưởng kinh tế
        2 1.1  | 1.1. Nông, lâm nghiệp
        3 1.1.1| 1.1.1. Trồng trọt
        3 1.1.2| 1.1.2. Chăn nuôi
        2 1.2  | 1.2. Công nghiệp
        1 2    | 2. Tài chính
        2 2.1  | 2.1. Thu ngân sách
               | 1.256 tỷ đồng là số thu nội địa.
        2 2.2  | 2.2. Chi ngân sách
    """,
    "decree: chapters, divisions, articles, clauses, points": """
        1 Chương I | Chương I QUY ĐỊNH CHUNG
        2 Điều 1 | Điều 1. Phạm vi điều chỉnh
        2 Điều 2 | Điều 2. Đối tượng áp dụng
        3 1    | 1. Cơ quan nhà nước.
        3 2    | 2. Tổ chức, cá nhân:
        4 a    | a) Tổ chức trong nước;
        4 b    | b) Tổ chức nước ngoài.
        1 Chương II | Chương II QUY ĐỊNH CỤ THỂ
        2 Mục 1 | Mục 1. HỒ SƠ
        3 Điều 3 | Điều 3. Thành phần hồ sơ
        4 1    | 1. Đơn đề nghị.
        3 Điều 4 | Điều 4. Thời hạn
        2 Mục 2 | Mục 2. TRÌNH TỰ
        3 Điều 5 | Điều 5. Tiếp nhận
    """,
    "decision": """
               | QUYẾT ĐỊNH:
        1 Điều 1 | Điều 1. Phê duyệt kế hoạch với các nội dung sau:
        2 1    | 1. Tên dự án: Đường liên xã.
        2 2    | 2. Tổng mức đầu tư: 12.500 triệu đồng.
        1 Điều 2 | Điều 2. Giao Sở Tài chính chủ trì.
        1 Điều 3 | Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành.
               | Nơi nhận:
               | - Như Điều 3;
               | 1. Văn phòng;
    """,
    "amendment: quoted numbering stands under its clause": """
        1 Điều 1 | Điều 1. Sửa đổi một số điều
        2 1    | 1. Sửa đổi khoản 3 Điều 4 như sau:
        3 3    | “3. Mức hỗ trợ là 500.000 đồng.”
        2 2    | 2. Sửa đổi Điều 7 như sau:
        3 Điều 7 | “Điều 7. Trình tự
        4 1    | 1. Nộp hồ sơ.
        4 2    | 2. Thẩm định.
        4 3    | 3. Phê duyệt.”
        2 3    | 3. Sửa đổi điểm b khoản 1 Điều 9 như sau:
        3 b    | “b) Thời hạn 05 ngày;”
        2 4    | 4. Thay cụm từ “huyện” bằng cụm từ “xã”.
        1 Điều 2 | Điều 2. Hiệu lực thi hành
    """,
    "straight quotation marks": """
        1 1    | 1. Sửa đổi khoản 2 như sau:
        2 2    | "2. Ủy ban nhân dân xã lập danh sách."
        1 2    | 2. Bãi bỏ khoản 3.
    """,
    "budget resolution with spaces before dots": """
        1 Điều 1 | Điều 1 . Dự toán ngân sách như sau :
        2 I    | I. Thu ngân sách
        3 1    | 1 . Thu nội địa : 900 tỷ đồng
               | - Thuế : 500 tỷ đồng
        3 2    | 2 . Thu xuất nhập khẩu
        2 II   | II. Chi ngân sách
        3 1    | 1 . Chi cân đối
        4 1.1  | 1.1 - Chi đầu tư
        4 1.2  | 1.2 - Chi thường xuyên
        2 III  | III. Biện pháp
               | * Về thu :
        3 1    | 1 . Chống thất thu
        3 2    | 2 . Nuôi dưỡng nguồn thu
               | * Về chi :
        3 1    | 1 . Tiết kiệm
        1 Điều 2 | Điều 2 . Tổ chức thực hiện
    """,
    "no space after the dot": """
        1 I    | I.TRỒNG TRỌT
        2 1    | 1.Diện tích: 1.250 ha
        2 2    | 2.Năng suất: 56,2 tạ/ha
        1 II   | II.CHĂN NUÔI
        2 1    | 1.Đàn trâu: 3.100 con
    """,
    "a list of its own inside 2.2": """
        1 I    | I. Kết quả
        2 1    | 1. Chỉ đạo
        2 2    | 2. Thực hiện
        3 2.1  | 2.1. Nội dung
        3 2.2  | 2.2. Kết quả
        4 1    | 1. Về chương trình
        1 II   | II. Phương hướng
    """,
    "repeated roman and a gap": """
        1 I    | I. MỤC TIÊU
        1 II   | II. NỘI DUNG
        2 1    | 1. Hỗ trợ
        1 IV   | IV. KINH PHÍ
        2 1    | 1. Nguồn tỉnh
        1 IV   | IV. TỔ CHỨC THỰC HIỆN
        2 1    | 1. Sở Y tế
        2 3    | 3. Sở Công Thương
    """,
    "roman with decimals of its own": """
        1 I    | I. Kinh tế
        2 I.1  | I.1. Nông nghiệp
        2 I.2  | I.2. Công nghiệp
        1 II   | II. Xã hội
        2 II.1 | II.1. Giáo dục
        2 II.2 | II.2. Y tế
    """,
    "decimals directly under romans": """
        1 II   | II. Kết quả
        2 2.1  | 2.1. Thu ngân sách
        2 2.2  | 2.2. Chi ngân sách
        1 III  | III. Nhiệm vụ
        2 3.1  | 3.1. Thu
    """,
    "numbers, n) and roman in brackets": """
        1 1    | 1. Hỗ trợ sản xuất
        2 1    | 1) Hỗ trợ giống
        2 2    | 2) Hỗ trợ vốn
        3 i    | (i) Vay mới
        3 ii   | (ii) Cho vay lại
        1 2    | 2. Đào tạo nghề
        2 1    | 1) Sơ cấp
    """,
    "letters from g to i, and i) after h) is a letter": """
        1 1    | 1. Nhiệm vụ
        2 a    | a) Một
        2 b    | b) Hai
        2 c    | c) Ba
        2 d    | d) Bốn
        2 đ    | đ) Năm
        2 e    | e) Sáu
        2 g    | g) Bảy
        2 h    | h) Tám
        2 i    | i) Chín
        2 k    | k) Mười
        1 2    | 2. Giải pháp
    """,
    "capital letters from H to I": """
        1 A    | A. MỘT
        1 B    | B. HAI
        1 C    | C. BA
        1 D    | D. BỐN
        1 Đ    | Đ. NĂM
        1 E    | E. SÁU
        1 G    | G. BẢY
        1 H    | H. TÁM
        1 I    | I. CHÍN
        1 K    | K. MƯỜI
    """,
    "points under points": """
        1 1    | 1. Về thu
        2 a    | a) Thu nội địa
        3 a.1  | a.1) Thuế
        3 a.2  | a.2) Phí
        2 b    | b) Thu khác
        3 b.1  | b.1) Đóng góp
    """,
    "spaces in the label as recognition leaves them": """
        1 I    | I . TÌNH HÌNH
        2 1    | 1 . Kinh tế
        3 1.1  | 1. 1. Nông nghiệp
        3 1.2  | 1. 2. Công nghiệp
        2 2    | 2 . Xã hội
        1 II   | II . NHIỆM VỤ
    """,
    "quantities, dates, bullets and names that look like markers": """
        1 I    | I. KẾT QUẢ
               | 2023. là năm bản lề.
               | 1.5 triệu lượt khách.
               | 12.500 hộ được vay.
               | 20.11.2023 là hạn cuối.
               | V.I. Lênin toàn tập.
               | - 1. Không phải mục.
               | + a) Không phải điểm.
               | 15/KH-UBND đã ban hành.
               | 5 - 10 năm tới.
               | Điều 7 Luật Đầu tư công quy định việc này.
               | Mục tiêu chung của chương trình.
               | Phần lớn hộ dân đã có điện.
        1 II   | II. NHIỆM VỤ
    """,
    "an annex starts anew, and so does an attached plan": """
        1 I    | I. BÁO CÁO
        2 1    | 1. Kết quả
               | Nơi nhận:
               | - Như trên;
               | 1. Không phải mục
               | PHỤ LỤC I
        1 1    | 1. Danh mục
        1 2    | 2. Biểu mẫu
    """,
    "captions and mentions of annexes inside the body": """
               | Kính gửi: Ủy ban nhân dân tỉnh
        1 1    | 1. Kết quả
        2 a    | a) Thu ngân sách
               | (Kèm theo Phụ lục 01)
               | Biểu số 1: Thu ngân sách theo huyện
               | Phụ lục 2 kèm theo nêu chi tiết.
        2 b    | b) Chi ngân sách
        1 2    | 2. Kiến nghị
    """,
    "regulation attached to a decision": """
        1 Điều 1 | Điều 1. Ban hành Quy chế
        1 Điều 2 | Điều 2. Hiệu lực
               | Nơi nhận:
               | - Như Điều 2;
               | QUY CHẾ
               | (Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 05/3/2020)
        1 Chương I | Chương I QUY ĐỊNH CHUNG
        2 Điều 1 | Điều 1. Phạm vi
        3 1    | 1. Quy chế này quy định việc phối hợp.
    """,
    "table rows joined by tabs": """
        1 I    | I. SỐ LIỆU
               | 1\tXã A\t12
               | 2. Xã B\t15\t7
        1 II   | II. NHẬN XÉT
    """,
}


def parse(case: str) -> tuple[str, list[tuple[int, str]], list[str]]:
    """The text of a case, and the levels, labels and lines of its sections."""
    texts, tree, lines = [], [], []
    for row in case.strip("\n").split("\n"):
        margin, bar, text = row.partition("| ")
        if not bar:
            continue
        texts.append(text)
        if margin.strip():
            level, number = margin.strip().split(" ", 1)
            tree.append((int(level), number.strip()))
            lines.append(text)
    return "\n".join(texts), tree, lines


@pytest.mark.parametrize("name", CASES)
def test_tree(name: str) -> None:
    text, tree, lines = parse(CASES[name])
    found = segment(text)
    assert [(s.level, s.number) for s in found] == tree
    assert [text[s.start : s.start + 4] for s in found] == [line.lstrip('“"')[:4] for line in lines]


@pytest.mark.parametrize("name", CASES)
def test_parents_and_ends_agree_with_levels(name: str) -> None:
    text, _, _ = parse(CASES[name])
    found = segment(text)
    by_id = {s.id: s for s in found}
    assert list(by_id) == [f"s{n}" for n in range(1, len(found) + 1)]
    for section in found:
        parent = by_id.get(section.parent or "")
        assert section.level == (parent.level + 1 if parent else 1)
        assert section.start < section.end <= len(text)
        if parent:
            assert parent.start < section.start < section.end <= parent.end


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("1. Công tác chỉ đạo, điều hành", "Công tác chỉ đạo, điều hành"),
        ("d) Đào tạo, bồi dưỡng: Trong năm đã cử 74 lượt cán bộ.", "Đào tạo, bồi dưỡng"),
        ("2. Kết quả:", "Kết quả"),
        ("3. Tiếp tục rà soát các công trình. Giao Sở Tài chính chủ trì.", "Tiếp tục rà soát các công trình"),
        ("4. Thu (gồm: thu nội địa) đạt 12 tỷ đồng: tăng 5%", "Thu (gồm: thu nội địa) đạt 12 tỷ đồng"),
        ("5. Hỗ trợ TP. Long Hải và các xã", "Hỗ trợ TP. Long Hải và các xã"),
        ("II. TÌNH HÌNH", "TÌNH HÌNH"),
    ],
)
def test_title_ends_where_the_heading_ends(line: str, title: str) -> None:
    assert segment(line)[0].title == title


def test_footnotes_are_no_sections() -> None:
    text = "I. KẾT QUẢ\nĐã cử 8 người 1.\n1. Theo Quyết định số 12/QĐ-UBND.\n1. Chỉ đạo"
    note = Note(text.index("1. Theo"), text.index("\n1. Chỉ"), "1")
    assert [s.title for s in segment(text, [note])] == ["KẾT QUẢ", "Chỉ đạo"]


def test_empty_and_blank_texts_have_no_sections() -> None:
    assert segment("") == []
    assert segment(" \n\n \n") == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("I. A|II. B|1. C|2. D|1.1. E|a) F|(1) G|“2. H|I”.|text|Điều 1. K|".split("|"))))
def test_any_sequence_gives_a_proper_tree(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = segment(text)
    starts = [s.start for s in found]
    assert starts == sorted(set(starts))
    ids = {s.id: s for s in found}
    for section in found:
        assert section.parent is None or ids[section.parent].start < section.start
        assert section.end >= section.start + 1


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1" * 1_000_000, []),
        ("(" * 100_000 + ")" * 100_000, []),
        ("“1. x\n" * 5_000, ["1"] * 5_000),
        ("1.1.1.1.1. " * 100_000, ["1.1.1.1.1"]),
        ("a) " * 300_000, ["a"]),
        ("I. A\n1. B\na) C\n" * 2_000, ["I", "1", "a"] * 2_000),
    ],
    ids=["digits", "brackets", "open quotations", "decimals", "letters", "sections"],
)
def test_endless_rows_of_one_thing(text: str, numbers: list[str]) -> None:
    assert [s.number for s in segment(text)] == numbers

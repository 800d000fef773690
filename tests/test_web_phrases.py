"""What the audit says, in Vietnamese: one message of each form, with the report's own words left as they are."""

from __future__ import annotations

import re

import pytest

from extractor.web.phrases import told

ENGLISH = re.compile(r"\b(?:the|report|says|of|is|are|in|to|from|and|with|page|its|was|more|no|two|reader)\b")


@pytest.mark.parametrize(("message", "vietnamese"), [
    ("7 + 12 = 19, the report says 45 nhà", "7 + 12 = 19, văn bản ghi 45 nhà"),
    ("1,5 + 1,4 = 2,9, the report says 3: off by the rounding of the parts",
     "1,5 + 1,4 = 2,9, văn bản ghi 3: lệch do làm tròn các phần"),
    ("04/195 = 2,05 %, the report says 2,5%", "04/195 = 2,05 %, văn bản ghi 2,5%"),
    ("4 xã of 195 xã = 2,05 %, the report says 3%", "4 xã trên 195 xã = 2,05 %, văn bản ghi 3%"),
    ("80 ha of the planned 100 ha = 80,00 %, the report says 90%",
     "80 ha so với kế hoạch 100 ha = 80,00 %, văn bản ghi 90%"),
    ("from 20 hộ to 10 hộ is 50,00 %, the report says giảm 40%", "từ 20 hộ đến 10 hộ là 50,00 %, văn bản ghi giảm 40%"),
    ("120 xã: more than there are", "120 xã: nhiều hơn số có thật"),
    ("20 tiêu chí: a commune has 19 criteria", "20 tiêu chí: một xã có 19 tiêu chí"),
    ("a share of 130%", "tỷ lệ 130%"),
    ("12 hộ of 10 hộ: the part is more than the whole", "12 hộ trên 10 hộ: phần lớn hơn tổng"),
    ("31/02/2023: there is no such day", "31/02/2023: không có ngày này"),
    ("5 mô hình: 4 are listed", "5 mô hình: liệt kê 4"),
    ("5 mô hình: 3 to 4 are listed", "5 mô hình: liệt kê 3 đến 4"),
    ("12 dự án … với kinh phí: no amount follows", "12 dự án … với kinh phí: không có số tiền theo sau"),
    ("section 1.4 follows 1.2: 1.3 is missing", "mục 1.4 đứng sau mục 1.2: thiếu 1.3"),
    ("two sections are numbered 2.1", "hai mục cùng mang số 2.1"),
    ("Bản Mù (4 times) is also spelt Bản Mũ", "Bản Mù (4 lần) còn được viết là Bản Mũ"),
    ("12/QĐ-UBND is dated 1/2/2022 and 2/2/2022", "12/QĐ-UBND đề ngày 1/2/2022 và 2/2/2022"),
    ("12/QĐ-UBND is dated 1/2/2022, the report 1/1/2022", "12/QĐ-UBND đề ngày 1/2/2022, văn bản đề ngày 1/1/2022"),
    ("27/2022/NĐ-CP is of 2022 by its number, the report dates it 1/2/2021",
     "27/2022/NĐ-CP theo số hiệu là của năm 2022, văn bản ghi ngày 1/2/2021"),
    ("20-NQ/TU is a number of Tỉnh ủy, the report says HĐND", "20-NQ/TU là số hiệu của Tỉnh ủy, văn bản ghi HĐND"),
    ("the column makes 10, the total says 12", "cộng cột được 10, dòng tổng ghi 12"),
    ("5 + 6 = 11, the row says 12", "5 + 6 = 11, dòng ghi 12"),
    ("5 + 6 = 11, the report counts them of 12", "5 + 6 = 11, văn bản tính trên 12"),
    ("hộ nghèo: 12 hộ, elsewhere 13 hộ", "hộ nghèo: 12 hộ, chỗ khác ghi 13 hộ"),
    ("page 3: recognised with confidence 0.84", "trang 3: nhận dạng với độ tin cậy 0,84"),
    ("page 3: only 80% of its words are valid Vietnamese syllables", "trang 3: chỉ 80% số từ là âm tiết tiếng Việt"),
    ("page 3: 1 number or symbols were mended or read in two ways",
     "trang 3: 1 số hoặc ký hiệu được sửa hoặc đọc hai cách"),
    ("page 3: audit: 7 + 12 = 19, the report says 45", "trang 3: 7 + 12 = 19, văn bản ghi 45"),
    ("its words no longer stand there, or stand there more than once",
     "không còn thấy những chữ này ở đó, hoặc thấy nhiều lần"),
    ("the machine finds no figure there now", "máy không còn thấy mục này ở đó"),
    ("another figure stands there: 12 hộ", "chỗ này đã có mục khác: 12 hộ"),
    ("section 2 cannot stand in one that has ended before it", "mục 2 không thể thuộc mục đã kết thúc trước nó"),
    ("period: expected 2023, 2023-10 or 2025-Q2", "kỳ: viết như 2023, 2023-10 hoặc 2025-Q2"),
    ("unit: expected at most 500 characters, found 600", "unit: nhiều nhất 500 ký tự"),
    ("cited with several dates: 2020-03-01 (2); 2020-03-02 (1)",
     "được dẫn với nhiều ngày: 2020-03-01 (2); 2020-03-02 (1)"),
    ("“về giao vốn” and “về đất đai”", "“về giao vốn” và “về đất đai”"),
    ("used after it was replaced by 38/2022/NĐ-CP on 2022-06-24",
     "vẫn được dùng sau khi 38/2022/NĐ-CP thay thế, ngày 2022-06-24"),
    ("used after it was repealed by 38/2022/NĐ-CP on 2022-06-24",
     "vẫn được dùng sau khi 38/2022/NĐ-CP bãi bỏ, ngày 2022-06-24"),
    ("bodies of one kind number alike, so these may be several documents: 2020-03-01 (2)",
     "các cơ quan cùng loại đánh số riêng, có thể là nhiều văn bản: 2020-03-01 (2)"),
    ("digits and signs from the second reader", "chữ số và dấu theo bộ đọc thứ hai"),
])  # fmt: skip
def test_each_form_is_told_in_vietnamese(message: str, vietnamese: str) -> None:
    assert told(message, "vi") == vietnamese
    assert not ENGLISH.search(told(message, "vi"))
    assert told(message, "en") == message


def test_a_message_of_no_known_form_stays_as_it_is() -> None:
    assert told("something new <b>", "vi") == "something new <b>"

"""What the audit, triage and recognition say, in Vietnamese: their messages are English around the report's own words.

A message of no known form stays as it is. The forms are those of `extractor/auditing/`, `extractor/grading.py`,
`extractor/recognising/`, `extractor/corrections/` and `extractor/search/conflicts.py`; a test goes through one message
of each.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

_FORMS = (
    (r"^page (\d+): ", r"trang \1: "),
    (r"^audit: |(?<=: )audit: ", ""),
    (r": off by the rounding of the parts$", ": lệch do làm tròn các phần"),
    (r"\bfrom (.+) to (.+) is (?=[\d,.]+ %)", r"từ \1 đến \2 là "),
    (r"^the column makes ", "cộng cột được "),
    (r", the total says ", ", dòng tổng ghi "),
    (r", the row says ", ", dòng ghi "),
    (r", the report counts them of ", ", văn bản tính trên "),
    (r" is of (\d{4}) by its number, the report dates it ", r" theo số hiệu là của năm \1, văn bản ghi ngày "),
    (r" is a number of (.+), the report says ", r" là số hiệu của \1, văn bản ghi "),
    (r" is dated (\S+), the report (\S+)$", r" đề ngày \1, văn bản đề ngày \2"),
    (r" is dated (\S+) and (\S+)$", r" đề ngày \1 và \2"),
    (r", the report says ", ", văn bản ghi "),
    (r" of the planned ", " so với kế hoạch "),
    (r": more than there are$", ": nhiều hơn số có thật"),
    (r": a commune has (\d+) criteria$", r": một xã có \1 tiêu chí"),
    (r"^a share of ", "tỷ lệ "),
    (r": the part is more than the whole$", ": phần lớn hơn tổng"),
    (r": there is no such day$", ": không có ngày này"),
    (r": an estimate for a day years before the report's own year, ", ": ước tính cho ngày trước năm của văn bản, "),
    (r": (\d+) to (\d+) are listed$", r": liệt kê \1 đến \2"),
    (r": (\d+) are listed$", r": liệt kê \1"),
    (r": no amount follows$", ": không có số tiền theo sau"),
    (r": the number is missing$", ": thiếu con số"),
    (r"\bsection (\S+) follows (\S+): (\S+) is missing$", r"mục \1 đứng sau mục \2: thiếu \3"),
    (r"\btwo sections are numbered ", "hai mục cùng mang số "),
    (r" \((\d+) times\) is also spelt ", r" (\1 lần) còn được viết là "),
    (r" of one day has two titles that have nothing in common$", " cùng một ngày có hai trích yếu khác hẳn nhau"),
    (r": (\S+) gives no (.+) \((.+)\)$", r": \1 không ban hành \2 (\3)"),
    (r", elsewhere ", ", chỗ khác ghi "),
    (r" of (?=[\d,.])", " trên "),
    (r"\bonly (\d+)% of its words are valid Vietnamese syllables", r"chỉ \1% số từ là âm tiết tiếng Việt"),
    (r"\brecognised with confidence (\d)\.(\d+)$", r"nhận dạng với độ tin cậy \1,\2"),
    (r"\bits text is trusted with confidence (\d)\.(\d+)$", r"lớp văn bản có độ tin cậy \1,\2"),
    (r"\b(\d+) numbers? or symbols were mended or read in two ways$", r"\1 số hoặc ký hiệu được sửa hoặc đọc hai cách"),
    (r"\ba picture in which no word was recognised$", "ảnh không nhận ra chữ nào"),
    (r"\bdamaged, nothing was read$", "hỏng, không đọc được gì"),
    (r"\brecognition was switched off$", "nhận dạng bị tắt"),
    (r"^digits and signs from the second reader$", "chữ số và dấu theo bộ đọc thứ hai"),
    (r"^digits from the second reader$", "chữ số theo bộ đọc thứ hai"),
    (r"^strokes of the Roman number from the second reader$", "nét của số La Mã theo bộ đọc thứ hai"),
    (r"^one number, torn apart in print$", "một số bị in rời"),
    (r"^the letters of a known symbol$", "chữ cái của ký hiệu đã biết"),
    (r"^letters taken for the digits that they look like$", "chữ cái được hiểu là chữ số giống nó"),
    (r"^the second reader was unsure$", "bộ đọc thứ hai không chắc"),
    (r"^the second reader failed$", "bộ đọc thứ hai không đọc được"),
    (r"^its words no longer stand there, or stand there more than once$",
     "không còn thấy những chữ này ở đó, hoặc thấy nhiều lần"),
    (r"^the machine finds no (?:figure|reference|place|section|reading) there now$", "máy không còn thấy mục này ở đó"),
    (r"^the record that added it is taken back or stale$", "lần thêm mục này đã hoàn tác hoặc không còn khớp"),
    (r"^the reading process died; its files are read by 'extractor run'$",
     "chương trình đọc bị dừng; các tệp của nó sẽ được đọc bằng 'extractor run'"),
    (r"^interrupted; run the same command again to go on$", "đã ngắt; chạy lại cùng lệnh để tiếp tục"),
    (r"^it stopped with code (\S+)$", r"chương trình dừng với mã \1"),
    (r"^already named as ", "đã có dưới tên "),
    (r"^a lock file of Word$", "tệp khóa của Word"),
    (r"^hidden$", "tệp ẩn"),
    (r"^not a regular file$", "không phải tệp thường"),
    (r"^extension (\S+) is not read$", r"không đọc phần mở rộng \1"),
    (r"^another file stands there now, with a letterhead of its own$", "nay là tệp khác, có phần đầu khác"),
    (r"^the record that it takes back is gone$", "không còn lần sửa mà nó hoàn tác"),
    (r"^the section that it names is not there: ", "không còn mục này: "),
    (r"^another (?:figure|reference|place|reading) stands there: ", "chỗ này đã có mục khác: "),
    (r"^section (\S+) cannot stand in one that has ended before it$",
     r"mục \1 không thể thuộc mục đã kết thúc trước nó"),
    (r"^(?:new\.)?period: expected (.+) or (\S+)$", r"kỳ: viết như \1 hoặc \2"),
    (r"\bexpected at most (\d+) characters, found \d+$", r"nhiều nhất \1 ký tự"),
    (r"\bexpected a number of at most (\d+) digits$", r"số có nhiều nhất \1 chữ số"),
    (r"\bexpected a text without control characters$", "có ký tự ẩn không dùng được"),
    (r"^someone has corrected it since this form was shown$", "đã có người sửa mục này sau khi mẫu được mở"),
    (r"^that correction is taken back already$", "lần sửa này đã được hoàn tác"),
    (r"^bodies of one kind number alike, so these may be several documents: ",
     "các cơ quan cùng loại đánh số riêng, có thể là nhiều văn bản: "),
    (r"^cited with several dates: ", "được dẫn với nhiều ngày: "),
    (r"^(“.+”) and (“.+”)$", r"\1 và \2"),
    (r"^used after it was replaced by (.+) on (\S+)$", r"vẫn được dùng sau khi \1 thay thế, ngày \2"),
    (r"^used after it was repealed by (.+) on (\S+)$", r"vẫn được dùng sau khi \1 bãi bỏ, ngày \2"),
)  # fmt: skip
"""In this order: what comes later sees what came before it."""


def told(message: str, language: Literal["vi", "en"]) -> str:
    """`message` in the language."""
    if language != "vi":
        return message
    for form, words in _compiled():
        message = form.sub(words, message)
    return message


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(form, re.DOTALL), words) for form, words in _FORMS)

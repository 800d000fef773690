"""What a finding says, in Vietnamese: for pages; the reports' JSON keeps one wording, so that it can be compared."""

from __future__ import annotations

import re

from extractor.finding.lazy import lazy

_SAYINGS = tuple(
    (lazy(english, re.DOTALL), vietnamese)
    for english, vietnamese in (
        (r"the column makes (.+), the total says (.+): off by the rounding of the parts",
         "cột cộng được {0}, dòng tổng ghi {1}: lệch trong mức làm tròn"),
        (r"the column makes (.+), the total says (.+)", "cột cộng được {0}, dòng tổng ghi {1}"),
        (r"(.+) of (.+) = (.+), the row says (.+)", "{0} trên {1} = {2}, dòng ghi {3}"),
        (r"(.+), the row says (.+)", "{0}, dòng ghi {1}"),
        (r"(.+), the report says (.+): off by the rounding of the parts",
         "{0}, báo cáo ghi {1}: lệch trong mức làm tròn"),
        (r"from (.+) to (.+) is (.+), the report says (.+)", "từ {0} đến {1} là {2}, báo cáo ghi {3}"),
        (r"(.+) of the planned (.+) = (.+), the report says (.+)", "{0} trên kế hoạch {1} = {2}, báo cáo ghi {3}"),
        (r"(.+) of (.+) = (.+), the report says (.+)", "{0} trên {1} = {2}, báo cáo ghi {3}"),
        (r"(.+) is a number of (.+), the report says (.+)", "{0} là số hiệu của {1}, báo cáo ghi {2}"),
        (r"(.+), the report says (.+)", "{0}, báo cáo ghi {1}"),
        (r"(.+), the report counts them of (.+)", "{0}, báo cáo tính trên {1}"),
        (r"(.+): more than there are", "{0}: nhiều hơn số hiện có"),
        (r"(.+): a commune has (\d+) criteria", "{0}: một xã chỉ có {1} tiêu chí"),
        (r"a share of (.+)", "tỷ lệ {0}"),
        (r"(.+) of (.+): the part is more than the whole", "{0} trong {1}: phần lớn hơn toàn thể"),
        (r"(.+): there is no such day", "{0}: không có ngày này"),
        (r"(.+): an estimate for a day years before the report's own year, (\d+)",
         "{0}: số ước cho một ngày nhiều năm trước năm của báo cáo ({1})"),
        (r"(.+): (\d+) to (\d+) are listed", "{0}: liệt kê từ {1} đến {2}"),
        (r"(.+): (\d+) are listed", "{0}: liệt kê {1}"),
        (r"(.+): no amount follows", "{0}: không thấy số tiền"),
        (r"(.+): the number is missing", "{0}: thiếu số"),
        (r"section (.+) follows (.+): (.+) is missing", "mục {0} đứng sau mục {1}: thiếu mục {2}"),
        (r"two sections are numbered (.+)", "hai mục cùng mang số {0}"),
        (r"(.+) \((\d+) times\) is also spelt (.+)", "{0} ({1} lần) cũng được viết là {2}"),
        (r"(.+) is of (\d+) by its number, the report dates it (.+)",
         "{0} theo số hiệu là của năm {1}, báo cáo ghi ngày {2}"),
        (r"(.+) is dated (.+), the report (.+)", "{0} ghi ngày {1}, báo cáo ngày {2}"),
        (r"(.+) is dated (.+) and (.+)", "{0} ghi ngày {1} và ngày {2}"),
        (r"(.+) of one day has two titles that have nothing in common",
         "{0} cùng một ngày có hai tên không giống nhau"),
        (r"(.*): (.+), elsewhere (.+)", "{0}: {1}, chỗ khác {2}"),
        (r"(.+): (.+) gives no (.+) \((.+)\)", "{0}: {1} không ban hành {2} ({3})"),
    )
)  # fmt: skip


def in_vietnamese(message: str) -> str | None:
    """The message of a rule in Vietnamese; None for one that no rule here makes."""
    for english, vietnamese in _SAYINGS:
        if found := english.fullmatch(message):
            return vietnamese.format(*found.groups())
    return None

"""Why a row has its status, in English and Vietnamese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "vi"]

_TEXTS: dict[str, tuple[str, str]] = {
    "standards": ("counted by different standards: {0} / {1}", "tính theo chuẩn khác nhau: {0} / {1}"),
    "scope": ("different scope: “{0}” / “{1}”", "khác phạm vi: “{0}” / “{1}”"),
    "periods": ("different periods of the year: {0} / {1}", "kỳ báo cáo khác nhau: {0} / {1}"),
    "rounding": ("apart by rounding only", "chỉ khác nhau do làm tròn"),
    "units": ("units {0} / {1}", "đơn vị {0} / {1}"),
    "thousand": (
        "about {0} times apart: perhaps a wrong unit ({1} / {2})",
        "chênh khoảng {0} lần: có thể nhầm đơn vị ({1} / {2})",
    ),
    "same_number": ("the same number in another unit: {0} / {1}", "cùng một số nhưng khác đơn vị: {0} / {1}"),
    "ten": ("exactly {0} times apart: perhaps a shifted decimal mark", "chênh đúng {0} lần: có thể sai dấu thập phân"),
    "swapped": ("two digits swapped: {0} / {1}", "hai chữ số đổi chỗ: {0} / {1}"),
    "restated": (
        "what is now said of {0} differs from what was reported then",
        "số liệu năm {0} nay nói khác với báo cáo trước",
    ),
    "replanned": ("the plan for {0} is told otherwise than before", "kế hoạch năm {0} nay nói khác với báo cáo trước"),
    "plan": ("planned {0}, came {1}", "kế hoạch {0}, thực hiện {1}"),
    "plan_met": ("planned {0}, came {1}: met", "kế hoạch {0}, thực hiện {1}: đạt"),
    "plan_missed": ("planned {0}, came {1}: not met", "kế hoạch {0}, thực hiện {1}: không đạt"),
    "no_outcome": ("planned for {0}; no outcome is told", "kế hoạch năm {0}, không thấy nói kết quả"),
    "divided": ("{0} was divided: {1}", "{0} được chia về {1}"),
    "holds": ("{0} now holds {1}", "{0} nay gồm {1}"),
    "another": ("{0} is no longer {1}", "{0} không còn là {1}"),
    "lost": ("what {0} became is not known", "không rõ {0} nay thuộc đơn vị nào"),
    "incomplete": ("{0} also holds {1}, of which nothing is told", "{0} còn gồm {1}, không có số liệu"),
    "not_summed": (
        "a rate or average of {0} cannot be summed, and the counts are not told",
        "tỷ lệ, bình quân của {0} không cộng được, và không có số để tính lại",
    ),
    "says": ("{0} says {1}", "{0} nói {1}"),
    "unsure": ("read with confidence {0}", "độ tin cậy khi đọc {0}"),
    "no_document": ("no report of this area on the other side", "bên kia không có báo cáo của địa bàn này"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason by its key and the facts that its sentence holds."""

    key: str
    facts: tuple[str, ...] = ()

    def say(self, language: Language = "en") -> str:
        """The reason as a sentence."""
        return _TEXTS[self.key][language == "vi"].format(*self.facts)


def reason(key: str, *facts: object) -> Reason:
    """A reason; `facts` in the order of its sentence."""
    return Reason(key, tuple(map(str, facts)))

"""The words that say what a figure counts, brought to one form, and how alike two sets of them are."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from extractor.finding.lazy import lazy
from extractor.linking.abbreviations import standing

Words = frozenset[str]

_TOKEN = lazy(r"[^\W_]+")
_FORMS = {
    "tỉ": "tỷ", "thuỷ": "thủy", "hoá": "hóa", "uỷ": "ủy", "sỹ": "sĩ", "heo": "lợn", "kỹ": "kĩ", "mỹ": "mĩ",
    "quí": "quý", "nghìn": "ngàn",
}  # fmt: skip
_GENERIC = frozenset(
    "tổng số toàn tỉnh huyện xã thị trấn phường thành phố đạt còn là có ước năm cuối đầu các của và trên địa bàn "
    "tỷ lệ hiện thực "
    "kết quả mức trong được bình quân cho với về tại ở từ đến lên xuống giảm tăng theo kế hoạch chiếm "
    "tương ứng so cùng kỳ "
    "này đó trước sau khi đã nay đang mới riêng gồm tính cả thêm bằng khoảng trở hơn một những "
    "khác nhau lũy thời điểm ngày "
    "tháng quý hàng hằng phấn đấu chỉ tiêu mục tiêu dự toán ra như để qua do không tuyệt đối nhất phần trăm".split()
)
"""Words that stand in every report and tell little of what is counted."""
_DECISIVE = frozenset("cận thoát tái phát chưa vượt trung địa khác chi thu tập nuôi khai thường đầu nâng".split())
"""Words that make another thing of the same words: `hộ nghèo`, `hộ cận nghèo`, `hộ thoát nghèo`. (Only those that
are not generic count.)"""
_SAME = (
    (r"\bgieo (?:sạ|cấy|trồng)\b|\bxuống giống\b", "gieo trồng cây"),
    (r"\bxuất khẩu lao động\b|\blao động xuất (?:khẩu|cảnh)\b|\bxuất cảnh\b", "lao động đi làm việc nước ngoài"),
    (r"\bxây mới\b", "làm nhà"),
    (r"\btỷ lệ bao phủ\b|\bđộ bao phủ\b|\bbao phủ\b", "tham gia"),
    (r"\bcây lương thực\b", "lương thực"),
    (r"\bkinh phí huy động\b|\bnguồn vốn huy động\b", "kinh phí huy động"),
    (r"\bkhu vực\b", " "),
    (r"\bgiá trị giải ngân\b", "giải ngân"),
)  # fmt: skip
_ANY_SAME = lazy("|".join(pattern for pattern, _ in _SAME))
_YEAR = lazy(r"(?:19|20)\d\d")


@lru_cache(maxsize=65536)
def tokens(text: str) -> tuple[str, ...]:
    """The syllables of a phrase in one spelling, standing abbreviations written out, years left out."""
    found: list[str] = []
    full = standing()
    for token in _TOKEN.findall(unicodedata.normalize("NFC", text)):
        if written := full.get(token) if token.isupper() and len(token) > 1 else None:
            found += written.lower().split()
        else:
            found.append(token.lower())
    phrase = " ".join(_FORMS.get(t, t) for t in found)
    if _ANY_SAME.search(phrase):
        for pattern, same in _SAME:
            phrase = re.sub(pattern, same, phrase)
    return tuple(t for t in phrase.split() if not _YEAR.fullmatch(t))


@lru_cache(maxsize=65536)
def telling(text: str) -> Words:
    """The syllables of a phrase that tell something, numbers left out."""
    return frozenset(t for t in tokens(text) if t not in _GENERIC and not t.isdigit() and len(t) > 1)


@lru_cache(maxsize=16384)
def numbers(text: str) -> frozenset[str]:
    """The numbers in an indicator (`trẻ dưới 5 tuổi`), which belong to its definition."""
    return frozenset(t.lstrip("0") for t in tokens(text) if t.isdigit())


class Weights:
    """How much each word tells, from how few of the phrases at hand it stands in."""

    def __init__(self, phrases: Iterable[Words]) -> None:
        told = list(phrases)
        counts, total = Counter(chain.from_iterable(told)), len(told)
        self._weights = {word: math.log(1 + total / count) for word, count in counts.items()}
        self._rarest = math.log(1 + total)
        self._known: dict[Words, tuple[float, Words]] = {}
        self.alike = lru_cache(maxsize=65536)(self._alike)  # what stands in many sections is compared many times
        """How alike two sets of words are, 0 to 1: the weight of the words that both have against that of all, and of
        the fewer; words that decide count against it."""

    def _alike(self, a: Words, b: Words) -> float:
        if a.isdisjoint(b):
            return 0.0
        if a == b:
            return 1.0
        weights, rarest = self._weights, self._rarest
        both = sum([weights.get(w, rarest) for w in a & b])
        (ours, decides), (theirs, decides_too) = self._about(a), self._about(b)
        share = 0.6 * 2 * both / (ours + theirs) + 0.4 * both / min(ours, theirs)
        return share if decides == decides_too else share * 0.6

    def _about(self, words: Words) -> tuple[float, Words]:
        """The weight of the words together, and those of them that decide."""
        about = self._known.get(words)
        if about is None:
            mass = sum([self._weights.get(w, self._rarest) for w in words])
            about = self._known[words] = mass, words & _DECISIVE
        return about

"""The title of a cited document: what stands behind `về (việc)` or `V/v`, behind the citation, its date and issuer."""

from __future__ import annotations

import re

from extractor.finding.lazy import lazy

_TITLE = lazy(
    r"[\s,(]*(?:(?:ký\s|ban\shành\s)?ngày\s+[\d/.\s-]{1,12}(?:tháng\s+\d{1,2}\s+năm\s+\d{4})?)?[\s,)]*"
    r"(?:(?:của|do)\s[^,;:.()\n\"“]{2,70}?[\s,]+)?(?:về(?:\s+việc)?|v/v)\s+[\"“]?(?P<title>[^;.()\n\"”“]{12,400})",
    re.I,
)
# A comma inside a title stands before more of the same; what follows these words is the sentence going on.
_GOES_ON = lazy(
    r"(?:,|\s(?:và|cùng))\s+(?=(?:các\s+)?(?:Nghị|Quyết\sđịnh|Kế\shoạch|Chỉ\sthị|Thông\stư|Kết\sluận|Luật|Công\svăn|Chương\strình)\s"
    r"(?:quyết\s|định\s)?(?:số|\d))|,\s+(?=(?:(?:các|toàn)\s+)?(?:UBND|HĐND|Ủy\sban|Uỷ\sban|Ban|Sở|Phòng|xã|huyện|tỉnh|thị\sxã|thành\sphố|phường"
    r"|ngành|đến\snay|trong\snăm|hằng\snăm|đã)\s)"
)


def title_after(text: str, end: int) -> str | None:
    """The title that follows a citation that ends at `end`, spaces made single; None where none does."""
    behind = _TITLE.match(text, end)
    if behind is None:
        return None
    title = " ".join(behind["title"].split())
    going_on = _GOES_ON.search(title, 10)
    return (title[: going_on.start()] if going_on else title).rstrip(" ,")


_SYLLABLE = lazy(r"[^\W\d_]+")
_FEWEST = 5
"""Syllables: a shorter title says too little."""
_SHARED = 0.25
"""Of the shorter title's syllables: two titles that share fewer are of two documents."""
_EVERYWHERE = frozenset(
    "và của các trên địa bàn tỉnh huyện xã năm giai đoạn về việc cho theo từ đến số ban hành".split()
)


def telling(title: str) -> frozenset[str] | None:
    """The syllables of a title that tell it from others; None where they are too few."""
    found = frozenset(s.lower() for s in _SYLLABLE.findall(title)) - _EVERYWHERE
    return found if len(found) >= _FEWEST else None


def have_something_in_common(first: str, second: str) -> bool:
    """Whether two titles can be of one document. Reports shorten titles and put them in other words, so only titles
    that share hardly a syllable cannot."""
    a, b = telling(first), telling(second)
    return a is None or b is None or len(a & b) >= _SHARED * min(len(a), len(b))
